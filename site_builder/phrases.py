"""What commands say, in Chinese and English."""

from __future__ import annotations

from site_builder.content.problems import Lang

TEXTS = {
    "built": {
        "zh": "网站已生成：{site}（{pages}页，{photos}张图片，新处理{developed}张，用时{seconds:.1f}秒）",
        "en": "Site built in {site}: {pages} pages, {photos} photos ({developed} new), {seconds:.1f} s",
    },
    "left_out": {"zh": "没有放进网站的内容和提醒：", "en": "Left out, and remarks:"},
    "missing": {"zh": "还没有英文（{count}）：{names}", "en": "No English yet ({count}): {names}"},
    "stale": {"zh": "英文落后于中文（{count}）：{names}", "en": "English outdated ({count}): {names}"},
    "wrong": {
        "zh": "内容有{errors}处错误，网站没有改动。",
        "en": "{errors} error(s) in the content; the site was left as it was.",
    },
    "not_a_story": {
        "zh": "“{name}”不是故事，请写成 类型/文件夹名，例如venues/yonghe-plaza",
        "en": '"{name}" is not a story; write type/folder, such as venues/yonghe-plaza',
    },
    "no_file": {"zh": "没有这个文件：{name}", "en": "No such file: {name}"},
    "unsafe": {
        "zh": "{target}里有不是由本程序生成的文件，不能当作网站文件夹；请另选一个空文件夹。",
        "en": "{target} holds files that are not a site built here; choose an empty folder.",
    },
    "worker_died": {
        "zh": "有一个工作进程中途停止了，多半是内存不足；网站没有改动。请加上--jobs 1再试一次。",
        "en": "A process died on the way, most likely for want of memory; the site was left as it was. "
        "Try again with --jobs 1.",
    },
    "serving": {
        "zh": "请在浏览器里打开{url}，按Ctrl+C结束预览。",
        "en": "Open {url} in a browser; end with Ctrl+C.",
    },
    "previewed": {"zh": "预览已更新。", "en": "The preview is up to date."},
    "preview_wrong": {
        "zh": "内容有{errors}处错误，预览仍是上一次正确的样子。",
        "en": "{errors} error(s) in the content; the preview shows the last good pages.",
    },
    "port_taken": {
        "zh": "不能用端口{port}（{reason}），请用--port另选一个。",
        "en": "Port {port} cannot be used ({reason}); choose another one with --port.",
    },
    "checked": {"zh": "内容没有错误，提醒{warnings}条。", "en": "No errors; {warnings} warning(s)."},
    "photos": {"zh": "处理图片", "en": "Developing photos"},
    "rate": {"zh": "每秒{rate:.1f}张", "en": "{rate:.1f} a second"},
    "stripped": {"zh": "{name}：已去掉附带信息", "en": "{name}: metadata removed"},
    "strip_done": {
        "zh": "清理了{count}张照片；另外{clean}张本来就没有附带信息。",
        "en": "{count} photo(s) cleaned; {clean} had no metadata.",
    },
    "strip_history": {
        "zh": "如果原来的照片已经提交过，Git的历史记录里还留着它，要另行清除。",
        "en": "Photos that were committed before are still in the history of the repository: purge it.",
    },
    "stamped": {
        "zh": "已记下：{name}的英文对应现在的中文",
        "en": "Stamped: the English of {name} follows today's Chinese",
    },
}


def say(lang: Lang, key: str, **values: object) -> str:
    """A phrase with its gaps filled."""
    return TEXTS[key][lang].format(**values)
