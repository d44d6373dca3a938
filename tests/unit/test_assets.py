"""The theme's files under names that browsers may keep for ever."""

from __future__ import annotations

import re
from pathlib import Path

from site_builder.assets import theme_assets
from tests.conftest import ROOT


def test_a_module_imports_others_by_the_names_they_are_served_by() -> None:
    files = dict(dict(theme_assets(ROOT / "theme")).values())
    imported = {
        f"assets/{name}"
        for address, data in files.items()
        if address.endswith(".js")
        for name in re.findall(r'from "\./(.+?)"', data.decode())
    }
    assert imported
    assert imported <= files.keys()


def test_a_changed_module_renames_what_imports_it(tmp_path: Path) -> None:
    for folder in ("images", "css", "js"):
        (tmp_path / folder).mkdir()
    (tmp_path / "js/a.js").write_text('import { b } from "./b.js";\n')
    (tmp_path / "js/b.js").write_text('import { c } from "./c.js";\nexport const b = c;\n')
    (tmp_path / "js/c.js").write_text("export const c = 1;\n")
    before = dict(theme_assets(tmp_path))
    (tmp_path / "js/c.js").write_text("export const c = 2;\n")
    after = dict(theme_assets(tmp_path))
    assert [name for name in before if before[name][0] != after[name][0]] == ["a.js", "b.js", "c.js"]
    assert after["b.js"][0].removeprefix("assets/") in after["a.js"][1].decode()
