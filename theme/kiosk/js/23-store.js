/* Which releases this browser keeps, which of them is served, and how it moves on to the next. */

(Kiosk => {
  const {read, write, manifest, whole, keep} = Kiosk.storage;

  class Store {
    constructor() { Object.assign(this, {current: null, previous: null, bad: null, kept: [], builtAt: null}); }

    get own() { return Kiosk.root.release; }

    names() { return new Set([this.own, this.current, this.previous].filter(Boolean)); }

    /* Where the clock and the next update start from. */
    async open() {
      Object.assign(this, {current: null, previous: null}, await read("pointer"));
      this.bad = await read("bad");
      this.kept = (await Promise.all([...this.names()].map(manifest))).filter(Boolean);
      this.builtAt = this.kept.find(known => known.release === this.own)?.built_at ?? null;
      if (this.current === this.own && await this.whole(this.own)) Kiosk.root.kept = this.own;
    }

    whole(release) { return whole(release).catch(() => false); }

    /* Older than what is on view or about to be, or known not to start. */
    refused({release, built_at: built}) {
      const times = this.kept.filter(known => [this.own, this.current].includes(known.release))
        .map(known => known.built_at);
      const bad = this.bad?.release === release && Date.parse(built) <= Date.parse(this.bad.built_at);
      return bad || [this.builtAt, ...times].some(time => time && Date.parse(built) < Date.parse(time));
    }

    /* Whether the release is now the one to be served; `refuses`: whether it is the browser that will not keep it. */
    async adopt(next) {
      this.refuses = false;
      try {
        await keep([...this.names(), next.release]);
        await this.stage(next);
        return await this.point(next);
      } catch (problem) {
        const name = kind(problem);
        this.refuses = name === "storage";
        Kiosk.tally.error(name);
        return false;
      }
    }

    /* A full disk has room again once the previous release is gone. */
    async stage(next) {
      try {
        await Kiosk.staging.stage(next, this.kept);
      } catch (problem) {
        if (problem?.name !== "QuotaExceededError" || !await this.makeRoom(next)) throw problem;
        await Kiosk.staging.stage(next, this.kept);
      }
    }

    async makeRoom(next) {
      Kiosk.tally.error("quota");
      if (!this.current || !await write("pointer", {current: this.current, previous: null})) return false;
      this.previous = null;
      await keep([this.own, this.current, next.release]);
      return true;
    }

    async point(next) {
      const previous = [...this.names()].find(release => release !== next.release
        && this.kept.some(known => known.release === release)) ?? null;
      if (!await write("pointer", {current: next.release, previous})) return false;
      Object.assign(this, {current: next.release, previous});
      this.kept = [next, ...this.kept.filter(known => known.release === previous)];
      if (next.release === this.own) this.confirm(next);
      await keep([...this.names()]);
      return true;
    }

    confirm(next) {
      Kiosk.root.kept = next.release;
      this.builtAt = next.built_at;
      if (Kiosk.started) this.started();
    }

    /* The first slide of this release was seen: it starts. */
    started() { return write("starts", {release: this.own, count: 0, confirmed: true}); }

    /* The same content, built again later. */
    async renew(next) {
      this.builtAt = next.built_at;
      this.kept = this.kept.map(known => known.release === next.release ? next : known);
      try {
        const cache = await caches.open(Kiosk.storage.name(next.release));
        await cache.put(Kiosk.storage.address("manifest.json"), Kiosk.storage.json(next));
      } catch {
        Kiosk.tally.error("storage");
      }
    }
  }

  /* What `fetch` throws is the network's. */
  function kind(problem) {
    if (problem instanceof Kiosk.staging.Refused) return "file";
    return ["TypeError", "AbortError", "Error"].includes(problem?.name) ? "network" : "storage";
  }

  Kiosk.Store = Store;
})(window.Kiosk);
