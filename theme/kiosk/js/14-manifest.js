/* Whether a `manifest.json` or a `notice.json` can be what it claims. Pure. */

(Kiosk => {
  const NEEDED = ["index.html", "playlist.js", "playlist.json"];

  /* Relative, below its folder, nothing that an address would read otherwise. */
  const safe = path => /^[^\u0000-\u001f\\?#%:]+$/.test(path)
    && path.split("/").every(part => part && part !== "." && part !== "..");

  const sound = ([path, file]) => safe(path) && Number.isInteger(file?.size) && file.size >= 0
    && /^[0-9a-f]{64}$/.test(file.sha256);

  const manifest = value => value?.schema === 1 && /^[\w.-]{1,64}$/.test(value.release)
    && Number.isFinite(Date.parse(value.built_at))
    && Boolean(value.files) && Object.entries(value.files).every(sound)
    && NEEDED.every(path => Object.hasOwn(value.files, path));

  /* Its level may be one that only a later release knows. */
  const timed = (notice, parse) => typeof notice?.level === "string"
    && Number.isFinite(parse(notice.from)) && Number.isFinite(parse(notice.until));

  const notices = (value, parse) => value?.schema === 1 && Number.isInteger(value.seq)
    && Array.isArray(value.notices) && value.notices.every(notice => timed(notice, parse))
    && Array.isArray(value.revoke) && value.revoke.every(id => typeof id === "string");

  Kiosk.valid = {path: safe, manifest, notices};
})(window.Kiosk);
