/* Fidelity: each measurement beside its baseline, and in words which one is better. */

const METRICS = {
  replay_expected_status_share: ["Replay against a live system", "steps that got the expected status"],
  transition_perplexity: ["Doubt about the next request", "perplexity; 1 is none"],
  transition_log_loss: ["Surprise at the next request", "mean log loss in nats"],
  endpoint_mix_distance: ["Mix of endpoints", "total variation distance; 0 is the same mix"],
  think_time_ks: ["Think times", "Kolmogorov-Smirnov distance; 0 is the same distribution"],
};

function drawFidelity(model) {
  const rows = newest(model.sections.fidelity.rows, model.sections.runs.rows);
  if (!rows.length) {
    return section("fidelity", "Fidelity", null, hint("Nothing has been measured yet.",
      "sluice learn --tenant " + model.subject.tenant));
  }
  const models = new Map(model.sections.behaviors.rows.map((behavior) => [behavior.model_id, behavior.name]));
  const known = Object.keys(METRICS);
  const metrics = [...new Set([...known.filter((name) => rows.some((row) => row.metric === name)), ...rows.map((row) => row.metric)])];
  return section("fidelity", "Fidelity", "How near generated traffic comes to real traffic that was held out, beside a plain baseline.",
    el("div", { class: "measurements" }, metrics.map((metric) => {
      const own = rows.filter((row) => row.metric === metric);
      const most = Math.max(...own.flatMap((row) => [Math.abs(row.value), Math.abs(row.baseline)])) || 1;
      return el("div", { class: "card measurement" },
        el("h3", {}, (METRICS[metric] || [words(metric)])[0], el("small", {}, own[0].better + " is better")),
        METRICS[metric] ? el("p", { class: "dim" }, METRICS[metric][1]) : null,
        own.map((row) => measurement(row, most, models)));
    })));
}

/** Of measurements that several runs made of the same thing, the one of the latest run. */
function newest(rows, runs) {
  const started = new Map(runs.map((run) => [run.run_id, run.started_ms]));
  const latest = new Map();
  rows.forEach((row) => {
    const key = JSON.stringify([row.metric, row.model_id, row.baseline_name]);
    const other = latest.get(key);
    if (!other || (started.get(row.run_id) || 0) >= (started.get(other.run_id) || 0)) latest.set(key, row);
  });
  return [...latest.values()];
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
    el("small", { class: "dim" }, "measured on " + count(row.sample_count) + " sessions or steps"));
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
