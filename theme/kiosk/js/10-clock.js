/* What time it is on the screen's street, and whether to believe it.

A board without a battery wakes in 1970, and a device's zone is often wrong: so days and hours are counted
from UTC by the screen's own offset, and a time that nothing vouches for counts as untrusted. */

(Kiosk => {
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;
  const BACK = 5 * MINUTE; // further back than this, a clock is wrong
  const AHEAD = 400 * DAY; // nobody leaves a screen alone for longer
  const AGREE = 10 * MINUTE; // between the device and a server

  const plausible = (time, floor) => time >= floor - BACK && time <= floor + AHEAD;

  class Clock {
    constructor(offset, wall = () => Date.now(), mono = () => performance.now()) {
      Object.assign(this, {offset, wall, mono, built: null, seen: 0, source: null, why: "no manifest", bare: false});
      this.anchor = {time: 0, mono: 0};
      this.last = {wall: wall(), mono: mono()};
    }

    get trusted() { return this.source !== null; }

    get floor() { return Math.max(this.built ?? 0, this.seen); }

    /* Untrusted, it is a lower bound of the true time. */
    now() {
      if (this.source === "device") return this.wall();
      const passed = this.anchor.time + this.mono() - this.anchor.mono;
      return this.source === "server" ? passed : Math.max(passed, this.floor);
    }

    /* `seen`: the last time trusted on this device, which outlives a restart. */
    start(built, seen) {
      this.seen = seen || 0;
      this.anchor = {time: Math.max(built ?? 0, this.seen), mono: 0};
      if (built !== null) this.learn(built);
    }

    /* A release's `built_at`: the time has passed it. */
    learn(built) {
      const first = this.built === null;
      this.built = Math.max(this.built ?? 0, built);
      const good = plausible(this.wall(), this.floor);
      if (first && good) this.trust("device", "plausible");
      else if (first) this.why = "implausible";
      else if (this.source === "device" && !good) this.distrust("before the release");
    }

    trust(source, why) { Object.assign(this, {source, why}); }

    distrust(why) { Object.assign(this, {source: null, why}); }

    /* Every second: a clock that jumps was wrong before, or is now. */
    tick() {
      const [wall, mono] = [this.wall(), this.mono()];
      const jump = wall - this.last.wall - (mono - this.last.mono);
      this.last = {wall, mono};
      if (this.source === "device" && (jump < -BACK || jump > HOUR)) this.distrust("jumped");
      else if (this.source === "device") this.note(wall, mono);
      else if (this.source === null && Math.abs(jump) > BACK) this.afterJump(wall);
    }

    note(time, mono) {
      this.seen = Math.max(this.seen, time);
      this.anchor = {time, mono};
    }

    afterJump(wall) {
      if (this.built !== null && plausible(wall, this.floor)) this.trust("device", "set while running");
    }

    /* A server's `Date`. Last seen may come from a clock that ran ahead, so it does not bind a server. */
    hear(time) {
      if (this.built === null || time < this.built - BACK || time > this.floor + AHEAD) return;
      const agrees = Math.abs(this.wall() - time) <= AGREE;
      if (agrees && this.source === "device") return;
      this.seen = time;
      this.anchor = {time, mono: this.mono()};
      if (agrees) this.trust("device", "a server agrees");
      else this.trust("server", "a server's time");
    }

    local(time = this.now()) { return local(time, this.offset); }

    /* ISO time; without an offset of its own it is the screen's. */
    parse(text) { return parse(text, this.offset); }

    report() {
      const here = new Date(this.now() + this.offset * MINUTE).toISOString().slice(0, 19);
      return {trusted: this.trusted, why: this.why, now: here};
    }
  }

  /* day: 1 Monday … 7 Sunday; minutes since midnight; date: days since 1970, to subtract. */
  function local(time, offset) {
    const here = new Date(time + offset * MINUTE);
    return {
      day: here.getUTCDay() || 7,
      minutes: here.getUTCHours() * 60 + here.getUTCMinutes(),
      date: Math.floor((time + offset * MINUTE) / DAY),
    };
  }

  function parse(text, offset) {
    if (/(Z|[+-]\d\d:?\d\d)$/.test(text)) return Date.parse(text);
    return Date.parse(/T/.test(text) ? `${text}Z` : `${text}T00:00Z`) - offset * MINUTE;
  }

  Object.assign(Kiosk, {Clock});
})(window.Kiosk);
