/* The elder mode: large text, large targets, strong contrast, one column. The choice stays on this
   device and holds for every page; `partials/opening.js` puts it on before anything is painted. */

const root = document.documentElement;

class ElderMode extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.choose(!root.classList.contains("elder")));
    addEventListener("storage", event => event.key === "elder" && this.show(event.newValue === "on"));
    addEventListener("pageshow", event => event.persisted && this.show(remembered()));
    this.show(root.classList.contains("elder"));
  }

  choose(on) {
    remember(on);
    this.show(on);
  }

  show(on) {
    root.classList.toggle("elder", on);
    this.button.setAttribute("aria-pressed", on);
  }
}

/* Where a browser keeps nothing, the mode holds for the page at hand. */
function remember(on) {
  try { localStorage.setItem("elder", on ? "on" : "off"); } catch {}
}

function remembered() {
  try { return localStorage.getItem("elder") === "on"; } catch { return root.classList.contains("elder"); }
}

customElements.define("elder-mode", ElderMode);
