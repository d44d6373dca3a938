/* What a page of the reader is composed of: elements with their text, never markup from text. */
(() => {
  const Kiosk = window.Kiosk = window.Kiosk || {};

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value) element.setAttribute(key, value);
    }
    element.append(...children.filter(child => child !== null && child !== ""));
    return element;
  };

  const figure = (photo, lang) => {
    const note = [photo[lang].caption, photo[lang].credit].filter(Boolean).join(" · ");
    return make("figure", { class: "reader__photo" },
      make("img", { src: photo.src, alt: photo[lang].alt, width: photo.width, height: photo.height }),
      note && make("figcaption", {}, note));
  };

  const facts = pairs => pairs.length ? make("dl", { class: "reader__facts" },
    ...pairs.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])) : null;

  const when = (date, lang) => {
    const mark = date.mark?.[lang];
    return mark ? Kiosk.words(lang, "kiosk.dated", { when: date[lang], mark }) : date[lang];
  };

  const dates = (list, lang) => list.length ? make("section", { class: "reader__dates" },
    make("h2", {}, Kiosk.words(lang, "kiosk.dates")),
    make("ul", {}, ...list.map(date => make("li", {}, when(date, lang))))) : null;

  /* Paragraphs, headings, photos in their order; items that follow one another make a list. */
  const blocks = (read, photos, lang) => {
    const flow = make("div", { class: "reader__text", lang: read.untranslated ? "zh" : lang });
    for (const [kind, value] of read.blocks) {
      const list = flow.lastElementChild?.tagName === "UL" ? flow.lastElementChild : null;
      if (kind === "photo") flow.append(...(photos[value] ? [figure(photos[value], lang)] : []));
      else if (kind !== "li") flow.append(make(kind === "p" ? "p" : "h2", {}, value));
      else if (list) list.append(make("li", {}, value));
      else flow.append(make("ul", {}, make("li", {}, value)));
    }
    return flow;
  };

  const code = (drawn, lang) => {
    if (!drawn) return null;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
    svg.setAttribute("class", "code reader__code");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", Kiosk.words(lang, "kiosk.take"));
    Kiosk.frame.draw(svg, drawn);
    return make("section", { class: "reader__take" }, svg, make("div", {},
      make("h2", {}, Kiosk.words(lang, "kiosk.take")), make("p", {}, Kiosk.words(lang, "kiosk.take.text"))));
  };

  /* What has not ended; nothing, while the clock may be wrong. */
  const coming = list => {
    const { clock } = Kiosk;
    if (clock && !clock.trusted) return [];
    return list.filter(({ until }) => !clock || clock.parse(until) > clock.now());
  };

  Kiosk.parts = { make, coming, facts, dates, blocks, code };
})();
