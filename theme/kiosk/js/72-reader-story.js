/* A story to read: what a slide tells in two sentences, whole. */
(() => {
  const Kiosk = window.Kiosk = window.Kiosk || {};

  Kiosk.readerStory = {
    /* → {eyebrow, title, cover, body: [elements]} */
    page(story, lang) {
      const { make, coming, facts, dates, blocks, code } = Kiosk.parts;
      const read = story[lang];
      const shown = new Set(read.blocks.filter(([kind]) => kind === "photo").map(([, index]) => index));
      const rest = story.photos.map((_, index) => index).slice(1).filter(index => !shown.has(index));
      const whole = { ...read, blocks: [...read.blocks, ...rest.map(index => ["photo", index])] };
      const cover = story.photos[0];
      return {
        eyebrow: [read.eyebrow, read.mark].filter(Boolean).join(" · "),
        title: read.title,
        cover: cover && { src: cover.src, alt: cover[lang].alt },
        body: [
          make("p", { class: "reader__summary" }, read.summary),
          dates(coming(story.dates), lang),
          facts(read.facts),
          read.untranslated && make("p", { class: "reader__untranslated" }, Kiosk.words(lang, "kiosk.untranslated")),
          blocks(whole, story.photos, lang),
          code(story.code, lang),
        ].filter(Boolean),
      };
    },
  };
})();
