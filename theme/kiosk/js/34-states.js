/* The one state that the screen is in, which everything else follows. */

(Kiosk => {
  const now = () => performance.now();

  class States {
    constructor(playlist, file) {
      Object.assign(this, {playlist, file, phase: "boot", touched: null, turn: ""});
      this.idle = playlist.screen.idle;
    }

    /* Notices pre-empt all; a black page is interrupted by nothing else. */
    wanted() {
      if (this.phase !== "play") return this.phase;
      if (this.notices().length) return "notice";
      if (this.quiet()) return "quiet";
      if (Kiosk.player.safe) return "safe";
      if (!Kiosk.player.shown && !Kiosk.player.ready) return "verify"; // its card stands until there is a slide
      if (this.touched === null) return "attract";
      return this.still() < this.idle.timeout_s ? "interact" : "warn";
    }

    notices() { return Kiosk.notices.active(this.quiet()); }

    /* A bare file plays its default loop, at any hour; so does a clock that may be wrong. */
    quiet() {
      const {clock} = Kiosk;
      return !this.file && clock.trusted && Kiosk.schedule.quiet(this.playlist.quiet, clock.local());
    }

    /* Seconds since the last touch. */
    still() { return (now() - this.touched) / 1000; }

    settle() {
      if (this.touched !== null && this.still() >= this.idle.timeout_s + this.idle.warn_s) this.touched = null;
      const [was, is] = [Kiosk.root.state, this.wanted()];
      if (was !== is) this.change(was, is);
      if (is === "notice") this.tell();
      if (is === "warn") this.view(() => Kiosk.cards.warn(this.left()));
    }

    left() { return Math.max(0, Math.ceil(this.idle.timeout_s + this.idle.warn_s - this.still())); }

    change(was, is) {
      if (was === "warn") this.view(() => Kiosk.cards.warn(null));
      if (was === "notice") this.silence();
      if (!["interact", "warn"].includes(is)) this.close(was);
      Kiosk.root.state = is;
      if (is === "attract" || is === "safe") Kiosk.player.resume();
      else Kiosk.player?.pause();
    }

    close(was) {
      this.touched = null;
      if (["interact", "warn"].includes(was)) this.view(() => Kiosk.reader.close());
    }

    /* Told again only when there is another one, or another's turn. */
    tell() {
      const list = Kiosk.notices.turned(this.notices());
      const turn = JSON.stringify(list);
      if (turn !== this.turn) this.view(() => Kiosk.cards.notice(list, this.lang()));
      this.turn = turn;
    }

    silence() {
      this.turn = "";
      this.view(() => Kiosk.cards.notice([], this.lang()));
    }

    lang() {
      const {mode, order} = this.playlist.screen.languages;
      return ["en", "zh"].includes(mode) ? mode : order[0];
    }

    /* From the loop to the story of the slide on view. */
    open() {
      const slide = Kiosk.player.shown;
      if (Kiosk.root.state !== "attract" || !slide) return;
      const opened = this.view(() => { Kiosk.reader.open(slide.id, slide.lang); return true; });
      if (opened) this.touch();
    }

    touch() {
      this.touched = now();
      this.settle();
    }

    leave() {
      this.touched = null;
      this.settle();
    }

    /* Whoever reads may have it before them, as a story or as a line of the calendar. */
    revoked() {
      this.leave();
      Kiosk.player?.step();
    }

    view(action) { return Kiosk.tally.guard(action); }
  }

  const talking = () => ["interact", "warn"].includes(Kiosk.root.state);

  Kiosk.stay = () => talking() && Kiosk.states.touch();
  Kiosk.touched = () => Kiosk.root.state === "interact" && Kiosk.states.touch();
  Kiosk.leave = () => talking() && Kiosk.states.leave();
  Kiosk.States = States;
})(window.Kiosk);
