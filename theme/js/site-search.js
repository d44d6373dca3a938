/* The search page. Pagefind's index holds a Chinese text character by character, so that any part of it
   is found as a phrase; see `site_builder/pagefind.py`, which writes what is read here. */

const BATCH = 20;
const NEAREST = 3;
const PATIENCE = 200;
const CHINESE = document.documentElement.lang.startsWith("zh");
const LENGTH = CHINESE ? 72 : 34;
const BREAK = "¶";
const SPACE = "␣";
const LETTER = /[\p{L}\p{N}]/u;

class SiteSearch extends HTMLElement {
  connectedCallback() {
    const part = name => this.querySelector(name);
    this.form = part("form");
    this.box = part("input");
    this.filters = part("fieldset");
    this.selects = [...this.querySelectorAll("select")];
    this.status = part(".search__status");
    this.list = part(".search__outcome > .results");
    this.more = part(".search__more");
    this.turn = this.attempt = 0;
    for (const option of this.querySelectorAll("option")) option.dataset.label = option.text;
    this.form.addEventListener("submit", event => { event.preventDefault(); this.search(true); });
    this.box.addEventListener("input", event => event.isComposing || this.soon());
    this.box.addEventListener("compositionend", () => this.soon());
    this.selects.forEach(select => select.addEventListener("change", () => { this.remember(); this.show(); }));
    this.more.addEventListener("click", () => this.extend(true));
    part(".search__broken button").addEventListener("click", () => this.retry());
    document.addEventListener("keydown", event => this.key(event));
    this.recall();
    if (this.box.value) this.search(false);
  }

  /* The address is what can be shared: it holds the query and the filters. */
  recall() {
    const asked = new URLSearchParams(location.search);
    this.box.value = (asked.get("q") ?? "").slice(0, this.box.maxLength);
    for (const select of this.selects) {
      select.value = asked.get(select.name) ?? "";
      if (select.selectedIndex < 0) select.value = "";
    }
  }

  remember() {
    const here = new URL(location.href);
    for (const field of [this.box, ...this.selects]) {
      const value = field.value.trim();
      if (value) here.searchParams.set(field.name, value);
      else here.searchParams.delete(field.name);
    }
    history.replaceState(history.state, "", here);
  }

