/* Runs with what they took, and rejects with their reasons. */

function drawRuns(model) {
  const { rows, total } = model.sections.runs;
  if (!rows.length) {
    return section("runs", "Runs", null, hint("No run has been recorded yet.", null));
  }
  const longest = Math.max(...rows.map((row) => row.ended_ms - row.started_ms), 1);
  const columns = [
    { name: "started", title: "Started", start: "down", value: (row) => row.started_ms, cell: (row) => moment(row.started_ms) },
    { name: "job", title: "Job", value: (row) => row.job, cell: (row) => el("b", { title: row.run_id }, row.job) },
    { name: "state", title: "State", value: (row) => row.state,
      cell: (row) => el("span", { class: "state st-" + row.state.toLowerCase().replace("_", "-") }, words(row.state.toLowerCase())) },
    { name: "took", title: "Took", start: "down", value: (row) => row.ended_ms - row.started_ms,
      cell: (row) => barCell((row.ended_ms - row.started_ms) / longest, duration(row.ended_ms - row.started_ms)) },
    { name: "executor", title: "Executor time", number: true, start: "down", value: (row) => row.executor_ms, cell: (row) => duration(row.executor_ms) },
    { name: "read", title: "Read", number: true, start: "down", value: (row) => row.bytes_read, cell: (row) => bytes(row.bytes_read) },
    { name: "written", title: "Written", number: true, start: "down", value: (row) => row.bytes_written, cell: (row) => bytes(row.bytes_written) },
    { name: "lineage", title: "Lineage", cell: lineageCell },
  ];
  return section("runs", "Runs", "What each job took on your own compute, and which table versions it read and wrote.",
    el("div", { class: "card" },
      sortableTable(columns, { rows, sort: "started", first: 12, caption: "runs", class: "stacking",
        text: (row) => [row.job, row.state, row.run_id, row.release].join(" ") }),
      cutNote(rows.length, total, "runs, the latest")));
}

function lineageCell(row) {
  const list = (title, objects) => (objects && objects.length
    ? el("p", {}, title, " ", objects.map((object, index) => [index ? ", " : "", el("code", {}, object.replace(/^table:/, ""))]))
    : null);
  const touched = (row.reads || []).length + (row.writes || []).length;
  if (!touched) return el("span", { class: "dim" }, "–");
  return el("details", {}, el("summary", {}, count(touched)), list("reads", row.reads), list("writes", row.writes),
    el("p", {}, "run ", el("code", {}, row.run_id), ", release ", row.release));
}

function drawRejects(model) {
  const { rows, total } = model.sections.rejects;
  if (!rows.length) {
    return section("rejects", "Rejects", null, model.summary.exchanges
      ? el("p", { class: "card calm" }, "Everything that was found became an exchange. Nothing was rejected.")
      : hint("Nothing has been imported yet.", "sluice import --tenant " + model.subject.tenant + " CAPTURES"));
  }
  const most = Math.max(...rows.map((row) => row.rejects));
  const shown = rows.reduce((sum, row) => sum + row.rejects, 0);
  return section("rejects", "Rejects", "Input that could not become an exchange. Each one is kept with its place in the table reject.",
    el("div", { class: "card" }, sortableTable([
      { name: "reason", title: "Reason", value: (row) => row.reason, cell: (row) => el("b", {}, words(row.reason)) },
      { name: "rejects", title: "Rejects", start: "down", value: (row) => row.rejects,
        cell: (row) => barCell(row.rejects / most, count(row.rejects)) },
      { name: "objects", title: "Files", number: true, start: "down", value: (row) => row.objects, cell: (row) => count(row.objects) },
      { name: "stage", title: "Stage", value: (row) => row.stage, cell: (row) => row.stage + " · " + row.source_format },
      { name: "detail", title: "For example", cell: (row) => row.detail },
    ], { rows, sort: "rejects", first: 20, caption: "rejects by reason", class: "rejects stacking", text: (row) => row.reason + " " + row.stage }),
    cutNote(shown, total, "rejects, those with the most frequent reasons")));
}
