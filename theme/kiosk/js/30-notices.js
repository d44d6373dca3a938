/* What must be said at once, and what must no longer be shown. */

(Kiosk => {
  const EVERY_S = 60;
  const TURN_S = 10;
  const ORDER = ["emergency", "warning", "info"];

  let file = {schema: 1, seq: -1, notices: [], revoke: []};
  let revoked = new Set();

  const sorted = list => [...list].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));

  /* A level that only a later release knows is taken for a warning. */
  const known = notice => ORDER.includes(notice.level) ? notice : {...notice, level: "warning"};

  /* A lower `seq` than the last one seen comes from a server that lags behind. */
  function accept(next) {
    if (!Kiosk.valid.notices(next, text => Kiosk.clock.parse(text)) || next.seq < file.seq) return false;
    const news = JSON.stringify(next.revoke) !== JSON.stringify(file.revoke);
    file = {...next, notices: next.notices.map(known)};
    revoked = new Set(next.revoke);
    if (news) Kiosk.revocation.apply();
    if (Kiosk.states?.phase === "play") Kiosk.states.settle();
    return true;
  }

  async function load() {
    const kept = await Kiosk.storage.read("notice");
    if (kept) accept(kept);
  }

  async function poll() {
    const next = await Kiosk.net.json("notice.json");
    if (!next) return;
    const before = JSON.stringify(file);
    if (!accept(next)) Kiosk.tally.error("notice");
    else if (JSON.stringify(file) !== before) await Kiosk.storage.write("notice", file);
  }

  /* A light that goes on at night wakes people: not for a mere piece of information. */
  function active(quiet) {
    const {clock} = Kiosk;
    const now = clock.now();
    return sorted(file.notices.filter(({level, from, until}) =>
      clock.parse(from) <= now && now < clock.parse(until) && !(quiet && level === "info")));
  }

  function turned(list) {
    const by = Math.floor(performance.now() / 1000 / TURN_S) % list.length;
    return [...list.slice(by), ...list.slice(0, by)];
  }

  /* From the start of one request to the start of the next, so that a slow server delays nothing. */
  async function run() {
    for (;;) {
      await Kiosk.later((EVERY_S - 2 + Math.random() * 4) * 1000);
      poll();
    }
  }

  /* `residents/x` takes `residents/x/2` with it; a hash stands for the id that it is of. */
  function names(id, story) {
    const parts = id.split("/");
    return [id, story, ...parts.map((_, index) => parts.slice(0, index + 1).join("/"))].filter(Boolean);
  }

  const gone = (id, story = null) => revoked.size > 0 && names(id, story).some(name =>
    revoked.has(name) || revoked.has(`sha256:${Kiosk.sha256(name)}`));

  Kiosk.notices = {run, load, poll, active, turned, gone};
})(window.Kiosk);