  key(event) {
    const writing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.box.focus();
      this.box.select();
    } else if (event.key === "Escape" && event.target === this.box && !event.isComposing) {
      event.preventDefault();
      this.box.value = "";
      this.search(false);
    }
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(false), PATIENCE);
  }

  retry() {
    this.engine = null;
    this.attempt += 1;
    this.search(true);
  }

  async search(asked) {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    const query = this.box.value.trim();
    this.remember();
    this.pieces = pieces(query);
    delete this.list.dataset.resultCount;
    if (!this.pieces.length) return this.idle(query, asked);
    this.status.textContent = this.dataset.searching;
    if (!this.found?.length) this.parts({});
    try {
      this.engine ??= await this.load();
      this.sets ??= await sets(this.engine, this.selects);
      const found = await find(this.engine, this.pieces);
      const nearest = found.length ? [] : await this.near();
      if (turn !== this.turn) return;
      this.found = found;
      await this.show(query, nearest);
    } catch (error) {
      if (turn === this.turn) this.broken();
    }
  }

  /* Pagefind says nothing of a part of its index that did not come: before nothing is found, ask again. */
  async near() {
    const answer = await fetch(new URL("pagefind-entry.json", this.bundle()), { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    return nearest(this.engine, this.pieces);
  }

  bundle() {
    return new URL(this.dataset.bundle, document.baseURI);
  }

  /* A browser may remember that a module did not come: each attempt has an address of its own. */
  async load() {
    const address = new URL("pagefind.js", this.bundle());
    if (this.attempt) address.searchParams.set("attempt", this.attempt);
    const module = await import(address);
    return module.createInstance({ noWorker: true });
  }

  idle(query, asked) {
    this.found = [];
    this.parts({ help: true });
    const text = query ? fill(this.dataset.none, { query }) : asked ? this.dataset.empty : "";
    this.status.textContent = text;
    if (asked) this.box.focus();
  }

  broken() {
    this.engine = this.sets = null;
    this.found = [];
    this.parts({ broken: true, help: true });
    this.status.textContent = "";
  }

  /* Shows these parts of the page below the box and no other. */
  parts({ results = false, none = false, broken = false, help = false }) {
    this.list.hidden = this.filters.hidden = !results;
    if (!results) this.list.replaceChildren();
    this.more.hidden = true;
    for (const [name, on] of Object.entries({ none, broken, help })) {
      this.querySelector(`.search__${name}`).hidden = !on;
    }
  }

  async show(query, nearest) {
    this.chosen = this.found.filter(result => this.fits(result));
    if (!this.found.length) return this.nothing(query, nearest);
    this.count();
    this.list.replaceChildren();
    this.parts({ results: true });
    await this.extend(false);
  }

  fits(result, besides) {
    return this.selects.every(select =>
      select === besides || !select.value || this.sets[select.name][select.value].has(result.id));
  }

  /* How many results each choice of a filter would leave. */
  count() {
    for (const select of this.selects) {
      const open = this.found.filter(result => this.fits(result, select));
      for (const option of select.options) {
        const held = this.sets[select.name][option.value];
        const number = held ? open.filter(result => held.has(result.id)).length : open.length;
        option.text = `${option.dataset.label} ${number}`;
        option.disabled = number === 0 && !option.selected;
      }
    }
  }

  async extend(asked) {
    const turn = this.turn, shown = this.list.children.length;
    const batch = this.chosen.slice(shown, shown + BATCH);
    try {
      const items = await Promise.all(batch.map(result => this.item(result, this.pieces)));
      if (turn !== this.turn || shown !== this.list.children.length) return;
      this.list.append(...items);
    } catch (error) {
      return this.broken();
    }
    const count = this.chosen.length, now = this.list.children.length;
    const text = count === 1 ? this.dataset.foundOne : now < count ? this.dataset.shown : this.dataset.found;
    this.status.textContent = fill(text, { count, shown: now });
    this.list.dataset.resultCount = count;
    this.more.hidden = now === count;
    if (asked) this.list.children[shown].querySelector("a").focus();
  }

  async nothing(query, nearest) {
    const items = await Promise.all(nearest.map(result => this.item(result, result.pieces)));
    const other = this.querySelector(".search__other");
    const address = new URL(other.href);
    address.searchParams.set("q", query);
    other.href = address;
    this.querySelector(".search__nearest").hidden = !items.length;
    this.querySelector(".search__nearest ol").replaceChildren(...items);
    this.parts({ none: true, help: true });
    this.status.textContent = fill(this.dataset.none, { query });
    this.list.dataset.resultCount = 0;
  }

  async item(result, pieces) {
    const { content, anchors } = await result.data();
    const card = JSON.parse(anchors[0].id);
    const text = new Text(content, pieces, result.words);
    const item = this.querySelector("template").content.firstElementChild.cloneNode(true);
    const part = name => item.querySelector(name);
    part("a").href = card.href;
    part("a").append(...text.title());
    part(".result__labels").append(...card.marks.map(text => span("mark", text)),
      ...card.labels.flatMap((label, number) => [number ? " · " : "", span("part", label)]));
    part(".result__excerpt").append(...text.excerpt());
    if (card.picture) {
      part("source").srcset = card.picture.avif;
      Object.assign(part("img"), { src: card.picture.jpeg, alt: card.picture.alt, className: card.picture.focus });
    } else {
      part("picture").remove();
    }
    return item;
  }
}

/* What the index holds of a page: its choices, its title, its summary, all other texts; BREAK after each. */
class Text {
  constructor(content, pieces, words) {
    this.tokens = content.split(" ");
    this.marked = new Set(CHINESE ? occurrences(this.tokens, pieces) : words);
    this.texts = [];
    let start = 0;
    this.tokens.forEach((token, at) => {
      if (!token.startsWith(BREAK)) return;
      this.texts.push([start, at]);
      start = at + 1;
    });
    this.texts.shift();
  }

  title() {
    return this.nodes(...this.texts[0]);
  }

  /* The first text below the title that holds a match, around it; else the summary. */
  excerpt() {
    const held = ([start, end]) => [...this.marked].filter(at => start <= at && at < end);
    const chosen = this.texts.slice(1).find(text => held(text).length) ?? this.texts[1];
    const [start, end] = chosen;
    const match = Math.min(...held(chosen), end);
    let from = end - start <= LENGTH || match === end ? start
      : Math.max(start, Math.min(match - (LENGTH >> 2), end - LENGTH));
    const to = Math.min(end, from + LENGTH);
    while (from > start && from < match && !LETTER.test(this.tokens[from])) from += 1;
    return [from > start ? "…" : "", ...this.nodes(from, to), to < end ? "…" : ""];
  }

  nodes(start, end) {
    const nodes = [];
    for (let at = start; at < end;) {
      const on = this.marked.has(at), from = at;
      while (at < end && this.marked.has(at) === on) at += 1;
      const words = this.tokens.slice(from, at);
      const text = CHINESE ? words.join("").replaceAll(SPACE, " ") : words.join(" ");
      if (!CHINESE && from > start) nodes.push(" ");
      nodes.push(on ? Object.assign(document.createElement("mark"), { textContent: text }) : text);
    }
    return nodes;
  }
}

/* A query as what must all be on a page: in Chinese a list of characters each, in English a word or a
   quoted phrase. */
function pieces(query) {
  if (CHINESE) return query.split(/\s+/).map(word => trimmed([...word].flatMap(plain))).filter(piece => piece.length);
  const words = query.normalize("NFKC").match(/["“][^"“”]+["”]|[^\s"“”]+/g) ?? [];
  return words.filter(word => LETTER.test(word)).map(word => [word]);
}

/* A character as it stands in the index. */
function plain(char) {
  if (/[\p{M}\p{C}]/u.test(char)) return [];
  if (!LETTER.test(char)) return [char];
  const bare = char.normalize("NFKC").normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
  return [...bare.toLowerCase()].filter(each => LETTER.test(each));
}

/* Without the punctuation around it. */
function trimmed(tokens) {
  const letters = tokens.map(token => LETTER.test(token));
  return tokens.slice(Math.max(letters.indexOf(true), 0), letters.lastIndexOf(true) + 1);
}

async function find(engine, wanted) {
  const found = await all(engine, wanted);
  if (found.length || !CHINESE) return found;
  const split = wanted.flatMap(unpunctuated);
  return split.length > wanted.length ? all(engine, split) : found;
}

/* Other punctuation than that of the text: what stands between must be on the page. */
function unpunctuated(piece) {
  const parts = [[]];
  for (const token of piece) {
    if (LETTER.test(token)) parts.at(-1).push(token);
    else parts.push([]);
  }
  return parts.filter(part => part.length);
}

/* The pages that hold every piece, best first: in Chinese those that hold it early, as in their title. */
async function all(engine, wanted) {
  const lists = await Promise.all(wanted.map(piece => holding(engine, piece)));
  const sums = new Map(lists[0].map(result => [result.id, { ...result, score: 0, words: [] }]));
  for (const list of lists) {
    const here = new Map(list.map(result => [result.id, result]));
    for (const [id, sum] of sums) {
      const result = here.get(id);
      if (!result) sums.delete(id);
      else Object.assign(sum, { score: sum.score + rank(result), words: [...sum.words, ...result.words] });
    }
  }
  return [...sums.values()].sort((one, other) => other.score - one.score);
}

function rank(result) {
  return CHINESE ? 1 / (1 + result.words[0]) : result.score;
}

async function holding(engine, piece) {
  const word = piece.join(" ").replace(/["“”]/g, "");
  const phrase = await ask(engine, `"${word}"`);
  if (CHINESE || /^["“]/.test(piece[0])) return phrase;
  const longer = await ask(engine, word);
  return phrase.length || await begins(longer, word) ? longer : phrase;
}

/* Whether a word of the first result begins so: where none does, Pagefind finds shorter ones instead. */
async function begins(found, word) {
  if (!found.length) return false;
  const letters = text => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const tokens = (await found[0].data()).content.split(" ");
  return found[0].words.some(at => letters(tokens[at]).startsWith(letters(word)));
}

/* The pages that hold most of a query that no page holds: pairs of its characters, or its words. */
async function nearest(engine, wanted) {
  const parts = CHINESE ? wanted.flatMap(unpunctuated).flatMap(pairs) : wanted;
  const sums = new Map();
  for (const part of parts) {
    const near = await (CHINESE ? holding(engine, part) : ask(engine, part[0]));
    for (const result of near) {
      const sum = sums.get(result.id) ?? { ...result, score: 0, words: [], pieces: [] };
      sum.score += 1 + 5 * rank(result);
      sum.words.push(...result.words);
      sum.pieces.push(part);
      sums.set(result.id, sum);
    }
  }
  const near = [...sums.values()].filter(sum => sum.pieces.length >= parts.length / 3);
  return near.sort((one, other) => other.score - one.score).slice(0, NEAREST);
}

function pairs(tokens) {
  return tokens.slice(1).map((token, at) => [tokens[at], token]);
}

async function ask(engine, term) {
  return (await engine.search(term)).results;
}

/* Filter → choice → the ids of its pages: each choice is a word of the index. */
async function sets(engine, selects) {
  const found = {};
  for (const { name, options } of selects) {
    found[name] = {};
    for (const { value } of [...options].filter(option => option.value)) {
      const held = await ask(engine, `"${wide(`${name}_${value}`.replaceAll("-", "_"))}"`);
      found[name][value] = new Set(held.map(result => result.id));
    }
  }
  return found;
}

function wide(text) {
  return [...text].map(char => String.fromCharCode(char.charCodeAt() + 0xfee0)).join("");
}

/* Where a text holds a piece: the numbers of all its characters there. */
function* occurrences(tokens, pieces) {
  const low = tokens.map(token => token.toLowerCase());
  for (const piece of pieces) {
    for (let at = low.indexOf(piece[0]); at >= 0; at = low.indexOf(piece[0], at + 1)) {
      if (piece.every((token, step) => low[at + step] === token)) yield* piece.keys().map(step => at + step);
    }
  }
}

function span(className, textContent) {
  return Object.assign(document.createElement("span"), { className, textContent });
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (gap, name) => values[name]);
}

customElements.define("site-search", SiteSearch);
