/* Serves the release that the pointer names, whole, with or without a network.

Its address never changes. It only reads what the page keeps (see 20-storage.js), but for two things: it counts the
starts of a release that has not shown a slide yet, and after three of them goes back to the one before. */

const SCOPE = new URL(self.registration.scope);
const PREFIX = `kiosk ${SCOPE.pathname} `;
const STATE = `${PREFIX}state`;
const FIXED = ["index.html", "playlist.js", "playlist.json", "manifest.json", "sw.js"]; // the same name in every release
const STARTS = 3;
const HANGS_S = 60; // a page that is so long without a slide, its own watch included

const WAITING = `<!doctype html><html lang="zh"><meta charset="utf-8"><meta http-equiv="refresh" content="15">
<title>请稍候</title><p>正在连接，请稍候。<p lang="en">Connecting, please wait.</html>`;

const address = path => new URL(path, SCOPE).href;
const slot = key => address(`~state/${key}`);
const served = new Map(); // client id → release, of the last few pages

async function read(key) {
  return await (await caches.match(slot(key), {cacheName: STATE}))?.json() ?? null;
}

async function write(key, value) {
  await (await caches.open(STATE)).put(slot(key), new Response(JSON.stringify(value)));
}

const match = (release, url) => caches.match(url, {cacheName: PREFIX + release});

async function manifest(release) {
  return await (await match(release, address("manifest.json")))?.json() ?? null;
}

/* A cache can lose files with the power; then it is not served in part. */
async function whole(release) {
  const known = release ? await manifest(release) : null;
  if (known?.release !== release || !known) return false;
  const there = new Set((await (await caches.open(PREFIX + release)).keys()).map(request => request.url));
  return Object.keys(known.files).every(path => there.has(address(path)));
}

async function firstWhole(releases) {
  for (const release of releases) if (await whole(release).catch(() => false)) return release;
  return null;
}

/* All that are kept, the latest first: should the pointer be lost. */
async function anyRelease() {
  const names = (await caches.keys()).filter(name => name.startsWith(PREFIX) && name !== STATE);
  const kept = (await Promise.all(names.map(name => manifest(name.slice(PREFIX.length))))).filter(Boolean);
  kept.sort((a, b) => Date.parse(b.built_at) - Date.parse(a.built_at));
  return kept.map(known => known.release);
}

async function goBack({current, previous}) {
  await write("bad", {release: current, built_at: (await manifest(current))?.built_at ?? ""});
  await write("starts", {release: previous, count: 0, confirmed: true});
  await write("pointer", {current: previous, previous: null});
  return previous;
}

/* The release to start, one more of its starts counted. */
async function counted(pointer) {
  const known = await read("starts");
  const starts = known?.release === pointer.current ? known : {release: pointer.current, count: 0, confirmed: false};
  if (starts.confirmed) return pointer.current;
  if (starts.count >= STARTS && await whole(pointer.previous)) return goBack(pointer);
  await write("starts", {...starts, count: starts.count + 1});
  return pointer.current;
}

async function choose() {
  const pointer = await read("pointer").catch(() => null);
  const chosen = pointer && await counted(pointer).catch(() => pointer.current);
  return firstWhole([chosen, pointer?.previous, ...await anyRelease()].filter(Boolean));
}

const waiting = () => new Response(WAITING, {status: 503, headers: {"Content-Type": "text/html; charset=utf-8"}});

async function start(event) {
  const release = await choose().catch(() => null);
  const page = release && await match(release, address("index.html"));
  if (!page) return fetch(event.request).catch(waiting);
  remember(event.resultingClientId, release);
  return page;
}

function remember(client, release) {
  served.set(client, release);
  if (served.size > 8) served.delete(served.keys().next().value);
}

async function unconfirmed(client) {
  const starts = await read("starts");
  return served.has(client) && served.get(client) === starts?.release && !starts.confirmed;
}

/* A page whose own scripts are broken cannot start itself anew. */
async function rouse(client) {
  if (!await unconfirmed(client)) return;
  await new Promise(resolve => setTimeout(resolve, HANGS_S * 1000));
  if (await unconfirmed(client)) await (await self.clients.get(client))?.navigate(SCOPE.href);
}

/* The fixed names come from the page's own release alone; under the others every release has the same bytes. */
async function file(event, url) {
  const pointer = await read("pointer").catch(() => null);
  const own = served.get(event.clientId) ?? pointer?.current;
  const releases = FIXED.map(address).includes(url) ? [own] : [own, pointer?.current, pointer?.previous];
  for (const release of new Set(releases)) {
    const hit = release && await match(release, url).catch(() => null);
    if (hit) return hit;
  }
  return fetch(event.request);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", event => {
  const {request} = event;
  const url = new URL(request.url);
  const plain = url.origin + url.pathname;
  if (request.method !== "GET" || request.cache === "no-store" || !plain.startsWith(SCOPE.href)) return;
  if (request.mode === "navigate" && [SCOPE.href, address("index.html")].includes(plain)) {
    const page = start(event);
    event.respondWith(page);
    event.waitUntil(page.then(() => rouse(event.resultingClientId)).catch(() => null));
  } else {
    event.respondWith(file(event, plain));
  }
});
