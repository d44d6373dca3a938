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

    /* Writes a text where it is new; an empty one takes its element off the page. */
    put(element, text) {
      if (element.textContent !== text) element.textContent = text;
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

  document.addEventListener("DOMContentLoaded", () => {
    measure();
    for (const element of document.querySelectorAll("[data-word]")) {
      element.textContent = Kiosk.words(element.lang || "zh", element.dataset.word);
    }
  });
})();
