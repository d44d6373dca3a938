/* SHA-256 of a short text, at once and where `crypto.subtle` is missing: what is revoked may be named by it.

FIPS 180-4; the constants are the fractions of the roots of the first primes. */

(Kiosk => {
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every(prime => n % prime)) primes.push(n);
  const fraction = root => Math.floor((root % 1) * 2 ** 32) >>> 0;
  const START = primes.slice(0, 8).map(prime => fraction(Math.sqrt(prime)));
  const ROUND = primes.map(prime => fraction(Math.cbrt(prime)));

  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  function padded(text) {
    const bytes = new TextEncoder().encode(text);
    const whole = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
    whole.set(bytes);
    whole[bytes.length] = 0x80;
    new DataView(whole.buffer).setUint32(whole.length - 4, bytes.length * 8);
    return new DataView(whole.buffer);
  }

  function schedule(view, at) {
    const words = Array.from({length: 16}, (_, index) => view.getUint32(at + index * 4));
    for (let index = 16; index < 64; index++) {
      const [early, late] = [words[index - 15], words[index - 2]];
      const low = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
      const high = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
      words.push((words[index - 16] + low + words[index - 7] + high) >>> 0);
    }
    return words;
  }

  function round([a, b, c, d, e, f, g, h], word) {
    const high = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const low = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const first = (h + high + ((e & f) ^ (~e & g)) + word) >>> 0;
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
    return [(first + second) >>> 0, a, b, c, (d + first) >>> 0, e, f, g];
  }

  Kiosk.sha256 = text => {
    const view = padded(text);
    let hash = START;
    for (let at = 0; at < view.byteLength; at += 64) {
      const mixed = schedule(view, at).reduce((state, word, index) => round(state, word + ROUND[index]), hash);
      hash = hash.map((word, index) => (word + mixed[index]) >>> 0);
    }
    return hash.map(word => word.toString(16).padStart(8, "0")).join("");
  };
})(window.Kiosk);
