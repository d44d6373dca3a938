/* Takes what was revoked out of the playlist in hand: of its slides, its reader and its calendar. */

(Kiosk => {
  let whole = null;

  /* Told anew from what was loaded, so that a revocation can be taken back too. */
  function apply() {
    if (!whole) return;
    const {playlist} = whole;
    const {gone} = Kiosk.notices;
    const kept = Object.entries(whole.stories).filter(([id]) => !gone(id));
    playlist.stories = Object.fromEntries(kept);
    playlist.calendar = whole.calendar.filter(({story}) => !story || !gone(story));
    Kiosk.states?.revoked();
  }

  /* Whether a slide must not be shown. */
  const slide = id => Kiosk.notices.gone(id, whole?.playlist.slides[id]?.story);

  function start(playlist) {
    whole = {playlist, stories: playlist.stories ?? {}, calendar: playlist.calendar ?? []};
    apply();
  }

  Kiosk.revocation = {start, apply, slide};
})(window.Kiosk);
