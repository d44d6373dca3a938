/* Where a Chinese line of few words may break: at its own punctuation or between words, in no more lines than it needs. */
(() => {
  const Kiosk = window.Kiosk = window.Kiosk || {};
  const BREAK = "\u200b"; // zero width space; the style sheet keeps all else together
  const JOIN = "\u2060"; // word joiner
  const OPENING = /[“‘（《〈「『]$/;
  const ENDS_A_WORD = /^[的了吗呢吧们节里上下中日月年路街式]$/;
  const PARTS = /(?<=[·：，—”’）》〉」』])(?![·：，—”’）》〉」』])|(?=[“‘（《〈「『])/u;
  const STARTS_A_LINE = /^[\p{L}\p{N}“‘（《〈「『]/u;
  const SMALLER = [1, 0.96, 0.92, 0.88, 0.84, 0.8];
  const segmenter = window.Intl?.Segmenter && new Intl.Segmenter("zh", { granularity: "word" });

  /* Widths in squares: a Latin letter takes a little more than half of one. */
  const width = text => [...text].reduce((sum, char) => sum + (char.codePointAt(0) < 0x2000 ? 0.6 : 1), 0);

  const joined = (before, segment) => (
    OPENING.test(before) || !STARTS_A_LINE.test(segment) || ENDS_A_WORD.test(segment));

  const words = text => {
    const parts = [];
    for (const { segment } of segmenter.segment(text)) {
      const before = parts.at(-1);
      if (before && joined(before, segment)) parts[parts.length - 1] += segment;
      else parts.push(segment);
    }
    return parts;
  };

  const lines = (parts, squares) => {
    let [count, used] = [1, 0];
    for (const part of parts) {
      if (used && used + width(part) > squares) [count, used] = [count + 1, 0];
      used += width(part);
    }
    return count;
  };

  /* The parts of a text that stay whole, in the lines that it needs in any case and no more; undefined where none do. */
  const whole = (text, squares, fewest) => [text.split(PARTS), words(text)]
    .find(parts => parts.every(part => width(part) <= squares) && lines(parts, squares) <= fewest);

  /* A text in the language, for lines `wide` pixels wide: in type of `px`, or of a little less, but not of less than
  `least`, where that keeps words whole. Gives the text, with all places where it may break, and the size. */
  Kiosk.phrases = (text, lang, wide, px, least = px) => {
    if (lang !== "zh" || !segmenter || width(text) <= wide / px) return { text, px };
    const fewest = Math.ceil(width(text) * px / wide);
    const sizes = SMALLER.map(scale => Math.floor(scale * px)).filter(size => size >= least);
    const fitting = sizes.map(size => ({ size, parts: whole(text, wide / size, fewest) })).find(({ parts }) => parts);
    const { size, parts } = fitting ?? { size: px, parts: [...text] };
    return { text: parts.join(BREAK).replaceAll("·", `${JOIN}·`), px: size };
  };

  /* A title in the language, where how wide it is does not matter. */
  Kiosk.phrased = (text, lang) => (lang === "zh" && segmenter ? words(text).join(BREAK) : text);

  /* A span of hours stays on one line: word joiners about its dash. */
  Kiosk.whole = text => text.replace(/(\d)–(\d)/g, `$1${JOIN}–${JOIN}$2`);
})();
