/* What a result shows of the page that was found: its title, and where the query stands in it. */

import { CHINESE, LETTER } from "./search-query.js";

const LENGTH = CHINESE ? 72 : 34;
const BREAK = "¶";
const SPACE = "␣";

/* What the index holds of a page: its choices, its title, its summary, all other texts; BREAK after each. */
export class Text {
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

/* Where a text holds a piece: the numbers of all its characters there. */
function* occurrences(tokens, pieces) {
  const low = tokens.map(token => token.toLowerCase());
  for (const piece of pieces) {
    for (let at = low.indexOf(piece[0]); at >= 0; at = low.indexOf(piece[0], at + 1)) {
      if (piece.every((token, step) => low[at + step] === token)) yield* piece.keys().map(step => at + step);
    }
  }
}
