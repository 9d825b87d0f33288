/* Dependencies: places in responses on the left, places in later requests on the right, a ribbon for what flows. */

const RIBBONS = 40;

function drawDependencies(model) {
  const { rows, total } = model.sections.dependencies;
  if (!rows.length) {
    return section("dependencies", "Dependencies", null, hint("No dependency has been found yet.",
      "sluice learn --tenant " + model.subject.tenant));
  }
  const names = new Map(model.sections.names.rows.map((row) => [row.endpoint_id, row]));
  const holder = el("div");
  const show = (shown) => replace(holder, ribbons(rows.slice(0, shown), names), rows.length > shown
    ? el("button", { type: "button", class: "more", on: { click: () => show(rows.length) } }, "Show all " + count(rows.length))
    : null);
  show(RIBBONS);
  return section("dependencies", "Dependencies",
    "A value on the left is needed by a later request on the right, so a replay has to carry it over. "
    + "Width is support, strength of color is confidence.",
    el("div", { class: "card" }, holder,
      el("details", { class: "as-table" }, el("summary", {}, "As a table"), dependencyTable(rows, names)),
      cutNote(rows.length, total, "dependencies, those with the most support")));
}

function ribbons(rows, names) {
  const flows = rows.map((row) => ({ row }));
  const producers = sideOf(flows, "from", (row) => row.producer_endpoint_id, producerPlace);
  const consumers = sideOf(flows, "to", (row) => row.consumer_endpoint_id, (row) => row.consumer_location);
  const order = new Map(producers.flatMap((block) => block.places).map((place, index) => [place, index]));
  consumers.forEach((block) => { block.pull = average(block.places.flatMap((place) => place.flows.map((flow) => order.get(flow.from)))); });
  consumers.sort((a, b) => a.pull - b.pull);
  const canvas = svg("svg", { class: "ribbons", preserveAspectRatio: "none", "aria-hidden": "true" });
  const board = el("div", { class: "board" },
    el("h4", { class: "makes" }, "Made by"), el("h4", { class: "needs" }, "Needed by"),
    el("div", { class: "side makes" }, producers.map((block) => blockOf(block, names))),
    el("div", { class: "between" }, canvas),
    el("div", { class: "side" }, consumers.map((block) => blockOf(block, names))));
  const light = (chosen) => flows.forEach((flow) => {
    const lit = !chosen || flow === chosen || flow.from === chosen || flow.to === chosen;
    flow.path.classList.toggle("faded", !lit);
    board.classList.toggle("lit", Boolean(chosen));
  });
  flows.forEach((flow) => {
    flow.path = withTip(svg("path", {}), () => flowTip(flow.row, names));
    flow.path.addEventListener("pointerenter", () => light(flow));
    flow.path.addEventListener("pointerleave", () => light(null));
    canvas.append(flow.path);
  });
  [...producers, ...consumers].flatMap((block) => block.places).forEach((place) => {
    for (const [event, chosen] of [["pointerenter", place], ["pointerleave", null], ["focus", place], ["blur", null]]) {
      place.node.addEventListener(event, () => light(chosen));
    }
  });
  new ResizeObserver(() => drawRibbons(canvas, flows)).observe(board);
  return board;
}

function producerPlace(row) {
  return row.producer_location + (row.producer_part === "request" ? " (request)" : "");
}

/** Blocks per endpoint, each with its places; every flow learns its place on this side. */
function sideOf(flows, side, endpoint, place) {
  const blocks = new Map();
  flows.forEach((flow) => {
    const id = endpoint(flow.row);
    const text = place(flow.row);
    if (!blocks.has(id)) blocks.set(id, { id, byText: new Map() });
    const places = blocks.get(id).byText;
    if (!places.has(text)) places.set(text, { text, flows: [] });
    places.get(text).flows.push(flow);
    flow[side] = places.get(text);
  });
  return [...blocks.values()].map((block) => ({ id: block.id, places: [...block.byText.values()] }));
}

