/* How many days there are to a date, as of today in Yongchang: the page may have been built some days ago. */

const DAY = 86_400_000;
const today = () => Math.floor((Date.now() + 8 * 3_600_000) / DAY); // China has kept UTC+8 all year since 1992
const day = text => Date.parse(text) / DAY;

class DaysLeft extends HTMLElement {
  connectedCallback() {
    this.show();
    addEventListener("pageshow", event => event.persisted && this.show());
    document.addEventListener("visibilitychange", () => this.show());
  }

  show() {
    const { first, last, today: now, tomorrow, days } = this.dataset;
    const left = day(first) - today();
    const over = day(last) < today();
    this.hidden = over;
    this.textContent = over ? "" : left <= 0 ? now : left === 1 ? tomorrow : days.replace("{count}", left);
  }
}

customElements.define("days-left", DaysLeft);
