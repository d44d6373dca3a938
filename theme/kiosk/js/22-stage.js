/* Lays a new release beside the old one, file by file, each with the size and hash that the manifest promises. */

(Kiosk => {
  const {address, name, match} = Kiosk.storage;
  const FILE_S = 60; // a photo over a slow line

  class Refused extends Error {}

  const hex = buffer => Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, "0")).join("");

  async function promised(bytes, {size, sha256}) {
    return bytes.byteLength === size && hex(await crypto.subtle.digest("SHA-256", bytes)) === sha256;
  }

  async function take(response, file) {
    if (!response) return null;
    const bytes = await response.arrayBuffer();
    if (!await promised(bytes, file)) return null;
    const type = response.headers.get("Content-Type") ?? "application/octet-stream";
    return new Response(bytes, {headers: {"Content-Type": type, "Content-Length": String(bytes.byteLength)}});
  }

  /* From a kept release that has the same bytes. */
  async function copied(path, file, kept) {
    for (const {release, files} of kept) {
      if (files[path]?.sha256 !== file.sha256) continue;
      const copy = await take(await match(release, path), file);
      if (copy) return copy;
    }
    return null;
  }

  async function fetched(path, file) {
    const fresh = await Kiosk.net.ask(path, response => take(response, file), FILE_S);
    if (!fresh) throw new Refused(path);
    return fresh;
  }

  /* What an interrupted try left is there, and was verified. */
  async function lay(cache, path, file, kept, staged) {
    if (staged && await take(await cache.match(address(path)), file)) return;
    await cache.put(address(path), await copied(path, file, kept) ?? await fetched(path, file));
  }

  /* The playlist must be of the release whose name it comes under. */
  async function consistent(cache, release) {
    const playlist = await (await cache.match(address("playlist.json")))?.json();
    if (playlist?.schema !== 1 || playlist.release !== release) throw new Refused("playlist.json");
  }

  /* Throws unless the release is whole in its cache afterwards. `kept`: manifests of releases to copy from. */
  async function stage(manifest, kept) {
    const cache = await caches.open(name(manifest.release));
    const left = new Set((await cache.keys()).map(request => request.url));
    for (const [path, file] of Object.entries(manifest.files)) {
      await lay(cache, path, file, kept, left.has(address(path)));
    }
    await consistent(cache, manifest.release);
    await cache.put(address("manifest.json"), Kiosk.storage.json(manifest));
    if (!await Kiosk.storage.whole(manifest.release)) throw new Refused("incomplete");
  }

  Kiosk.staging = {stage, Refused};
})(window.Kiosk);
