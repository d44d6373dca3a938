/* Asks the screen's own server, past every cache. */

(Kiosk => {
  const TIMEOUT_S = 20;
  const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/; // there the server's clock is the device's own

  function hear(response) {
    const date = Date.parse(response.headers.get("Date") ?? "");
    if (!LOOPBACK.test(location.hostname) && Number.isFinite(date) && !response.headers.get("Age")) {
      Kiosk.clock.hear(date);
    }
  }

  /* The time-out covers the body too: `use` reads it. Throws what `fetch` and `use` throw. */
  async function ask(path, use, seconds = TIMEOUT_S) {
    const stop = new AbortController();
    const hold = Kiosk.patience(seconds * 1000, () => stop.abort());
    try {
      const response = await fetch(Kiosk.storage.address(path), {cache: "no-store", signal: stop.signal});
      hear(response);
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return await use(response);
    } finally {
      hold();
    }
  }

  async function json(path) {
    try {
      return await ask(path, response => response.json());
    } catch {
      Kiosk.tally.error("network");
      return null;
    }
  }

  Kiosk.net = {ask, json};
})(window.Kiosk);
