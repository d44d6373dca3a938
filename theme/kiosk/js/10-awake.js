/* Starts the page anew when it has to be, and never onto the browser's own error page.

First of all files, and armed at once: it works even where all that follows fails. */

window.Kiosk ??= {};

(Kiosk => {
  const START_S = 30; // a start that has shown nothing by then hangs
  const WORK_MS = 1000; // what a picture or a file from nearby takes at most
  const root = document.documentElement;
  const REST_S = 600; // after a fresh start that was not possible
  let wish = null;
  let rested = 0;

  Kiosk.root = root.dataset;
  Kiosk.started = false;

  const later = ms => new Promise(resolve => setTimeout(resolve, ms));
  Kiosk.later = later;

  /* The machine's own time, which runs on at its pace while the page's timers stop or are wound on. */
  const worked = () => document.timeline?.currentTime ?? performance.now();

  /* Gives the milliseconds since: of the page's time, but none before the machine has had its second to do things. */
  Kiosk.stopwatch = () => {
    const [page, machine] = [performance.now(), worked()];
    return () => worked() - machine < WORK_MS ? Math.min(worked() - machine, performance.now() - page)
      : performance.now() - page;
  };

  const working = (ms, signal) => window.scheduler?.postTask
    ? scheduler.postTask(() => null, {delay: ms, signal}).catch(() => null) : later(0);

  /* Acts after so long by such a stopwatch; gives what calls it off. */
  Kiosk.patience = (ms, action) => {
    const [machine, stop] = [worked(), new AbortController()];
    const timer = setTimeout(async () => {
      const rest = Math.min(ms, WORK_MS) - (worked() - machine);
      if (rest > 0) await working(rest, stop.signal);
      if (!stop.signal.aborted) action();
    }, ms);
    return () => { clearTimeout(timer); stop.abort(); };
  };

  async function answers() {
    const stop = new AbortController();
    const hold = Kiosk.patience(20_000, () => stop.abort());
    try {
      return (await fetch("index.html", {cache: "no-store", signal: stop.signal})).ok;
    } catch {
      return false;
    } finally {
      hold();
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
      await new Promise(resolve => Kiosk.patience(START_S * 1000, resolve));
      if (!Kiosk.started && !hopeless()) await Kiosk.reload();
    }
  }

  watch();
})(window.Kiosk);
