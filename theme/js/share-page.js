/* Hands the page on: by the device's own share sheet, by its address in the clipboard, on paper. */

class SharePage extends HTMLElement {
  connectedCallback() {
    this.status = this.querySelector("[role=status]");
    this.addEventListener("click", event => {
      const does = event.target.closest("button")?.value;
      if (does) this[does]();
    });
    this.querySelector("[value=send]").hidden = !navigator.share;
  }

  get address() {
    return this.dataset.address;
  }

  async send() {
    try {
      await navigator.share({ title: document.title, url: this.address });
    } catch (error) {
      if (error.name !== "AbortError") await this.copy();
    }
  }

  async copy() {
    const { copied, failed } = this.status.dataset;
    try {
      await navigator.clipboard.writeText(this.address);
      this.status.textContent = copied;
    } catch {
      this.status.textContent = this.select() ? copied : failed;
    }
  }

  /* Where the clipboard is closed to scripts (plain HTTP, old WebViews) the address is selected, and copied the old way. */
  select() {
    getSelection().selectAllChildren(document.querySelector(".share__address"));
    return document.execCommand("copy");
  }

  print() {
    print();
  }
}

customElements.define("share-page", SharePage);
