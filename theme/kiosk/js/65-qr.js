/* A QR code of any short text: byte mode, level L, versions 1 to 20, always mask 0 (ISO/IEC 18004). */
(() => {
  const Kiosk = window.Kiosk = window.Kiosk || {};
  const QUIET = 4;

  /* For each version: correction bytes a block, then [blocks, data bytes in each] once or twice (table 9, level L). */
  const BLOCKS = [null,
    [7, [1, 19]], [10, [1, 34]], [15, [1, 55]], [20, [1, 80]], [26, [1, 108]], [18, [2, 68]], [20, [2, 78]],
    [24, [2, 97]], [30, [2, 116]], [18, [2, 68], [2, 69]], [20, [4, 81]], [24, [2, 92], [2, 93]], [26, [4, 107]],
    [30, [3, 115], [1, 116]], [22, [5, 87], [1, 88]], [24, [5, 98], [1, 99]], [28, [1, 107], [5, 108]],
    [30, [5, 120], [1, 121]], [28, [3, 113], [4, 114]], [28, [3, 107], [5, 108]]];
  /* Centres of the alignment patterns (annex E). */
  const CENTRES = [null, [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46],
    [6, 28, 50], [6, 30, 54], [6, 32, 58], [6, 34, 62], [6, 26, 46, 66], [6, 26, 48, 70], [6, 26, 50, 74],
    [6, 30, 54, 78], [6, 30, 56, 82], [6, 30, 58, 86], [6, 34, 62, 90]];

  const EXP = new Uint8Array(512);
  const LOG = new Uint8Array(256);
  for (let power = 0, value = 1; power < 255; power += 1) {
    EXP[power] = EXP[power + 255] = value;
    LOG[value] = power;
    value = (value << 1) ^ (value & 128 ? 0x11d : 0);
  }
  const times = (a, b) => (a && b ? EXP[LOG[a] + LOG[b]] : 0);

  /* The generator polynomial of a degree, without its leading 1. */
  const generator = degree => {
    let poly = [1];
    for (let root = 0; root < degree; root += 1) {
      poly = [...poly, 0].map((term, i) => term ^ times(poly[i - 1] || 0, EXP[root]));
    }
    return poly.slice(1);
  };

  const correction = (data, degree) => {
    const poly = generator(degree);
    const rest = new Array(degree).fill(0);
    for (const byte of data) {
      const factor = byte ^ rest.shift();
      rest.push(0);
      poly.forEach((term, i) => { rest[i] ^= times(term, factor); });
    }
    return rest;
  };

  const capacity = version => BLOCKS[version].slice(1).reduce((sum, [count, size]) => sum + count * size, 0);
  const overhead = version => (version < 10 ? 2 : 3); // mode and length: 12 or 20 bits, rounded up
  const versionFor = length => {
    const version = BLOCKS.findIndex((_, v) => v && capacity(v) - overhead(v) >= length);
    if (version < 0) throw new RangeError(`${length} bytes are too many for a QR code of version 20`);
    return version;
  };

  const dataBytes = (bytes, version) => {
    const bits = [[4, 4], [bytes.length, version < 10 ? 8 : 16], ...[...bytes].map(byte => [byte, 8]), [0, 4]]
      .map(([value, width]) => value.toString(2).padStart(width, "0")).join("");
    const data = (bits.match(/.{8}/g) || []).map(byte => parseInt(byte, 2));
    for (let pad = 0; data.length < capacity(version); pad += 1) data.push(pad % 2 ? 0x11 : 0xec);
    return data;
  };

  const columns = rows => Array.from({ length: Math.max(...rows.map(row => row.length)) },
    (_, i) => rows.filter(row => i < row.length).map(row => row[i])).flat();

  /* All code words in the order in which they are placed: blocks interleaved, data first. */
  const codewords = (bytes, version) => {
    const data = dataBytes(bytes, version);
    const [degree, ...groups] = BLOCKS[version];
    const blocks = groups.flatMap(([count, size]) => Array.from({ length: count }, () => data.splice(0, size)));
    return [...columns(blocks), ...columns(blocks.map(block => correction(block, degree)))];
  };

  /* Bits and the remainder of their division by a generator: how format and version are written. */
  const protectedBits = (value, poly, degree) => {
    let rest = value << degree;
    for (let bit = 31; bit >= degree; bit -= 1) if ((rest >>> bit) & 1) rest ^= poly << (bit - degree);
    return (value << degree) | rest;
  };

  const FORMAT = protectedBits(0b01000, 0b10100110111, 10) ^ 0b101010000010010; // level L, mask 0

  /* Square rings about a centre: dark are those at the distances named. */
  const rings = (set, row, column, reach, dark) => {
    for (let y = -reach; y <= reach; y += 1) {
      for (let x = -reach; x <= reach; x += 1) {
        set(row + y, column + x, dark.includes(Math.max(Math.abs(x), Math.abs(y))));
      }
    }
  };

  const finders = (set, size) => {
    for (let i = 8; i < size - 8; i += 1) { // timing
      set(6, i, i % 2 === 0);
      set(i, 6, i % 2 === 0);
    }
    for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]]) rings(set, row, column, 4, [0, 1, 3]);
  };

  const alignments = (set, centres) => {
    const end = centres[centres.length - 1];
    for (const row of centres) {
      for (const column of centres) {
        const finder = (row === 6 && (column === 6 || column === end)) || (row === end && column === 6);
        if (!finder) rings(set, row, column, 2, [0, 2]);
      }
    }
  };

  /* Format and version, each twice. */
  const information = (set, size, version) => {
    for (let i = 0; i < 15; i += 1) {
      const dark = (FORMAT >> i) & 1;
      set(i < 6 ? i : i < 8 ? i + 1 : size - 15 + i, 8, dark);
      set(8, i < 8 ? size - 1 - i : i < 9 ? 7 : 14 - i, dark);
    }
    set(size - 8, 8, true);
    const bits = protectedBits(version, 0b1111100100101, 12);
    for (let i = 0; version >= 7 && i < 18; i += 1) {
      const [far, near] = [size - 11 + (i % 3), Math.floor(i / 3)];
      set(near, far, (bits >> i) & 1);
      set(far, near, (bits >> i) & 1);
    }
  };

  /* A square in which all is set but what data fills: that is undefined. */
  const patterns = version => {
    const size = 17 + 4 * version;
    const grid = Array.from({ length: size }, () => new Array(size));
    const set = (row, column, dark) => {
      if (row >= 0 && row < size && column >= 0 && column < size) grid[row][column] = Boolean(dark);
    };
    finders(set, size);
    alignments(set, CENTRES[version]);
    information(set, size, version);
    return grid;
  };

  /* Data runs in columns of two from the right, up and down by turns, and leaves out the timing column. */
  const place = (grid, words) => {
    const size = grid.length;
    let bit = 0;
    for (let right = size - 1, up = true; right > 0; right -= right === 8 ? 3 : 2, up = !up) {
      for (let step = 0; step < size; step += 1) {
        const row = up ? size - 1 - step : step;
        for (const column of [right, right - 1]) {
          if (grid[row][column] !== undefined) continue;
          const dark = (words[bit >> 3] >> (7 - (bit & 7))) & 1;
          grid[row][column] = Boolean(dark) !== ((row + column) % 2 === 0);
          bit += 1;
        }
      }
    }
    return grid;
  };

  const pathOf = grid => grid.map((row, y) => {
    let path = "";
    for (let x = 0; x < row.length; x += 1) {
      let run = 0;
      while (row[x + run]) run += 1;
      if (run) path += `M${x + QUIET} ${y + QUIET + 0.5}h${run}`;
      x += run;
    }
    return path;
  }).join("");

  Kiosk.qr = {
    most: capacity(20) - overhead(20), // bytes

    /* → {size, path}: modules a side with the quiet zone, a path for a stroke of width 1. RangeError: too long. */
    encode(text) {
      const bytes = new TextEncoder().encode(text);
      const version = versionFor(bytes.length);
      const grid = place(patterns(version), codewords(bytes, version));
      return { size: grid.length + 2 * QUIET, path: pathOf(grid) };
    },
  };
})();
