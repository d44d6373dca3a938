/* The notice of the moment, and the question whether somebody still reads. */
(() => {
  const Kiosk = window.Kiosk = window.Kiosk || {};
  const LANGUAGES = ["zh", "en"];
  const TURN_S = 12;
  const LARGEST = 3.2; // times the smallest legible type

  const at = selector => document.querySelector(selector);
  const overflows = body => body.scrollHeight > body.clientHeight + 1 || body.scrollWidth > body.clientWidth + 1;

  /* The largest type in which the body has room; false where even the smallest is too large. */
  const fit = body => {
    const smallest = Kiosk.frame.size("text");
    const tried = size => {
      body.style.setProperty("--fitted", size);
      return !overflows(body);
    };
    let [low, high] = [smallest, LARGEST * smallest];
    while (high - low > 1) {
      const size = (low + high) / 2;
      if (tried(size)) low = size;
      else high = size;
    }
    return tried(Math.floor(low));
  };

  const fillNotice = (notice, shown) => {
    for (const lang of LANGUAGES) {
      Kiosk.frame.put(at(`.notice__text[lang=${lang}]`), shown.includes(lang) ? notice[lang] : "");
      Kiosk.frame.put(at(`.notice__level[lang=${lang}]`), Kiosk.words(lang, `kiosk.level.${notice.level}`));
      Kiosk.frame.put(at(`.notice__from [lang=${lang}]`), Kiosk.playlist()?.screen.site[lang] ?? "");
    }
  };

  let onView = null;
  let language = "zh";
  let turning = null;

  /* Both languages; where they are too much for a legible size, one after the other. */
  const showNotice = () => {
    clearTimeout(turning);
    if (!onView) return;
    at(".notice").dataset.level = onView.level;
    fillNotice(onView, LANGUAGES);
    if (fit(at(".notice__body"))) return;
    fillNotice(onView, [language]);
    fit(at(".notice__body"));
    turning = setTimeout(() => {
      language = language === "zh" ? "en" : "zh";
      showNotice();
    }, TURN_S * 1000);
  };

  Kiosk.cards = {
    notice(list, lang = "zh") {
      [onView, language] = [list[0] ?? null, lang];
      showNotice();
    },

    warn(secondsLeft) {
      if (secondsLeft === null) return;
      const lang = Kiosk.reader.lang;
      at(".warn").lang = lang;
      Kiosk.frame.put(at(".warn__title"), Kiosk.words(lang, "kiosk.warn"));
      Kiosk.frame.put(at(".warn__count"), Kiosk.words(lang, "kiosk.warn.count", { count: secondsLeft }));
      Kiosk.frame.put(at(".warn__stay"), Kiosk.words(lang, "kiosk.warn.stay"));
    },
  };

  document.addEventListener("DOMContentLoaded", () => {
    at(".warn__stay").addEventListener("click", () => Kiosk.stay());
    new ResizeObserver(showNotice).observe(at(".notice")); // hidden, it has no size to fit into
  });
})();
