/* Fidelity: each measurement beside its baseline, and in words which one is better. */

function drawFidelity(model) {
  const { rows, total } = model.sections.fidelity;
  if (!rows.length) {
    return section("fidelity", "Fidelity", null, hint("Nothing has been measured yet.",
      "sluice learn --tenant " + model.subject.tenant));
  }
  const models = new Map(model.sections.behaviors.rows.map((behavior) => [behavior.model_id, behavior.name]));
  const metrics = [...new Set(rows.map((row) => row.metric))];
  return section("fidelity", "Fidelity", "How near generated traffic comes to real traffic that was held out, beside a plain baseline.",
    el("div", { class: "measurements" }, metrics.map((metric) => {
      const own = rows.filter((row) => row.metric === metric);
      const most = Math.max(...own.flatMap((row) => [Math.abs(row.value), Math.abs(row.baseline)])) || 1;
      return el("div", { class: "card measurement" },
        el("h3", {}, words(metric), el("small", {}, own[0].better + " is better")),
        own.map((row) => measurement(row, most, models)));
    })),
    cutNote(rows.length, total, "measurements"));
}

function measurement(row, most, models) {
  const share = /share|rate|ratio|accuracy|coverage/.test(row.metric) && most <= 1;
  const text = (value) => (share ? percent(value) : number(value));
  const line = (name, value, own) => el("div", { class: "compare" + (own ? " own" : "") },
    el("span", {}, name),
    el("div", { class: "track" }, el("div", { class: "bar", css: { width: Math.max(0.5, (Math.abs(value) / most) * 100) + "%" } })),
    el("b", {}, text(value)));
  const verdict = verdictOf(row, share);
  return el("div", { class: "pair" },
    el("p", {}, el("span", {}, row.model_id === undefined ? "all behavior models" : models.get(row.model_id) || "one behavior model"),
      el("em", { class: verdict.tone }, verdict.text)),
    line("Sluice", row.value, true), line(row.baseline_name, row.baseline, false),
    el("small", { class: "dim" }, "measured on " + count(row.sample_count) + " held-out sessions or steps"));
}

/** "better: 39% lower", "worse: 4 points lower"; a share differs in points, anything else in percent. */
function verdictOf(row, share) {
  if (row.value === row.baseline) return { tone: "even", text: "as good as the baseline" };
  const higher = row.value > row.baseline;
  const better = (row.better === "higher") === higher;
  const apart = Math.abs(row.value - row.baseline);
  let by = share ? number(apart * 100) + " points " : "";
  if (!share && row.baseline !== 0) by = percent(apart / Math.abs(row.baseline)) + " ";
  return { tone: better ? "better" : "worse", text: (better ? "better: " : "worse: ") + by + (higher ? "higher" : "lower") };
}
