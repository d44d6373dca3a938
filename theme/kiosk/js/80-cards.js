/* The notice of the moment, and the question whether somebody still reads. */
(() => {
  const Kiosk = window.Kiosk = window.Kiosk || {};
  const LANGUAGES = ["zh", "en"];
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

  let onView = [null, "zh"];
  const showNotice = () => {
    const [notice, lang] = onView;
    if (!notice) return;
    at(".notice").dataset.level = notice.level;
    fillNotice(notice, LANGUAGES);
    if (!fit(at(".notice__body"))) { // too much for both at a legible size: one after the other, as the engine's turns have it
      fillNotice(notice, [lang]);
      fit(at(".notice__body"));
    }
  };

  Kiosk.cards = {
    notice(list, lang = "zh") {
      onView = [list[0] ?? null, lang];
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
