/* One behavior model as a graph: endpoints sized by visits, transitions as thick as they are probable. */

const START = "start";
const END = "end";
const LETTER = 7.3;
const LONGEST = 36;

/** Nodes and edges of a model, with visits counted from what leads to each endpoint. */
function graphOf(behavior, names) {
  const nodes = new Map();
  const node = (id, end) => {
    const key = id === undefined ? end : "e:" + id;
    if (!nodes.has(key)) {
      const name = names.get(id);
      nodes.set(key, { id: key, visits: 0, method: name ? name.method : "",
        template: name ? name.template : id === undefined ? (end === START ? "session starts" : "session ends") : "unknown endpoint",
        rank: key === START ? "first" : key === END ? "last" : undefined });
    }
    return nodes.get(key);
  };
  node(undefined, START);
  const edges = behavior.transitions.map((hop) => {
    const from = node(hop.from_endpoint_id, START);
    const to = node(hop.to_endpoint_id, END);
    to.visits += hop.count;
    if (from.rank === "first") from.visits += hop.count;
    return { from: from.id, to: to.id, count: hop.count, probability: hop.probability,
      think: hop.think_time_ms || [] };
  });
  node(undefined, END);
  return { nodes: [...nodes.values()], edges };
}

/** The most visited endpoints and, among them, transitions above the threshold and the likeliest to and from each. */
function thinned(graph, endpoints, threshold) {
  const inner = graph.nodes.filter((node) => !node.rank).sort((a, b) => b.visits - a.visits).slice(0, endpoints);
  const kept = new Set([START, END, ...inner.map((node) => node.id)]);
  const edges = graph.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to));
  const likeliest = new Set();
  kept.forEach((id) => {
    const best = (side) => edges.filter((edge) => edge[side] === id && edge.from !== edge.to)
      .sort((a, b) => b.count - a.count)[0];
    likeliest.add(best("from")).add(best("to"));
  });
  return {
    nodes: graph.nodes.filter((node) => kept.has(node.id)).map((node) => ({ ...node })),
    edges: edges.filter((edge) => edge.probability >= threshold || likeliest.has(edge)).map((edge) => ({ ...edge })),
  };
}

function drawGraph(graph, onSelect) {
  const most = Math.max(...graph.nodes.map((node) => node.visits));
  const loops = new Set(graph.edges.filter((edge) => edge.from === edge.to).map((edge) => edge.from));
  graph.nodes.forEach((node) => {
    node.label = node.template.length > LONGEST
      ? node.template.slice(0, LONGEST / 2 - 1) + "…" + node.template.slice(1 - LONGEST / 2) : node.template;
    node.side = loops.has(node.id) ? 58 : 0;
    node.box = Math.max(node.rank ? 120 : 108, node.label.length * LETTER + 26);
    node.width = node.box + node.side * 2;
    node.height = node.rank ? 32 : 42 + 26 * Math.sqrt(node.visits / most);
  });
  const size = layoutGraph(graph.nodes, graph.edges, { across: 34, down: 56 });
  const margin = 16;
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  spreadPorts(graph, byId);
  const edges = graph.edges.sort((a, b) => a.probability - b.probability).map((edge) => edgeShape(edge, byId));
  const labels = placeLabels(graph, edges);
  const nodes = graph.nodes.map((node) => nodeShape(node, most));
  const width = size.width + margin * 2;
  const height = size.height + margin * 2;
  const picture = svg("svg", { class: "graph", viewBox: [-margin, -margin, width, height].join(" "), width, height,
    role: "group", "aria-label": "Behavior graph" },
  svg("g", {}, edges.map((edge) => edge.shape)), svg("g", {}, labels), svg("g", {}, nodes));
  wire(picture, graph, onSelect);
  return { picture, width, start: margin + byId.get(START).x };
}

/** Edge ends lie side by side along the upper and lower border of a node, in the order of where they lead. */
function spreadPorts(graph, byId) {
  const ends = new Map(graph.nodes.map((node) => [node.id, { upper: [], lower: [] }]));
  graph.edges.filter((edge) => edge.points).forEach((edge) => {
    const last = edge.points.length - 1;
    ends.get(edge.from)[edge.turned ? "upper" : "lower"].push({ point: edge.points[0], toward: edge.points[1] });
    ends.get(edge.to)[edge.turned ? "lower" : "upper"].push({ point: edge.points[last], toward: edge.points[last - 1] });
  });
  ends.forEach((sides, id) => {
    const node = byId.get(id);
    for (const [side, sign] of [["upper", -1], ["lower", 1]]) {
      const list = sides[side].sort((a, b) => a.toward.x - b.toward.x);
      const step = Math.min(26, (node.box - 28) / Math.max(1, list.length - 1));
      list.forEach((end, index) => {
        end.point.x = node.x + (index - (list.length - 1) / 2) * step;
        end.point.y = node.y + (sign * node.height) / 2;
      });
    }
  });
}

function edgeShape(edge, byId) {
  const thick = 1 + 6 * edge.probability;
  const arrow = 4 + thick;
  const curves = edge.from === edge.to ? loopCurves(byId.get(edge.from)) : edgeCurves(edge, arrow);
  const last = curves[curves.length - 1];
  const [tipX, tipY] = last[3];
  const [x, y] = edge.from === edge.to ? [-1, 0] : [0, edge.turned ? -1 : 1];
  const head = [[tipX + x * arrow, tipY + y * arrow], [tipX + y * arrow * 0.55, tipY + x * arrow * 0.55],
    [tipX - y * arrow * 0.55, tipY - x * arrow * 0.55]];
  const path = curves.map((curve, index) =>
    (index ? "" : "M" + curve[0].join(" ")) + "C" + curve.slice(1).map((point) => point.join(" ")).join(",")).join("");
  const shape = svg("g", { class: "edge" + (edge.turned ? " back" : ""), "data-from": edge.from, "data-to": edge.to,
    opacity: 0.4 + 0.6 * Math.sqrt(edge.probability) },
  svg("path", { d: path, "stroke-width": thick }),
  svg("polygon", { points: head.map((point) => point.join(",")).join(" ") }),
  svg("path", { d: path, class: "wide" }));
  return { edge, curves, shape: withTip(shape, () => edgeTip(edge, byId)) };
}

