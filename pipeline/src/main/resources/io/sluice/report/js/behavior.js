/* Behavior: the mix of clusters, and for the chosen one its graph and the transitions of one endpoint in words. */

const READABLE_EDGES = 22;
const READABLE_ENDPOINTS = 14;

function drawBehavior(model) {
  const { rows, total } = model.sections.behaviors;
  if (!rows.length) {
    return section("behavior", "Behavior", null, hint("No behavior has been learned yet.",
      "sluice learn --tenant " + model.subject.tenant));
  }
  const names = new Map(model.sections.names.rows.map((row) => [row.endpoint_id, row]));
  const stage = el("div", { class: "stage" });
  const tabs = rows.map((behavior, index) => el("button", { type: "button", class: "cluster k-" + index % 6,
    on: { click: () => choose(index) } },
  el("b", {}, percent(behavior.weight)), el("span", {}, behavior.name),
  el("small", {}, plural(behavior.session_count, "session"))));
  const choose = (index) => {
    tabs.forEach((tab, other) => tab.setAttribute("aria-pressed", String(other === index)));
    replace(stage, behaviorStage(rows[index], names, stage));
  };
  choose(0);
  return section("behavior", "Behavior",
    "Sessions fall into clusters. Each cluster is a graph of what its actors do next, and how long they think before.",
    el("div", { class: "mix", "aria-hidden": "true" }, rows.map((behavior, index) =>
      el("i", { class: "k-" + index % 6, title: behavior.name, css: { "flex-grow": behavior.weight } }))),
    el("div", { class: "clusters", role: "group", "aria-label": "Clusters" }, tabs), stage,
    cutNote(rows.length, total, "clusters, the largest"));
}

function behaviorStage(behavior, names, stage) {
  const graph = graphOf(behavior, names);
  const inner = graph.nodes.filter((node) => !node.rank).length;
  const state = { endpoints: Math.min(inner, READABLE_ENDPOINTS) };
  state.threshold = readableThreshold(graph, state.endpoints);
  const frame = el("div", { class: "graph-frame", tabindex: 0, role: "region", "aria-label": "Graph, may scroll" });
  const detail = el("aside", { class: "detail", "aria-live": "polite" });
  const note = el("p", { class: "cut" });
  const draw = () => {
    const shown = thinned(graph, state.endpoints, state.threshold);
    const { picture, width, start } = drawGraph(shown, (id) => replace(detail, nodeDetail(graph, id)));
    picture.style.setProperty("width", "min(" + width + "px, max(100%, " + Math.round(width * 0.8) + "px))");
    replace(frame, picture);
    requestAnimationFrame(() => { frame.scrollLeft = (start / width) * picture.clientWidth - frame.clientWidth / 2; });
    replace(note, shown.edges.some((edge) => edge.turned)
      ? [el("span", { class: "key" }, el("i"), "goes on"), el("span", { class: "key back" }, el("i"), "goes back")] : null,
    graphNote(graph, shown, behavior));
    return width;
  };
  stage.classList.toggle("spread", draw() > 860);
  replace(detail, nodeDetail(graph, START));
  const steps = [0, 0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5];
  return [
    el("div", { class: "card graph-card" },
      el("div", { class: "controls" },
        slider("Transitions from", { min: 0, max: steps.length - 1, at: nearest(steps, state.threshold) },
          (at) => percent(steps[at]), (at) => { state.threshold = steps[at]; draw(); }),
        inner > 6 ? slider("Endpoints", { min: 2, max: inner, at: state.endpoints },
          (at) => at + " of " + inner, (at) => { state.endpoints = at; draw(); }) : null,
        el("p", { class: "facts" },
          el("span", {}, plural(behavior.actor_count, "actor")),
          el("span", {}, number(behavior.arrivals_per_minute) + " sessions start per minute"),
          el("span", {}, behavior.algorithm))),
      frame, note),
    detail,
  ];
}

/** The lowest threshold at which the picture stays readable. */
function readableThreshold(graph, endpoints) {
  const steps = [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3];
  return steps.find((step) => thinned(graph, endpoints, step).edges.length <= READABLE_EDGES) ?? 0.3;
}

function nearest(steps, value) {
  return steps.reduce((best, step, index) => (Math.abs(step - value) < Math.abs(steps[best] - value) ? index : best), 0);
}

function slider(title, range, text, changed) {
  const output = el("output", {}, text(range.at));
  const input = el("input", { type: "range", min: range.min, max: range.max, value: range.at, on: { input: (event) => {
    output.textContent = text(Number(event.target.value));
    changed(Number(event.target.value));
  } } });
  return el("label", { class: "slider" }, el("span", {}, title), input, output);
}

function graphNote(graph, shown, behavior) {
  const parts = [];
  const edges = behavior.transition_count - shown.edges.length;
  if (edges > 0) parts.push(plural(edges, "rarer transition") + " not drawn; each endpoint keeps its likeliest ones");
  const nodes = graph.nodes.length - shown.nodes.length;
  if (nodes > 0) parts.push(plural(nodes, "rarely visited endpoint") + " not drawn");
  return parts.length ? parts.join(". ") + "." : "All transitions are drawn.";
}

/** What comes after an endpoint and what came before, as bars with think times. */
function nodeDetail(graph, id) {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  const byId = new Map(graph.nodes.map((other) => [other.id, other]));
  const after = graph.edges.filter((edge) => edge.from === id).sort((a, b) => b.count - a.count);
  const before = graph.edges.filter((edge) => edge.to === id).sort((a, b) => b.count - a.count);
  const arriving = before.reduce((sum, edge) => sum + edge.count, 0);
  return [
    el("h3", {}, node.rank ? words(node.template) : endpointLabel(node.method, node.template)),
    el("p", { class: "dim" }, node.rank ? plural(node.visits, "session") : plural(node.visits, "visit"),
      id === START ? ". Choose an endpoint in the graph to read what follows it." : ""),
    after.length ? hopList(id === START ? "First request" : "Then", after, (edge) => edge.probability, (edge) => byId.get(edge.to), true) : null,
    before.length ? hopList(id === END ? "Last request" : "Came from", before, (edge) => edge.count / arriving, (edge) => byId.get(edge.from), false) : null,
  ];
}

function hopList(title, edges, share, other, thinking) {
  const shown = edges.slice(0, 8);
  return [
    el("h4", {}, title),
    el("ul", { class: "hops" }, shown.map((edge) => {
      const node = other(edge);
      return el("li", {},
        el("div", { class: "hop" },
          node.rank ? el("span", { class: "endpoint" }, node.template) : endpointLabel(node.method, node.template),
          el("b", {}, percent(share(edge)))),
        el("div", { class: "track" }, el("div", { class: "bar", css: { width: share(edge) * 100 + "%" } })),
        thinking && edge.from !== START && edge.to !== END && edge.think.length === 9
          ? el("small", {}, "thinks " + duration(edge.think[4]) + ", mostly " + duration(edge.think[0]) + " to " + duration(edge.think[8]))
          : null);
    })),
    cutNote(shown.length, edges.length, "transitions"),
  ];
}
