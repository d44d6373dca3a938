/* Reads the page aloud with a voice of this device; a voice that would send the text elsewhere is not used. */

const BLOCKS = "main :is(h1, .opening__summary, .prose :is(h2, h3, p, li, td, th))";
const PATIENCE = 4000; // milliseconds until a voice must have begun

class ReadAloud extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.status = this.querySelector("[role=status]");
    this.next = 0;
    this.button.addEventListener("click", () => (this.reading ? this.stop() : this.start()));
    addEventListener("pagehide", () => this.stop());
    speechSynthesis.getVoices(); // has the browser look for them
  }

  start() {
    const voices = speechSynthesis.getVoices().filter(voice => sameLanguage(voice.lang));
    this.voice = voices.filter(voice => voice.localService).sort(byCloseness)[0];
    if (voices.length && !this.voice) return this.fail();
    this.blocks = [...document.querySelectorAll(BLOCKS)].filter(block => !block.querySelector(BLOCKS));
    this.say("");
    this.reading = true;
    this.show("stop");
    this.read();
  }

  read() {
    const block = this.blocks[this.next];
    this.mark(block);
    if (!block) return this.end();
    const words = new SpeechSynthesisUtterance(block.innerText);
    words.lang = document.documentElement.lang;
    if (this.voice) words.voice = this.voice;
    words.rate = 0.9;
    const late = setTimeout(() => this.fail(), PATIENCE);
    words.onstart = () => clearTimeout(late);
    words.onend = () => this.words === words && (this.next++, this.read());
    words.onerror = () => this.words === words && this.fail();
    this.words = words;
    this.forget = () => clearTimeout(late);
    speechSynthesis.speak(words);
  }

  stop() {
    if (!this.reading) return;
    this.silence();
    this.show("resume");
  }

  end() {
    this.silence();
    this.next = 0;
    this.show("start");
  }

  fail() {
    this.end();
    this.say(this.status.dataset.failed);
  }

  silence() {
    this.reading = false;
    this.words = null;
    this.forget?.();
    speechSynthesis.cancel();
    this.mark(null);
  }

  mark(block) {
    document.querySelector(".aloud")?.classList.remove("aloud");
    block?.classList.add("aloud");
    block?.scrollIntoView({ block: "nearest" });
  }

  show(state) {
    this.button.textContent = this.button.dataset[state];
  }

  say(text) {
    this.status.textContent = text;
  }
}

const page = document.documentElement.lang;
const spoken = page.startsWith("zh") ? /^(zh|cmn)\b/i : /^en\b/i; // cmn is Mandarin in ISO 639-3
const sameLanguage = code => spoken.test(code.replace("_", "-"));

/* Of several Chinese voices the one of the mainland first. */
function byCloseness(one, other) {
  const close = voice => voice.lang.replace("_", "-").toLowerCase() === page.toLowerCase();
  return close(other) - close(one);
}

customElements.define("read-aloud", ReadAloud);
