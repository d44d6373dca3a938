/* What went wrong, and what was shown: for the staff card, never for the screen. */

(Kiosk => {
  const errors = {};
  const plays = {};
  const skipped = new Set();

  Kiosk.tally = {
    errors, plays, skipped,

    error(kind) { errors[kind] = (errors[kind] ?? 0) + 1; },

    played(id) { plays[id] = (plays[id] ?? 0) + 1; },

    skip(path) {
      skipped.add(path);
      Kiosk.root.skipped = skipped.size;
    },

    uptime: () => Math.round(performance.now() / 1000),

    /* An error of a part counts; the others go on. */
    guard(action, kind = "view") {
      try {
        return action();
      } catch {
        Kiosk.tally.error(kind);
        return undefined;
      }
    },

    report: () => ({
      release: Kiosk.root.release, kept: Kiosk.root.kept || null, state: Kiosk.root.state,
      built_at: Kiosk.store.builtAt ?? null, uptime_s: Kiosk.tally.uptime(), clock: Kiosk.clock.report(),
      skipped: [...skipped], errors: {...errors}, plays: {...plays},
    }),
  };
})(window.Kiosk);
