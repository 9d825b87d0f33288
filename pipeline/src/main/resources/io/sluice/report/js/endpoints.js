/* Endpoints: how much, how fast, how often it fails. */

function drawEndpoints(model) {
  const { rows, total } = model.sections.endpoints;
  if (!rows.length) {
    return section("endpoints", "Endpoints", null, hint("No endpoint has been learned yet.",
      "sluice learn --tenant " + model.subject.tenant));
  }
  const most = Math.max(...rows.map((row) => row.exchange_count));
  const timed = rows.filter((row) => row.p50_us !== undefined);
  const scale = latencyScale(timed);
  const manyHosts = new Set(rows.map((row) => row.service + " " + row.host)).size > 1;
  const columns = [
    { name: "endpoint", title: "Endpoint", value: (row) => row.template + " " + row.method,
      cell: (row) => endpointLabel(row.method, row.template, endpointExtra(row, manyHosts)) },
    { name: "volume", title: "Exchanges", start: "down", value: (row) => row.exchange_count,
      cell: (row) => barCell(row.exchange_count / most, count(row.exchange_count)) },
    { name: "actors", title: "Actors", number: true, start: "down", value: (row) => row.actor_count,
      cell: (row) => count(row.actor_count) },
    { name: "errors", title: "Failed", start: "down", help: "Share of exchanges with a 4xx, a 5xx or no response",
      value: failureShare, cell: failureCell },
    { name: "latency", title: "Latency p50, p95, p99", start: "down", help: "Sort by the 95th percentile",
      value: (row) => row.p95_us, cell: (row) => latencyCell(row, scale) },
  ];
  return section("endpoints", "Endpoints",
    "Method and path template under which exchanges belong together; latency on a logarithmic scale.",
    el("div", { class: "card" },
      sortableTable(columns, { rows, sort: "volume", first: 25, class: "endpoints", caption: "endpoints",
        text: (row) => [row.method, row.template, row.service, row.host, row.direction].join(" ") }),
      cutNote(rows.length, total, "endpoints, those with the most exchanges")));
}

function endpointExtra(row, manyHosts) {
  const parts = [];
  if (row.direction === "OUT") parts.push("outbound");
  if (manyHosts) parts.push(row.host && row.host !== row.service ? row.service + " · " + row.host : row.service);
  return parts.join(" · ");
}

function barCell(share, text) {
  return el("div", { class: "bar-cell" },
    el("div", { class: "track" }, el("div", { class: "bar", css: { width: Math.max(0.6, share * 100) + "%" } })),
    el("span", {}, text));
}

function failureShare(row) {
  return row.measured ? (row.client_errors + row.server_errors + row.unanswered) / row.measured : undefined;
}

function failureCell(row) {
  const share = failureShare(row);
  if (share === undefined) return el("span", { class: "dim" }, "–");
  const part = (name, value) => (value
    ? el("div", { class: "b-" + name, css: { width: (value / row.measured) * 100 + "%" } }) : null);
  return withTip(el("div", { class: "bar-cell failing", tabindex: 0 },
    el("div", { class: "track" }, part("4xx", row.client_errors), part("5xx", row.server_errors), part("none", row.unanswered)),
    el("span", { class: share ? "" : "dim" }, percent(share))),
    () => tipRows("Of " + plural(row.measured, "exchange"), [
      ["client error", count(row.client_errors), "4xx"], ["server error", count(row.server_errors), "5xx"],
      ["no response", count(row.unanswered), "none"]]));
}

function latencyScale(rows) {
  const low = Math.log10(Math.max(50, Math.min(...rows.map((row) => row.p50_us)) * 0.8));
  const high = Math.log10(Math.max(1000, ...rows.map((row) => row.p99_us)) * 1.1);
  return (micros) => ((Math.log10(Math.max(1, micros)) - low) / (high - low || 1)) * 100;
}

function latencyCell(row, scale) {
  if (row.p50_us === undefined) return el("span", { class: "dim" }, "not measured");
  const at = (micros) => Math.min(99, Math.max(1, scale(micros)));
  const plot = svg("svg", { class: "range", viewBox: "0 0 100 12", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("line", { class: "range-base", x1: 0, x2: 100, y1: 6, y2: 6 }),
    svg("line", { class: "range-tail", x1: at(row.p95_us), x2: at(row.p99_us), y1: 6, y2: 6 }),
    svg("line", { class: "range-body", x1: at(row.p50_us), x2: at(row.p95_us), y1: 6, y2: 6 }),
    svg("line", { class: "range-mark", x1: at(row.p50_us), x2: at(row.p50_us), y1: 1, y2: 11 }));
  return el("div", { class: "latency" }, plot,
    el("span", {}, [row.p50_us, row.p95_us, row.p99_us].map((micros, index) =>
      el(index ? "span" : "b", {}, duration(micros / 1000)))));
}
