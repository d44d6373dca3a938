/* Starts the page anew when it has to be, and never onto the browser's own error page.

First of all files, and armed at once: it works even where all that follows fails. */

window.Kiosk ??= {};

(Kiosk => {
  const START_S = 30; // a start that has shown nothing by then hangs
  const root = document.documentElement;
  const REST_S = 600; // after a fresh start that was not possible
  let wish = null;
  let rested = 0;

  Kiosk.root = root.dataset;
  Kiosk.started = false;

  const later = ms => new Promise(resolve => setTimeout(resolve, ms));
  Kiosk.later = later;

  async function answers() {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 20_000);
    try {
      return (await fetch("index.html", {cache: "no-store", signal: stop.signal})).ok;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  const kept = () => Boolean(root.dataset.kept && navigator.serviceWorker?.controller);

  const go = () => { location.reload(); return true; };

  /* Resolves to false where the page stays because nothing would come in its place. */
  Kiosk.reload = async () => {
    wish = null;
    if (location.protocol === "file:" || kept() || await answers()) return go();
    rested = performance.now() + REST_S * 1000;
    return false;
  };

  /* To be done when nobody sees it: at a slide's boundary, or while no slide is on view. */
  Kiosk.wish = reason => { if (performance.now() >= rested) wish ??= reason; };
  Kiosk.wished = () => wish;

  /* With every picture broken and no release to go back to, another start helps nobody. */
  const hopeless = () => Kiosk.player?.safe && !Kiosk.store?.previous;

  async function watch() {
    while (!Kiosk.started) {
      await later(START_S * 1000);
      if (!Kiosk.started && !hopeless()) await Kiosk.reload();
    }
  }

  watch();
})(window.Kiosk);
