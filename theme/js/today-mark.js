/* Marks the day that it is in Yongchang: the page may have been built some days ago. */

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10); // UTC+8 all year since 1992

class TodayMark extends HTMLElement {
  connectedCallback() {
    this.mark();
    addEventListener("pageshow", event => event.persisted && this.mark());
    document.addEventListener("visibilitychange", () => this.mark());
  }

  mark() {
    this.querySelector("[aria-current]")?.removeAttribute("aria-current");
    document.getElementById(`_${today()}`)?.setAttribute("aria-current", "date");
  }
}

customElements.define("today-mark", TodayMark);
