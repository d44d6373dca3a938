/* Shows the photos of a page large, one after the other: by touch, mouse and keyboard.
   Without it, the links that it answers open the photo itself. */

const SWIPE = 48; // CSS pixels

class PhotoViewer extends HTMLElement {
  connectedCallback() {
    this.links = [...document.querySelectorAll("a.figure__zoom")];
    this.dialog = this.querySelector("dialog");
    this.links.forEach((link, number) => link.addEventListener("click", event => this.open(event, number)));
    this.dialog.addEventListener("click", event => this.press(event));
    this.dialog.addEventListener("keydown", event => this.key(event));
    this.dialog.addEventListener("close", () => this.leave());
    this.watchSwipes(this.part("stage"));
    for (const name of ["previous", "next"]) this.part(name).hidden = this.links.length < 2;
  }

  part(name) {
    return this.querySelector(`.viewer__${name}`);
  }

  open(event, number) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.show(number);
    this.dialog.showModal();
  }

  show(number) {
    this.number = (number + this.links.length) % this.links.length;
    const figure = this.links[this.number].closest("figure");
    this.part("stage").replaceChildren(large(figure.querySelector("picture")));
    const words = [...figure.querySelectorAll("figcaption span")].map(word => word.cloneNode(true));
    this.part("words").replaceChildren(...words);
    const count = this.part("count");
    count.textContent = this.links.length < 2 ? "" : count.dataset.text
      .replace("{number}", this.number + 1).replace("{count}", this.links.length);
  }

  press(event) {
    const does = event.target.closest("button")?.className ?? "";
    if (does.includes("previous")) this.show(this.number - 1);
    else if (does.includes("next")) this.show(this.number + 1);
    else if (does.includes("close") || event.target === this.dialog) this.dialog.close();
  }

  key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && this.links.length > 1) this.show(this.number + step);
  }

  watchSwipes(stage) {
    let from = null;
    stage.addEventListener("pointerdown", event => { from = event.isPrimary ? event.clientX : null; });
    stage.addEventListener("pointercancel", () => { from = null; });
    stage.addEventListener("pointerup", event => {
      const way = from === null ? 0 : event.clientX - from;
      from = null;
      if (Math.abs(way) > SWIPE && this.links.length > 1) this.show(this.number - Math.sign(way));
    });
  }

  /* Where the visitor has come to among the photos is where the page goes on. */
  leave() {
    this.part("stage").replaceChildren();
    this.links[this.number].focus();
  }
}

function large(picture) {
  const copy = picture.cloneNode(true);
  for (const part of copy.querySelectorAll("source, img")) part.sizes = "100vw";
  copy.querySelector("img").loading = "eager";
  copy.querySelector("img").draggable = false;
  return copy;
}

customElements.define("photo-viewer", PhotoViewer);
