/* Coming events by month; one that has a story opens it. */
(() => {
  const Kiosk = window.Kiosk = window.Kiosk || {};

  /* The dates are those of the place, whatever the device's own zone. */
  const local = (moment, pattern, lang) => {
    const shifted = new Date(Date.parse(moment) + Kiosk.playlist().screen.utc_offset_min * 60000);
    return new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en-GB", { ...pattern, timeZone: "UTC" }).format(shifted);
  };

  const entry = (event, lang) => {
    const { make } = Kiosk.parts;
    const said = event[lang];
    const mark = said.mark ? Kiosk.words(lang, "kiosk.dated", { when: said.when, mark: said.mark }) : said.when;
    const story = Kiosk.playlist().stories?.[event.story] && event.story;
    const words = make("span", { class: "entry__words" }, make("span", { class: "entry__title" }, said.title),
      make("span", {}, mark), said.place && make("span", {}, said.place));
    const day = make("span", { class: "entry__day", "aria-hidden": "true" }, local(event.from, { day: "numeric" }, "en"));
    const more = make("span", { class: "entry__more", "aria-hidden": "true" });
    return make("li", {}, story
      ? make("button", { type: "button", class: "entry", "data-open": story }, day, words, more)
      : make("div", { class: "entry" }, day, words));
  };

  Kiosk.readerCalendar = {
    /* → {eyebrow, title, body} */
    page(events, lang) {
      const { make, coming } = Kiosk.parts;
      const months = new Map();
      for (const event of coming(events)) {
        const month = local(event.from, { year: "numeric", month: "long" }, lang);
        months.set(month, [...(months.get(month) || []), event]);
      }
      const body = [...months].map(([month, list]) => make("section", { class: "reader__month" },
        make("h2", {}, month), make("ul", {}, ...list.map(event => entry(event, lang)))));
      const none = make("p", { class: "reader__summary" }, Kiosk.words(lang, "kiosk.calendar.none"));
      return {
        eyebrow: Kiosk.playlist().screen.site[lang],
        title: Kiosk.words(lang, "kiosk.calendar"),
        body: body.length ? body : [none],
      };
    },
  };
})();
