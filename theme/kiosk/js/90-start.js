/* Boots, verifies, and keeps time from then on. */

(Kiosk => {
  const TRIES = 3; // for a page and a playlist that are not of one release
  const NOTICE_MS = 800; // a first slide waits so long for what may have been revoked
  const RECALL_MS = 5000; // and so long for a browser's storage
  const TICK_MS = 500;
  const SEEN_S = 60;
  const file = location.protocol === "file:";

  /* While a server switches releases, a page can get the playlist of another: then it is loaded again. */
  async function verified(playlist) {
    Kiosk.root.state = "verify";
    const sound = playlist?.schema === 1 && playlist.release === Kiosk.root.release;
    const tries = Number(remembered("tries") ?? 0);
    remember("tries", sound ? 0 : tries + 1);
    return sound || tries >= TRIES || !await Kiosk.reload();
  }

  function remembered(key) { return Kiosk.tally.guard(() => sessionStorage.getItem(`kiosk ${key}`), "storage"); }

  function remember(key, value) {
    Kiosk.tally.guard(() => sessionStorage.setItem(`kiosk ${key}`, value), "storage");
  }

  /* What the last start left: releases, time, notices. */
  async function recall() {
    await Kiosk.store.open();
    const seen = (await Kiosk.storage.read("seen"))?.time;
    const built = Date.parse(Kiosk.store.builtAt ?? "");
    Kiosk.clock.start(Number.isFinite(built) ? built : null, seen);
    await Kiosk.notices.load();
  }

  const within = (promise, ms) => Promise.race([promise, Kiosk.later(ms)]);

  let saved = 0;

  function remind() {
    const {clock, tally, storage} = Kiosk;
    if (!clock.trusted || tally.uptime() < saved) return;
    saved = tally.uptime() + SEEN_S;
    storage.write("seen", {time: clock.now()});
  }

  function tick() {
    const {clock, states, player, night} = Kiosk;
    const parts = [() => clock.tick(), () => states.settle(), () => player.step(), () => player.recount(),
      () => night.tick(), () => file || remind()];
    for (const part of parts) Kiosk.tally.guard(part, "engine");
  }

  /* Each from the one before, so that none is lost to a slow one. */
  function beat(due = performance.now()) {
    tick();
    const next = Math.max(due + TICK_MS, performance.now());
    setTimeout(beat, next - performance.now(), next);
  }

  function compose(playlist) {
    Kiosk.clock = new Kiosk.Clock(playlist.screen.utc_offset_min);
    Kiosk.clock.bare = file;
    Kiosk.player = new Kiosk.Player(playlist);
    Kiosk.states = new Kiosk.States(playlist, file);
    Kiosk.touch.start();
    Kiosk.night.start();
  }

  function watchErrors() {
    addEventListener("error", () => Kiosk.tally.error("script"));
    addEventListener("unhandledrejection", () => Kiosk.tally.error("script"));
  }

  async function prepare() {
    await within(recall(), RECALL_MS);
    await within(Promise.all([Kiosk.notices.poll(), Kiosk.update.first()]), NOTICE_MS);
  }

  async function start() {
    Kiosk.store = new Kiosk.Store();
    const playlist = window.KIOSK_PLAYLIST;
    if (!await verified(playlist)) return;
    compose(playlist);
    if (!file) await prepare();
    Kiosk.revocation.start(playlist);
    Kiosk.states.phase = "play";
    beat();
    if (!file) Kiosk.notices.run();
    if (!file) Kiosk.update.run();
  }

  /* A release that cannot even begin shows the card that needs no script. */
  function fail() {
    Kiosk.tally.error("engine");
    Kiosk.root.state = "safe";
  }

  addEventListener("DOMContentLoaded", () => {
    Object.assign(Kiosk.root, {state: "boot", skipped: 0, kept: ""});
    watchErrors();
    start().catch(fail);
  });
})(window.Kiosk);
