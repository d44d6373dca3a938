/* The search page: a query, its results, and what helps where there are none. */

import { find, nearest, pieces, sets } from "./search-query.js";
import { Text } from "./search-text.js";

const BATCH = 20;
const PATIENCE = 200; // milliseconds after the last key

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
    this.box.addEventListener("keydown", event => event.key === "Escape" && this.clear(event));
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

  clear(event) {
    if (event.isComposing) return;
    event.preventDefault();
    this.box.value = "";
    this.search(false);
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
    const answer = await fetch(new URL("pagefind-entry.json", this.bundle(0)), { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    return nearest(this.engine, this.pieces);
  }

  bundle(shard) {
    return new URL(`${this.dataset.bundle}${shard}/`, document.baseURI);
  }

  /* A browser may remember that a module did not come: each attempt has an address of its own. */
  async load() {
    const address = new URL("pagefind.js", this.bundle(0));
    if (this.attempt) address.searchParams.set("attempt", this.attempt);
    const module = await import(address);
    const engine = module.createInstance({ noWorker: true });
    const others = Array.from({ length: this.dataset.shards - 1 }, (none, at) => this.bundle(at + 1).href);
    await Promise.all(others.map(shard => engine.mergeIndex(shard)));
    return engine;
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
    delete this.list.dataset.resultCount;
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

function span(className, textContent) {
  return Object.assign(document.createElement("span"), { className, textContent });
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (gap, name) => values[name]);
}

customElements.define("site-search", SiteSearch);
