/* The card of the staff: how the screen is, in words and as a code to photograph. */
(() => {
  const Kiosk = window.Kiosk = window.Kiosk || {};
  const at = selector => document.querySelector(selector);
  const counted = counts => Object.entries(counts || {}).filter(([, count]) => count)
    .sort(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`);

  const language = () => document.documentElement.dataset.lang === "en" ? "en" : "zh";
  const say = (key, values) => Kiosk.words(language(), `kiosk.staff${key && `.${key}`}`, values);

  const clock = ({ trusted, why }) => trusted ? say("trusted") : say("untrusted", { why: why || "?" });
  const uptime = seconds => say("hours", { hours: Math.floor(seconds / 3600), minutes: Math.floor(seconds / 60) % 60 });

  const facts = report => [
    ["state", report.state],
    ["release", report.release],
    ["kept", report.kept || say("none")],
    ["built_at", report.built_at],
    ["now", report.clock?.now],
    ["clock", clock(report.clock || {})],
    ["uptime", uptime(report.uptime_s || 0)],
    ["skipped", (report.skipped || []).join("\n") || say("none")],
    ["errors", counted(report.errors).join(", ") || say("none")],
    ["plays", counted(report.plays).slice(0, 8).join(", ") || say("none")],
  ].filter(([, value]) => value);

  /* What fits into a code, cut between two lines. */
  const cut = text => {
    const lines = text.split("\n");
    while (new TextEncoder().encode(lines.join("\n")).length > Kiosk.qr.most) lines.pop();
    return lines.join("\n");
  };

  const text = report => cut([
    `screen ${Kiosk.playlist()?.screen.id ?? "?"}`,
    ...["state", "release", "kept", "built_at", "uptime_s"].map(name => `${name} ${report[name] ?? "-"}`),
    `clock ${report.clock?.trusted ? "trusted" : `untrusted ${report.clock?.why}`} ${report.clock?.now ?? ""}`,
    ...(report.skipped || []).map(path => `skipped ${path}`),
    ...counted(report.errors).map(line => `error ${line}`),
    ...counted(report.plays).map(line => `play ${line}`),
  ].join("\n"));

  Kiosk.cards.staff = report => {
    at(".staff").hidden = !report;
    at(".staff").lang = language();
    if (!report) {
      at(".staff__facts").replaceChildren();
      return;
    }
    const { make } = Kiosk.parts;
    at(".staff__title").textContent = say("");
    const rows = facts(report).flatMap(([name, value]) => [make("dt", {}, say(name)), make("dd", {}, value)]);
    at(".staff__facts").replaceChildren(...rows);
    at(".staff__code").setAttribute("aria-label", say(""));
    Kiosk.frame.draw(at(".staff__code"), Kiosk.qr.encode(text(report)));
  };
})();