function edgeCurves(edge, arrow) {
  const points = edge.points.map((point) => [point.x, point.y]);
  const end = points[points.length - 1];
  end[1] += edge.turned ? arrow : -arrow;
  return points.slice(1).map((to, index) => {
    const from = points[index];
    const middle = (from[1] + to[1]) / 2;
    return [from, [from[0], middle], [to[0], middle], to];
  });
}

function loopCurves(node) {
  const x = node.x + node.box / 2;
  return [[[x, node.y - 9], [x + 34, node.y - 22], [x + 34, node.y + 22], [x + 8, node.y + 9]]];
}

function along(curve, t) {
  const u = 1 - t;
  return [0, 1].map((axis) => u * u * u * curve[0][axis] + 3 * u * u * t * curve[1][axis]
    + 3 * u * t * t * curve[2][axis] + t * t * t * curve[3][axis]);
}

/** Writes the probability on an edge where there is room; the likeliest choose first. */
function placeLabels(graph, edges) {
  const taken = graph.nodes.map((node) => ({ x: node.x, y: node.y, w: node.box + 6, h: node.height + 6 }));
  const labels = [];
  [...edges].reverse().forEach(({ edge, curves }) => {
    const text = percent(edge.probability);
    const w = text.length * 7 + 10;
    const places = edge.from === edge.to
      ? [[along(curves[0], 0.5)[0] + w / 2 + 4, along(curves[0], 0.5)[1]]]
      : [curves[Math.floor(curves.length / 2)], ...curves]
        .flatMap((curve) => [0.5, 0.38, 0.62, 0.28, 0.72].map((t) => along(curve, t)));
    const free = places.find(([x, y]) => taken.every((box) =>
      Math.abs(box.x - x) * 2 >= box.w + w + 2 || Math.abs(box.y - y) * 2 >= box.h + 18));
    if (!free) return;
    taken.push({ x: free[0], y: free[1], w, h: 16 });
    labels.push(svg("g", { class: "edge-label", "data-from": edge.from, "data-to": edge.to },
      svg("rect", { x: free[0] - w / 2, y: free[1] - 8, width: w, height: 16, rx: 8 }),
      svg("text", { x: free[0], y: free[1] + 3.8, "text-anchor": "middle" }, text)));
  });
  return labels;
}

function nodeShape(node, most) {
  const left = node.x - node.box / 2;
  const upper = node.y - node.height / 2;
  const box = { x: left, y: upper, width: node.box, height: node.height };
  if (node.rank) {
    return svg("g", { class: "node end", tabindex: 0, role: "button", "data-id": node.id, "aria-label": node.template },
      svg("rect", { ...box, rx: node.height / 2 }),
      svg("text", { x: node.x, y: node.y + 4, "text-anchor": "middle" }, node.template));
  }
  const share = node.visits / most;
  return svg("g", { class: "node", tabindex: 0, role: "button", "data-id": node.id,
    "aria-label": node.method + " " + node.template + ", " + plural(node.visits, "visit") },
  svg("rect", { ...box, rx: 8 }),
  svg("text", { class: "t-method t-" + methodClass(node.method), x: left + 12, y: node.y - 5 }, node.method),
  svg("text", { class: "t-visits", x: left + node.box - 12, y: node.y - 5, "text-anchor": "end" }, short(node.visits)),
  svg("text", { class: "t-template", x: left + 12, y: node.y + 11 }, node.label),
  svg("rect", { class: "share-track", x: left + 12, y: upper + node.height - 7, width: node.box - 24, height: 3, rx: 1.5 }),
  svg("rect", { class: "share", x: left + 12, y: upper + node.height - 7, width: Math.max(3, (node.box - 24) * share), height: 3, rx: 1.5 }));
}

function edgeTip(edge, byId) {
  const name = (id) => { const node = byId.get(id); return (node.method + " " + node.template).trim(); };
  const rows = [["probability", percent(edge.probability)], ["seen", count(edge.count) + " times"]];
  if (edge.from !== START && edge.to !== END && edge.think.length === 9) {
    rows.push(["think time, median", duration(edge.think[4])],
      ["8 of 10 between", duration(edge.think[0]) + " and " + duration(edge.think[8])]);
  }
  return tipRows(name(edge.from) + " → " + name(edge.to), rows);
}

/** Pointing at a node or choosing it sets its own transitions apart. */
function wire(picture, graph, onSelect) {
  let chosen = null;
  const light = (id) => {
    picture.classList.toggle("focused", id !== null);
    picture.querySelectorAll("[data-from]").forEach((edge) =>
      edge.classList.toggle("lit", edge.dataset.from === id || edge.dataset.to === id));
    picture.querySelectorAll(".node").forEach((node) => node.classList.toggle("chosen", node.dataset.id === chosen));
  };
  const choose = (id) => {
    chosen = chosen === id ? null : id;
    light(chosen);
    onSelect(chosen || START);
  };
  picture.querySelectorAll(".node").forEach((node) => {
    node.addEventListener("pointerenter", () => light(node.dataset.id));
    node.addEventListener("pointerleave", () => light(chosen));
    node.addEventListener("click", () => choose(node.dataset.id));
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(node.dataset.id);
    });
  });
}
