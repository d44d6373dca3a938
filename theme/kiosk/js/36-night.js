/* What a screen needs that runs for years: light, a fresh start every night, and somebody who notices that it hangs. */

(Kiosk => {
  const NIGHT = 3 * 60 + 30; // minutes of the screen's day
  const DAY_S = 24 * 3600;
  const SHIFT_S = 60; // no element stands still for ten minutes, so that none burns in

  let before = null;
  let shifts = 0;

  /* Passing 03:30, not being after it: else the fresh start would start afresh. */
  function passed() {
    if (!Kiosk.clock.trusted) return false;
    const {minutes} = Kiosk.clock.local();
    const crossed = before !== null && before < NIGHT && minutes >= NIGHT && minutes - before < 60;
    before = minutes;
    return crossed;
  }

  const tired = () => !Kiosk.clock.trusted && Kiosk.tally.uptime() >= DAY_S;

  function tick() {
    if (passed() || tired()) Kiosk.wish("night");
    if (Kiosk.player.stuck()) Kiosk.player.unstick();
    if (Kiosk.wished() && ["quiet", "safe", "notice"].includes(Kiosk.root.state)) Kiosk.reload();
    if (performance.now() >= shifts * SHIFT_S * 1000) Kiosk.tally.guard(() => Kiosk.stage.shift(shifts++));
  }

  /* The browser takes the lock away with the page's visibility, and may refuse it. */
  async function light() {
    if (document.visibilityState !== "visible" || !navigator.wakeLock) return;
    try {
      await navigator.wakeLock.request("screen");
    } catch {
      Kiosk.tally.error("wake lock");
    }
  }

  function start() {
    light();
    document.addEventListener("visibilitychange", light);
  }

  Kiosk.night = {start, tick};
})(window.Kiosk);
