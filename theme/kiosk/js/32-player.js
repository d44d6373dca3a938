/* Plays one slide after another: the next is made ready in the hidden layer before the one on view has had its time.

The slide on view stays until another is ready, whatever happens. */

(Kiosk => {
  const LEAD_S = 5; // so early the next is made ready: time for two that will not decode
  const DECODE_S = 2;
  const SAFE_S = 3.5; // with nothing on view, so long it is tried before the card of SAFE
  const SPARE_S = 300; // a picture that failed is not tried for so long
  const now = () => performance.now();

  class Player {
    constructor(playlist) {
      Object.assign(this, {playlist, playing: false, safe: false, shown: null, ready: null, seat: null});
      Object.assign(this, {pending: null, due: 0, retry: 0, swapped: Kiosk.stopwatch(), broken: new Map()});
      Object.assign(this, {urgent: false, timer: null, blind: false});
    }

    /* Called every half second, at each boundary, and when something is ready. */
    step() {
      if (this.shown && this.expired(this.shown)) this.hurry();
      if (this.wants()) this.pending = this.prepare().then(face => this.prepared(face));
      else if (this.ready && this.due <= now() && (this.playing || this.urgent)) this.boundary();
    }

    wants() {
      const early = this.due - LEAD_S * 1000 <= now() && (this.playing || this.urgent || !this.shown);
      return !this.pending && !this.ready && early && this.retry <= now();
    }

    /* Revoked, ended, or with a date that nothing vouches for any more: it leaves as soon as another is ready. */
    expired({id, date}) {
      const {clock} = Kiosk;
      return Kiosk.revocation.slide(id)
        || Boolean(date) && (!clock.trusted || clock.parse(date.until) <= clock.now());
    }

    hurry() {
      if (this.urgent) return;
      Object.assign(this, {urgent: true, due: now(), retry: 0});
      Kiosk.tally.guard(() => Kiosk.stage.count(null));
    }

    /* Back from something that lay over the loop: the slide on view gets its time anew. */
    resume() {
      this.playing = true;
      this.due = this.shown && !this.urgent ? now() + this.dwell(this.shown) : now();
      this.swapped = Kiosk.stopwatch();
      this.step();
      this.arm();
    }

    pause() { this.playing = false; }

    arm() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.step(), Math.max(0, this.due - now()));
    }

    lists() { return Kiosk.schedule.lists(this.playlist, Kiosk.clock, Kiosk.revocation.slide); }

    /* All that may come next, in the order in which it is tried. */
    candidates() {
      const lists = this.lists();
      const first = lists[0]?.name;
      return lists.flatMap(({name, entries}) => {
        const faces = entries.flatMap(entry => Kiosk.schedule.faces(this.playlist, entry));
        const start = this.seat?.name === name ? this.after(faces) : 0;
        return faces.map((_, step) => (start + step) % faces.length)
          .map(index => ({...faces[index], left: this.left(faces[index].date), index, name, first}));
      });
    }

    /* The list may have changed since; then the slide that was shown is looked for. */
    after(faces) {
      const same = face => face?.id === this.seat.id && face.lang === this.seat.lang;
      const index = same(faces[this.seat.index]) ? this.seat.index : faces.findIndex(same);
      return (index < 0 ? this.seat.index : index + 1) % faces.length;
    }

    left(date) { return Kiosk.clock.trusted ? Kiosk.schedule.left(date, Kiosk.clock) : null; }

    /* Before the first slide a broken picture makes texts wait for a whole one: a release without any is spoilt. */
    async prepare() {
      const tried = Kiosk.stopwatch();
      const since = this.safe ? now() : now() - SPARE_S * 1000;
      const waits = face => this.blind && !this.shown && !this.picture(face);
      const nothing = () => !this.safe && (!this.shown || this.expired(this.shown));
      for (const face of this.candidates()) {
        const time = nothing() ? Math.min(DECODE_S * 1000, SAFE_S * 1000 - tried()) : DECODE_S * 1000;
        if (time <= 0) break;
        const spared = this.broken.get(this.path(face)) >= since || waits(face);
        if (!spared && await this.decodes(face, time)) return face;
      }
      return null;
    }

    picture({id}) { return this.playlist.slides[id].photo?.src ?? this.playlist.slides[id].media?.[0]; }

    path(face) { return this.picture(face) ?? face.id; }

    async decodes(face, time) {
      const slide = this.playlist.slides[face.id];
      let hold;
      const late = new Promise((_, reject) => { hold = Kiosk.patience(time, reject); });
      try {
        await Promise.race([Kiosk.stage.prepare(slide, face.lang, face.date, face.left), late]);
        this.broken.delete(this.path(face));
        if (this.picture(face)) this.blind = false;
        return true;
      } catch {
        this.fail(face);
        return false;
      } finally {
        hold();
      }
    }

    fail(face) {
      const path = this.path(face);
      if (this.picture(face)) this.blind = true;
      this.broken.set(path, now());
      Kiosk.tally.skip(path);
      Kiosk.tally.error("decoding");
    }
  }

  Kiosk.Player = Player;
})(window.Kiosk);
