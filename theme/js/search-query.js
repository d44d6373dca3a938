/* What Pagefind is asked. Its index holds a Chinese text character by character, so that any part of it is
   found as a phrase; see `site_builder/pagefind.py`, which writes what is read here. */

export const CHINESE = document.documentElement.lang.startsWith("zh");
export const LETTER = /[\p{L}\p{N}]/u;
const NEAREST = 3;

/* A query as what must all be on a page: in Chinese a list of characters each, in English a word or a
   quoted phrase. */
export function pieces(query) {
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

export async function find(engine, wanted) {
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
export async function nearest(engine, wanted) {
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
export async function sets(engine, selects) {
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
