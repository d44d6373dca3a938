/* What touch opens: a story, its quiz or the calendar, with a bar of controls in reach. */
(() => {
  const Kiosk = window.Kiosk = window.Kiosk || {};
  const OTHER = { zh: "en", en: "zh" };
  const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

  let lang = "zh";
  let view = null; // story, quiz or calendar; null while closed
  let storyId = null;
  let fresh = false; // opened while it was not on view yet, and so without a place to scroll to

  const at = selector => document.querySelector(`.reader${selector}`);
  const scroller = () => at(" .reader__scroll");
  const story = () => Kiosk.playlist().stories?.[storyId];

  const page = () => {
    if (view === "quiz") return Kiosk.readerQuiz.page(lang);
    if (view === "story") return Kiosk.readerStory.page(story(), lang);
    return Kiosk.readerCalendar.page(Kiosk.playlist().calendar || [], lang);
  };

  /* Whether the text goes on beyond the edges: for the fade, and for the buttons that turn. */
  const edges = () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller();
    at("").classList.toggle("reader--more", scrollTop + clientHeight < scrollHeight - 4);
    at("").classList.toggle("reader--before", scrollTop > 4);
    at("").classList.toggle("reader--long", scrollHeight > clientHeight + 4);
  };

  const offered = {
    up: () => true, down: () => true, back: () => true, larger: () => true, language: () => true,
    story: () => view !== "story" && Boolean(story()),
    quiz: () => view !== "quiz" && Boolean(story()?.quiz?.length),
    calendar: () => view !== "calendar" && Kiosk.parts.coming(Kiosk.playlist().calendar || []).length > 0,
  };

  const bar = () => {
    for (const button of at("").querySelectorAll("[data-do]")) {
      const does = button.dataset.do;
      button.textContent = Kiosk.words(lang, `kiosk.${does}`);
      button.hidden = !offered[does]();
      if (does === "language") button.lang = OTHER[lang];
    }
  };

  const cover = shown => {
    const image = at(" .reader__cover");
    image.hidden = !shown;
    if (shown && image.getAttribute("src") !== shown.src) image.src = shown.src;
    if (!shown) image.removeAttribute("src");
    image.alt = shown?.alt || "";
  };

  const fill = () => {
    if (!story()) view = "calendar"; // it may have been revoked meanwhile
    const { eyebrow, title, cover: photo, body, choices = [] } = page();
    const element = at("");
    element.lang = lang;
    element.dataset.view = view;
    cover(photo);
    Kiosk.frame.put(at(" .reader__eyebrow"), eyebrow);
    Kiosk.frame.put(at(" .reader__title"), Kiosk.phrased(title, lang));
    at(" .reader__body").replaceChildren(...body);
    at(" .reader__body").setAttribute("aria-live", view === "quiz" ? "polite" : "off");
    at(" .reader__choices").replaceChildren(...choices);
    at(" .reader__choices").hidden = !choices.length;
    bar();
    edges();
  };

  const begin = () => {
    edges();
    if (!fresh || !scroller().clientHeight) return;
    fresh = false;
    scroller().scrollTop = 0;
    at(" .reader__title").focus({ preventScroll: true });
  };

  const turnTo = (name, id = storyId, asked = null) => {
    [view, storyId] = [name, id];
    if (view === "quiz") Kiosk.readerQuiz.start(story().quiz, asked);
    fill();
    fresh = true;
    begin();
    requestAnimationFrame(begin);
  };

  /* In another language or size the text is another length: the reader stays as far into it. */
  const keepingPlace = change => {
    const range = () => Math.max(1, scroller().scrollHeight - scroller().clientHeight);
    const share = scroller().scrollTop / range();
    change();
    scroller().scrollTop = share * range();
    edges();
  };

  const turn = direction => scroller().scrollBy({
    top: direction * 0.8 * scroller().clientHeight, behavior: STILL.matches ? "auto" : "smooth",
  });

  const does = {
    up: () => turn(-1),
    down: () => turn(1),
    back: () => Kiosk.leave(),
    story: () => turnTo("story"),
    quiz: () => turnTo("quiz"),
    calendar: () => turnTo("calendar"),
    language: () => keepingPlace(() => { lang = OTHER[lang]; fill(); }),
    larger: button => keepingPlace(() => {
      const large = at("").classList.toggle("reader--large");
      button.setAttribute("aria-pressed", large);
    }),
  };

  const choose = what => {
    Kiosk.readerQuiz.choose(what);
    fill();
    scroller().scrollTop = what === "next" ? 0 : scroller().scrollHeight; // an answer stands beneath its question
    (at(" [data-choose=next]") || at(" .reader__title")).focus({ preventScroll: true });
  };

  const clicked = event => {
    const button = event.target.closest("button");
    if (!button) return;
    const { do: name, choose: what, open } = button.dataset;
    if (name) does[name](button);
    else if (what) choose(what);
    else if (open) turnTo("story", open);
    if (view) Kiosk.touched?.();
  };

  Kiosk.reader = {
    get lang() { return lang; },
    get story() { return view && storyId; },

    open(slideId, language) {
      const slide = Kiosk.playlist().slides[slideId];
      lang = language === "en" ? "en" : "zh";
      storyId = slide?.story ?? null;
      if (!story()) turnTo("calendar");
      else if (slide.kind === "quiz" && story().quiz.length) turnTo("quiz", storyId, slide.zh.title);
      else turnTo("story");
    },

    close() {
      view = storyId = null;
      cover(null);
      at(" .reader__body").replaceChildren();
      at(" .reader__choices").replaceChildren();
      at("").classList.remove("reader--large");
      at(" [data-do=larger]").setAttribute("aria-pressed", "false");
    },
  };

  document.addEventListener("DOMContentLoaded", () => {
    at("").addEventListener("click", clicked);
    at("").addEventListener("keydown", event => {
      if (event.key === "Escape") Kiosk.leave();
      else Kiosk.touched?.();
    });
    scroller().addEventListener("scroll", () => {
      edges();
      if (view) Kiosk.touched?.();
    }, { passive: true });
    new ResizeObserver(begin).observe(scroller());
  });
})();
