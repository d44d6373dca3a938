/* Which slides it is the time for. Pure: from a playlist, a moment, and what must not be shown. */

(Kiosk => {
  const minutes = text => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  const before = day => (day + 5) % 7 + 1;
  const week = [1, 2, 3, 4, 5, 6, 7];

  /* Half-open; what passes midnight belongs to the day on which it starts. */
  function covers({days = week, from, to}, {day, minutes: now}) {
    const [start, end] = [minutes(from), minutes(to)];
    if (end > start) return days.includes(day) && start <= now && now < end;
    return (days.includes(day) && now >= start) || (days.includes(before(day)) && now < end);
  }

  /* Index of the daypart: of those that cover the moment the one with the fewest days, the first of equals; -1: none. */
  function daypart(dayparts, local) {
    const count = index => (dayparts[index].days ?? week).length;
    return dayparts.reduce((best, part, index) =>
      covers(part, local) && (best < 0 || count(index) < count(best)) ? index : best, -1);
  }

  const quiet = (hours, local) => Boolean(hours) && hours.from !== hours.to && covers(hours, local);

  const coming = (slide, now, parse) => (slide.dates ?? []).find(entry => parse(entry.until) > now) ?? null;

  /* Whole days until it begins; null once it has begun on an earlier day. */
  function left(entry, clock) {
    if (!entry) return null;
    const days = clock.local(clock.parse(entry.from)).date - clock.local().date;
    return days < 0 ? null : days;
  }

  /* A slide with dates needs a trusted clock, and a date that has not ended. A bare file has nothing that could vouch
  for the clock: there the device's own decides, and no date is told. */
  function playable(playlist, ids, clock, gone) {
    const known = ids.filter(id => playlist.slides[id] && !gone(id));
    return known.flatMap(id => {
      const slide = playlist.slides[id];
      if (!slide.dates?.length) return [{id, date: null}];
      if (!clock.trusted && !clock.bare) return [];
      const date = coming(slide, clock.trusted ? clock.now() : clock.wall(), text => clock.parse(text));
      return date ? [{id, date: clock.trusted ? date : null}] : [];
    });
  }

  const undated = playlist => Object.keys(playlist.slides).filter(id => !playlist.slides[id].dates?.length);

  /* With a clock that cannot be trusted, dated slides come last of all, and without their dates. */
  const hidden = (playlist, clock, gone) => clock.trusted ? []
    : playlist.default.filter(id => playlist.slides[id] && !gone(id)).map(id => ({id, date: null}));

  /* Lists to play, each named, the first before all; the others stand in where all of it fails. */
  function lists(playlist, clock, gone = () => false) {
    const part = clock.trusted ? daypart(playlist.dayparts ?? [], clock.local()) : -1;
    const found = (name, ids) => ({name, entries: playable(playlist, ids, clock, gone)});
    return [
      found(`daypart ${part}`, part < 0 ? [] : playlist.dayparts[part].play),
      found("default", playlist.default),
      found("undated", undated(playlist)),
      found("fallback", [playlist.fallback]),
      {name: "hidden dates", entries: hidden(playlist, clock, gone)},
    ].filter(list => list.entries.length);
  }

  /* One language after the other, or both at once. */
  function faces({screen, slides}, {id, date}) {
    const {mode, order} = screen.languages;
    if (mode === "zh" || mode === "en") return [{id, date, lang: mode}];
    if (slides[id].stacked) return [{id, date, lang: order[0]}];
    return order.map(lang => ({id, date, lang}));
  }

  Kiosk.schedule = {covers, daypart, quiet, left, lists, faces};
})(window.Kiosk);
