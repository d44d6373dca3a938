/* Whether a place is open at this moment in Yongchang, and when that changes. */

const MINUTE = 60_000;
const DAY = 1440;

/* Minutes since Monday 00:00 in China, which has kept UTC+8 all year since 1992. */
function minuteOfWeek(now = Date.now()) {
  const china = new Date(now + 8 * 3_600_000);
  return ((china.getUTCDay() + 6) % 7) * DAY + china.getUTCHours() * 60 + china.getUTCMinutes();
}

const minutes = text => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

class OpenNow extends HTMLElement {
  connectedCallback() {
    this.hours = JSON.parse(this.dataset.hours);
    this.show();
    setInterval(() => this.show(), MINUTE);
    document.addEventListener("visibilitychange", () => this.show());
  }

  show() {
    const now = minuteOfWeek();
    const spans = this.hours.map(([weekday, from, to]) => ({
      weekday, from, to,
      opens: (((weekday - 1) * DAY + minutes(from) - now) % (7 * DAY) + 7 * DAY) % (7 * DAY),
      lasts: (minutes(to) - minutes(from) + DAY) % DAY,
    }));
    const open = spans.find(span => span.opens === 0 || span.opens + span.lasts > 7 * DAY);
    this.classList.toggle("open", Boolean(open));
    this.textContent = open ? this.say("open", { time: open.to }) : this.closed(spans, now);
  }

  closed(spans, now) {
    const next = spans.reduce((first, span) => (span.opens < first.opens ? span : first));
    const days = Math.floor((now % DAY + next.opens) / DAY);
    const { today, tomorrow, weekdays } = this.dataset;
    const day = [today, tomorrow][days] ?? weekdays.split("|")[next.weekday - 1];
    return this.say("closed", { day, time: next.from });
  }

  say(state, values) {
    return this.dataset[state].replace(/{(\w+)}/g, (_, name) => values[name]);
  }
}

customElements.define("open-now", OpenNow);
