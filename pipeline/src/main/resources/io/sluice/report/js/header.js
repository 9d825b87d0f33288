/* The bar with the way around, and the opening: whose traffic, when, and how much became of it. */

function drawBar(places) {
  const theme = el("button", { type: "button", class: "theme", "aria-label": "Switch between light and dark",
    title: "Light or dark", on: { click: switchTheme } },
    svg("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true" },
      svg("circle", { cx: 10, cy: 10, r: 7.2, class: "ring" }),
      svg("path", { d: "M10 2.8a7.2 7.2 0 0 1 0 14.4z", class: "half" })));
  replace(document.getElementById("bar"),
    el("a", { class: "brand", href: "#page" }, mark(), "Sluice"),
    el("nav", { "aria-label": "Sections" }, places.map(([id, title]) => el("a", { href: "#" + id }, title))),
    theme);
}

/** The mark: water that runs through a gate. */
function mark() {
  return svg("svg", { viewBox: "0 0 24 24", width: 22, height: 22, "aria-hidden": "true", class: "mark" },
    svg("path", { d: "M2 8c3-3 5-3 8 0s5 3 12 0" }),
    svg("path", { d: "M2 13c3-3 5-3 8 0s5 3 12 0" }),
    svg("path", { d: "M2 18c3-3 5-3 8 0s5 3 12 0" }),
    svg("path", { d: "M12 3v18", class: "gate" }));
}

function switchTheme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : window.matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
}

function drawHeader(model) {
  const sum = model.summary;
  const flow = [
    ["traffic", sum.exchanges, "exchange", plural(model.sections.rejects.total, "reject")],
    ["endpoints", model.sections.endpoints.total, "endpoint", plural((sum.services || []).length, "service")],
    ["behavior", sum.actors, "actor", "as pseudonyms"],
    ["behavior", sum.sessions, "session", sum.actors ? (sum.sessions / sum.actors).toFixed(1) + " per actor" : ""],
    ["behavior", model.sections.behaviors.total, "behavior", "clusters of sessions"],
    ["dependencies", model.sections.dependencies.total, "dependency", "response to request", "dependencies"],
    ["scenarios", model.sections.scenarios.total, "scenario", "ready to replay"],
  ];
  return el("header", { class: "opening" },
    el("p", { class: "kicker" }, "Traffic report"),
    el("h1", {}, model.subject.tenant),
    el("p", { class: "lead" },
      el("span", {}, period(sum.first_ms, sum.last_ms)),
      sum.first_ms === undefined ? null : el("span", {}, duration(sum.last_ms - sum.first_ms)),
      (sum.services || []).length ? el("span", {}, sum.services.join(", ")) : null,
      (sum.formats || []).length ? el("span", {}, "captured as " + sum.formats.join(", ")) : null),
    el("ol", { class: "flow" }, flow.map(([id, value, one, note, many]) =>
      el("li", {}, el("a", { href: "#" + id },
        el("b", { title: count(value) }, short(value)),
        el("span", {}, value === 1 ? one : many || one + "s"),
        el("small", {}, note))))));
}
