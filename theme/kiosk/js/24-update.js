/* Looks for a new release every five minutes, and asks for a fresh start once it is whole. */

(Kiosk => {
  const EVERY_S = 300;
  const {able} = Kiosk.storage;
  const secure = able && window.isSecureContext && Boolean(window.crypto?.subtle);

  /* Resolves to whether something new is to be shown. */
  async function poll() {
    const next = await Kiosk.net.json("manifest.json");
    if (!next) return false;
    if (!Kiosk.valid.manifest(next) || Kiosk.store.refused(next)) return refuse();
    if (next.release === Kiosk.root.release) learn(next);
    return secure ? staged(next) : reachable(next);
  }

  function refuse() {
    Kiosk.tally.error("manifest");
    return false;
  }

  function learn(next) {
    Kiosk.clock.learn(Date.parse(next.built_at));
    if (!Kiosk.store.builtAt) Kiosk.store.builtAt = next.built_at;
  }

  /* At a first start nothing is kept that says when the release was built. */
  async function first() {
    if (Kiosk.store.builtAt) return;
    const own = await Kiosk.net.json("manifest.json");
    if (own && Kiosk.valid.manifest(own) && own.release === Kiosk.root.release) learn(own);
  }

  async function staged(next) {
    const {store} = Kiosk;
    if (next.release === store.current) {
      const newer = store.kept.some(known => known.release === next.release && known.built_at !== next.built_at);
      if (newer) await store.renew(next);
      if (await store.whole(next.release)) return wish(next);
    }
    if (await store.adopt(next)) return wish(next);
    return store.refuses && !Kiosk.root.kept && reachable(next);
  }

  /* Where nothing can be kept (plain http, storage refused), all there is to do is to see that the new files answer. */
  async function reachable(next) {
    if (next.release === Kiosk.root.release) return false;
    const page = await Kiosk.net.ask("index.html", response => response.text()).catch(() => "");
    const playlist = await Kiosk.net.json("playlist.json");
    return page !== "" && playlist?.release === next.release && wish(next);
  }

  function wish(next) {
    if (next.release === Kiosk.root.release) return false;
    Kiosk.wish("update");
    return true;
  }

  /* Trusted Types let nothing but our own policy name a worker. */
  function script() {
    const address = Kiosk.storage.address("sw.js");
    return window.trustedTypes
      ? trustedTypes.createPolicy("kiosk-worker", {createScriptURL: () => address}).createScriptURL("") : address;
  }

  async function register() {
    if (!secure || !navigator.serviceWorker) return;
    try {
      await navigator.serviceWorker.register(script(), {updateViaCache: "none"});
    } catch {
      Kiosk.tally.error("worker");
    }
  }

  let running = null;

  /* One at a time. */
  const once = () => running ??= poll().catch(() => refuse()).finally(() => { running = null; });

  async function run() {
    await register();
    for (;;) {
      await once();
      await Kiosk.later(EVERY_S * 1000 * (0.9 + Math.random() * 0.2));
    }
  }

  Kiosk.update = {run, first, poll: once};
})(window.Kiosk);