function blockOf(block, names) {
  const name = names.get(block.id);
  return el("div", { class: "block" },
    name ? endpointLabel(name.method, name.template) : el("span", { class: "endpoint" }, "unknown endpoint"),
    el("ul", {}, block.places.map((place) => {
      place.node = el("li", { tabindex: 0 }, place.text.split(/(?<=[:.])/).map((part, index) => (index ? [el("wbr"), part] : part)));
      return place.node;
    })));
}

function drawRibbons(canvas, flows) {
  const frame = canvas.getBoundingClientRect();
  if (!frame.width) return;
  canvas.setAttribute("viewBox", "0 0 " + frame.width + " " + frame.height);
  const most = Math.max(...flows.map((flow) => flow.row.support));
  const thick = (flow) => 1.5 + 9 * (flow.row.support / most);
  const spread = (side, other) => {
    new Set(flows.map((flow) => flow[side])).forEach((place) => {
      const box = place.node.getBoundingClientRect();
      const list = [...place.flows].sort((a, b) => top(a[other]) - top(b[other]));
      const all = list.reduce((sum, flow) => sum + thick(flow), 0);
      const squeeze = Math.min(1, (box.height - 4) / all);
      let y = box.top + box.height / 2 - frame.top - (all * squeeze) / 2;
      list.forEach((flow) => {
        flow[side + "Y"] = y + (thick(flow) * squeeze) / 2;
        y += thick(flow) * squeeze;
      });
    });
  };
  spread("from", "to");
  spread("to", "from");
  flows.forEach((flow) => {
    const middle = frame.width / 2;
    flow.path.setAttribute("d", "M0 " + flow.fromY + "C" + [middle, flow.fromY, middle, flow.toY, frame.width, flow.toY].join(" "));
    flow.path.setAttribute("stroke-width", thick(flow));
    flow.path.setAttribute("stroke-opacity", 0.2 + 0.6 * flow.row.confidence);
  });
}

function top(place) {
  return place.node.getBoundingClientRect().top;
}

function average(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function nameOf(names, id) {
  const name = names.get(id);
  return name ? name.method + " " + name.template : "unknown endpoint";
}

function flowTip(row, names) {
  return tipRows(producerPlace(row) + " → " + row.consumer_location, [
    ["made by", nameOf(names, row.producer_endpoint_id)], ["needed by", nameOf(names, row.consumer_endpoint_id)],
    ["support", plural(row.support, "session")], ["confidence", percent(row.confidence)],
    ["by chance", row.p_value < 1e-9 ? "p < 1e-9" : "p = " + number(row.p_value)], ["scope", row.scope]]);
}

function dependencyTable(rows, names) {
  const place = (id, text) => el("div", {}, endpointLabel(...labelParts(names.get(id))), el("code", {}, text));
  return sortableTable([
    { name: "producer", title: "Made by", value: (row) => nameOf(names, row.producer_endpoint_id),
      cell: (row) => place(row.producer_endpoint_id, producerPlace(row)) },
    { name: "consumer", title: "Needed by", value: (row) => nameOf(names, row.consumer_endpoint_id),
      cell: (row) => place(row.consumer_endpoint_id, row.consumer_location) },
    { name: "support", title: "Support", number: true, start: "down", value: (row) => row.support, cell: (row) => count(row.support) },
    { name: "confidence", title: "Confidence", number: true, start: "down", value: (row) => row.confidence, cell: (row) => percent(row.confidence) },
    { name: "chance", title: "p", number: true, value: (row) => row.p_value, cell: (row) => number(row.p_value) },
  ], { rows, sort: "support", first: 40, caption: "dependencies", class: "stacking",
    text: (row) => [nameOf(names, row.producer_endpoint_id), row.producer_location, nameOf(names, row.consumer_endpoint_id), row.consumer_location].join(" ") });
}

function labelParts(name) {
  return name ? [name.method, name.template] : ["?", "unknown endpoint"];
}
