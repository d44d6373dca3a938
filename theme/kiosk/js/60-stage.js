/* Two layers that take turns: the hidden one is filled while the other is on view. After the second, nothing is created. */
(() => {
  const Kiosk = window.Kiosk = window.Kiosk || {};
  const LANGUAGES = ["zh", "en"];
  const FADE = 600;
  const PATH = [[0, 0], [3, 0], [6, 3], [3, 6], [0, 3], [-3, 0], [-6, -3], [-3, -6], [0, -3]];
  const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

  const first = document.querySelector(".layer");
  first.after(first.cloneNode(true));
  let layers = null; // [{element, picture, …}], found once
  let on = 0; // which of them is on view
  let shownAt = -Infinity;
  let swaps = 0;
  let last = null; // {id, lang} of the slide prepared last, to see whether the next is another

  const parts = element => ({
    element,
    picture: element.querySelector(".layer__picture"),
    mark: element.querySelector(".layer__mark"),
    foot: element.querySelector(".foot"),
    code: element.querySelector(".code"),
    faces: Object.fromEntries(LANGUAGES.map(lang => [lang, {
      say: element.querySelector(`.say[lang=${lang}]`),
      facts: element.querySelector(`.facts__face[lang=${lang}]`),
      mark: element.querySelector(`.layer__mark [lang=${lang}]`),
      choices: element.querySelector(`.say[lang=${lang}] .say__choices`),
    }])),
  });

  const size = name => Kiosk.frame.size(name);
  const found = () => layers ||= [...document.querySelectorAll(".layer")].map(parts);
  const hidden = () => found()[1 - on];
  const settled = () => {
    const rest = STILL.matches ? 0 : shownAt + FADE - performance.now();
    return rest > 0 ? new Promise(resolve => setTimeout(resolve, rest)) : Promise.resolve();
  };

  /* What the picture, or the emblem of a screen's own slide, takes: of the height in portrait, else of the width. */
  const picture = slide => {
    const { portrait } = Kiosk.frame;
    if (slide.kind === "screen") return portrait ? 0.45 * size("height") : 0.4 * size("width");
    return (portrait ? slide.photo?.height : slide.photo?.width) || 0;
  };

  const column = slide => {
    const { portrait } = Kiosk.frame;
    return size("width") - (portrait ? 0 : picture(slide)) - 2 * Kiosk.frame.margin();
  };

  /* row: the code beside the facts; stack: beneath; side: a column of its own. */
  const footOf = slide => {
    if (!slide.code) return "stack";
    if (!Kiosk.frame.portrait && !picture(slide)) return "side";
    const text = size("text");
    return column(slide) - slide.code.px - 0.5 * text >= 6 * text ? "row" : "stack";
  };

  const wordsWidth = slide => (
    footOf(slide) === "side" ? column(slide) - slide.code.px - Kiosk.frame.margin() : column(slide));

  const factsWidth = slide => (
    footOf(slide) === "row" ? column(slide) - slide.code.px - 0.5 * size("text") : wordsWidth(slide));

  const said = (slide, lang, date, title) => {
    const face = slide[lang];
    const when = Kiosk.whole(date?.[lang] ?? "");
    const mark = date?.mark?.[lang];
    return {
      eyebrow: face.eyebrow,
      title: title.text,
      text: face.text,
      when: mark ? Kiosk.words(lang, "kiosk.dated", { when, mark }) : when,
      place: Kiosk.phrases(face.place, lang, factsWidth(slide), size("text")).text,
      rhythm: date ? "" : face.rhythm,
      caption: face.caption,
    };
  };

  const fillFace = (parts, slide, lang, date, left) => {
    const face = slide[lang];
    const { say, facts, mark, choices } = parts.faces[lang];
    const title = Kiosk.phrases(face.title, lang, wordsWidth(slide), face.px.title, size("text"));
    for (const [name, text] of Object.entries(said(slide, lang, date, title))) {
      Kiosk.frame.put(say.querySelector(`.say__${name}`) || facts.querySelector(`.facts__${name}`), text || "");
    }
    Kiosk.frame.put(facts.querySelector(".facts__countdown"), Kiosk.left(lang, left));
    Kiosk.frame.put(mark, face.mark || "");
    [...choices.children].forEach((row, index) => {
      row.hidden = !face.choices?.[index];
      Kiosk.frame.write(row.lastElementChild, face.choices?.[index] || "");
    });
    choices.hidden = !face.choices?.length;
    choices.toggleAttribute("data-row", Boolean(face.row));
    facts.hidden = [...facts.children].every(fact => fact.hidden);
    for (const [name, px] of Object.entries({ ...face.px, title: title.px })) {
      say.style.setProperty(`--px-${name}`, px);
      facts.style.setProperty(`--px-${name}`, px);
    }
  };

  const arrange = (parts, slide, faces) => {
    const { element } = parts;
    element.dataset.kind = slide.kind;
    element.dataset.faces = faces;
    element.dataset.foot = footOf(slide);
    element.dataset.side = swaps % 2 ? "right" : "left";
    element.toggleAttribute("data-photo", Boolean(slide.photo));
    element.style.setProperty("--photo", picture(slide));
    element.style.setProperty("--code", slide.code?.px || 0);
    Kiosk.frame.draw(parts.code, slide.code);
    const faced = LANGUAGES.filter(lang => faces === "both" || faces === lang);
    parts.foot.hidden = !slide.code && faced.every(lang => parts.faces[lang].facts.hidden);
    element.toggleAttribute("data-footed", !parts.foot.hidden);
    parts.mark.hidden = faced.every(lang => parts.faces[lang].mark.hidden);
  };

  /* Where there is none, the last one stays in hiding: a picture that loses its source gets elements for its text. */
  const load = async ({ picture }, slide, lang) => {
    picture.hidden = !slide.photo;
    if (!slide.photo) return;
    picture.alt = slide[lang].alt || "";
    picture.src = slide.photo.src;
    await picture.decode();
  };

  Kiosk.stage = {
    async prepare(slide, lang, date, left) {
      await settled();
      if (slide.kind !== "event") [date, left] = [null, null]; // it ends with the event, and does not tell when that is
      const same = last?.slide === slide && last.lang !== lang;
      if (!same) swaps += 1; // the same poster in its other language keeps its picture where it is
      last = { slide, lang };
      for (const each of LANGUAGES) fillFace(hidden(), slide, each, date, left);
      arrange(hidden(), slide, slide.stacked ? "both" : lang);
      await load(hidden(), slide, lang);
    },

    show() {
      const [going, coming] = [found()[on], hidden()];
      going.element.classList.remove("layer--on");
      going.element.setAttribute("aria-hidden", "true");
      coming.element.classList.add("layer--on");
      coming.element.removeAttribute("aria-hidden");
      on = 1 - on;
      shownAt = performance.now();
    },

    count(left) {
      const { faces } = found()[on];
      for (const lang of LANGUAGES) {
        Kiosk.frame.put(faces[lang].facts.querySelector(".facts__countdown"), Kiosk.left(lang, left));
      }
    },

    shift(step) {
      const [x, y] = PATH[step % PATH.length];
      document.documentElement.style.setProperty("--shift-x", x);
      document.documentElement.style.setProperty("--shift-y", y);
    },
  };
})();
