/* The panel's measures as CSS numbers, the interface's words, text in its place. */
(() => {
  const Kiosk = window.Kiosk = window.Kiosk || {};
  const root = document.documentElement;

  Kiosk.playlist = Kiosk.playlist || (() => window.KIOSK_PLAYLIST);

  /* All of `data-width` … stand in index.html, so that a panel without a playlist has its measures too. */
  const measure = () => {
    const panel = document.querySelector(".panel");
    for (const name of ["width", "height", "text", "reading", "target"]) {
      const property = { width: "--w", height: "--h" }[name] || `--${name}`;
      root.style.setProperty(property, panel.dataset[name]);
    }
    const portrait = Number(panel.dataset.height) > Number(panel.dataset.width);
    panel.classList.toggle("portrait", portrait);
    panel.classList.toggle("landscape", !portrait);
  };

  Kiosk.frame = {
    size(name) { return Number(document.querySelector(".panel").dataset[name]); },
    get portrait() { return this.size("height") > this.size("width"); },
    margin() { return 0.06 * Math.min(this.size("width"), this.size("height")); },

    /* Into the one text node that the element keeps, so that days of swaps make none. */
    write(element, text) {
      if (!element.firstChild) element.append("");
      if (element.firstChild.data !== text) element.firstChild.data = text;
    },

    /* An empty text takes its element off the page. */
    put(element, text) {
      this.write(element, text);
      element.hidden = !text;
    },

    /* A code as the playlist draws it, or as `Kiosk.qr` does. */
    draw(svg, code) {
      svg.toggleAttribute("hidden", !code);
      if (!code) return;
      svg.setAttribute("viewBox", `0 0 ${code.size} ${code.size}`);
      svg.firstElementChild.setAttribute("d", code.path);
    },
  };

  /* `{count}` and its like are filled from values; an unknown key says itself. */
  Kiosk.words = (lang, key, values = {}) => {
    const text = Kiosk.playlist()?.words?.[lang]?.[key] ?? key;
    return text.replace(/{(\w+)}/g, (gap, name) => values[name] ?? gap);
  };

  Kiosk.left = (lang, days) => {
    if (days === null || days === undefined || days < 0) return "";
    return Kiosk.words(lang, ["left.today", "left.tomorrow"][days] || "left.days", { count: days });
  };

  /* The card of the start says the screen's title in a line for each language, once the playlist tells them apart. */
  const entitle = () => {
    const { screen } = Kiosk.playlist() || {};
    for (const title of document.querySelectorAll(".boot .quiet-card__title")) {
      if (screen) Kiosk.frame.put(title, screen[title.lang]);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    measure();
    entitle();
  });
})();
