/* What happens to a player when the time of the slide on view is over. */

(Kiosk => {
  const AGAIN_S = 15;
  const now = () => performance.now();

  const boundary = {
    /* null: nothing would decode. */
    prepared(face) {
      this.pending = null;
      this.ready = face;
      if (face) this.begun();
      else this.failed();
      Kiosk.states.settle();
      this.step();
    },

    /* A first slide that is ready counts as a start: at night none is shown. */
    begun() {
      this.safe = false;
      if (Kiosk.started) return;
      Kiosk.started = true;
      Kiosk.store.started();
    },

    failed() {
      this.retry = now() + AGAIN_S * 1000;
      if (this.shown && !this.expired(this.shown)) return;
      Object.assign(this, {safe: true, shown: null, urgent: false, due: now()});
      Kiosk.root.slide = "";
    },

    boundary() {
      if (Kiosk.wished() && this.playing) this.renew();
      else if (this.stale()) this.discard();
      else this.swap();
    },

    /* The page starts anew here; where it cannot, it goes on. */
    async renew() {
      this.due = Infinity;
      if (!await Kiosk.reload()) this.due = now();
    },

    /* Whether what was made ready is no longer what the moment asks for. */
    stale() {
      const {ready} = this;
      const face = this.candidates().find(other => other.id === ready.id && other.lang === ready.lang
        && other.name === ready.name);
      return !face || face.first !== ready.first || face.date !== ready.date || face.left !== ready.left;
    },

    discard() {
      this.ready = null;
      Kiosk.states.settle();
      this.step();
    },

    swap() {
      const face = this.ready;
      Kiosk.tally.guard(() => Kiosk.stage.show());
      Object.assign(Kiosk.root, {slide: face.id, lang: face.lang});
      Object.assign(this, {shown: face, seat: face, ready: null, urgent: false, swapped: Kiosk.stopwatch()});
      this.due = this.chained() + this.dwell(face);
      Kiosk.tally.played(face.id);
      Kiosk.states.settle();
      this.arm();
    },

    /* Each boundary follows from the one before, unless that one was missed. */
    chained() { return now() - this.due < 1000 ? Math.min(this.due, now()) : now(); },

    dwell({id, lang}) { return this.playlist.slides[id].dwell_s[lang] * 1000; },

    /* At midnight a countdown on view is one day shorter. */
    recount() {
      if (!this.shown?.date || this.urgent) return;
      const left = this.left(this.shown.date);
      if (left === this.shown.left) return;
      this.shown.left = left;
      Kiosk.tally.guard(() => Kiosk.stage.count(left));
    },

    unstick() {
      this.swapped = Kiosk.stopwatch();
      Kiosk.tally.error("hung");
      Kiosk.reload();
    },

    /* Nothing new for so long: something hangs. */
    stuck() {
      const longest = Math.max(...Object.values(this.playlist.slides)
        .flatMap(slide => Object.values(slide.dwell_s)));
      return this.playing && !this.safe && this.swapped() > (2 * longest + 30) * 1000;
    },
  };

  Object.assign(Kiosk.Player.prototype, boundary);
})(window.Kiosk);
