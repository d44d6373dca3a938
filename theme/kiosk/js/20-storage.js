/* The browser's Cache API, where everything that outlives a restart is kept. All of it may refuse at any moment.

`kiosk <scope path> <release>` holds a release's files under their addresses, its manifest.json last.
`kiosk <scope path> state` holds, under `~state/…`:
  pointer  {current, previous}: releases; what the service worker serves
  starts   {release, count, confirmed}: navigations of a release that has not yet shown a slide
  bad      {release, built_at}: did not start, not to be staged again
  notice   the notice.json with the highest seq
  seen     {time}: the last time at which the clock was trusted
The service worker reads the same. */

(Kiosk => {
  const base = new URL(".", location.href);
  const PREFIX = `kiosk ${base.pathname} `;
  const STATE = `${PREFIX}state`;
  const able = location.protocol !== "file:" && "caches" in window;

  const address = path => new URL(path, base).href;
  const name = release => PREFIX + release;
  const slot = key => address(`~state/${key}`);

  const json = value => new Response(JSON.stringify(value), {headers: {"Content-Type": "application/json"}});

  async function read(key) {
    if (!able) return null;
    try {
      return await (await caches.match(slot(key), {cacheName: STATE}))?.json() ?? null;
    } catch {
      Kiosk.tally.error("storage");
      return null;
    }
  }

  /* Whether it is written. One `put`: the old value or the new one, never half of it. */
  async function write(key, value) {
    if (!able) return false;
    try {
      const state = await caches.open(STATE);
      await state.put(slot(key), json(value));
      return true;
    } catch {
      Kiosk.tally.error("storage");
      return false;
    }
  }

  async function match(release, path) {
    return release ? caches.match(address(path), {cacheName: name(release)}) : undefined;
  }

  async function manifest(release) {
    if (!able) return null;
    try {
      return await (await match(release, "manifest.json"))?.json() ?? null;
    } catch {
      return null;
    }
  }

  /* Whether every file of a release is there, each of which was verified before it was put. */
  async function whole(release) {
    const known = await manifest(release);
    if (!known || known.release !== release) return false;
    const there = new Set((await (await caches.open(name(release))).keys()).map(request => request.url));
    return Object.keys(known.files).every(path => there.has(address(path)));
  }

  /* Drops all releases but these. */
  async function keep(releases) {
    const names = [STATE, ...releases.filter(Boolean).map(name)];
    const others = (await caches.keys()).filter(cache => cache.startsWith(PREFIX) && !names.includes(cache));
    await Promise.all(others.map(cache => caches.delete(cache)));
  }

  Kiosk.storage = {able, address, name, json, read, write, match, manifest, whole, keep};
})(window.Kiosk);
