/* Scenarios: what will be replayed, step by step. */

const STEPS = 60;

function drawScenarios(model) {
  const { rows, total } = model.sections.scenarios;
  if (!rows.length) {
    return section("scenarios", "Scenarios", null, hint("No scenario has been generated yet.",
      "sluice learn --tenant " + model.subject.tenant));
  }
  return section("scenarios", "Scenarios",
    "Sequences to replay. Marked places are filled by variables: taken from an earlier response, generated, or chosen "
    + "among values that enough actors shared.",
    rows.map((scenario) => scenarioCard(scenario)), cutNote(rows.length, total, "scenarios, those with the most weight"));
}

function scenarioCard(scenario) {
  const body = el("div", { class: "scenario-body" });
  const fillBody = () => {
    if (!body.firstChild) replace(body, scenarioFacts(scenario), scenarioSteps(scenario));
  };
  const card = el("details", { class: "card scenario", on: { toggle: fillBody } },
    el("summary", {},
      el("span", { class: "weight" }, el("b", {}, percent(scenario.weight)), el("small", {}, "of the workload")),
      el("span", { class: "title" }, el("b", {}, scenario.name),
        el("small", {}, [plural(scenario.steps.length, "step"), extractions(scenario) + " extracted",
          "every literal shared by " + scenario.k + " actors or more"].join(" · "))),
      el("span", { class: "track" }, el("span", { class: "bar", css: { width: scenario.weight * 100 + "%" } }))),
    body);
  window.addEventListener("beforeprint", fillBody);
  return card;
}

function extractions(scenario) {
  const found = new Set(scenario.steps.flatMap((step) => step.extract.map((extraction) => extraction.variable)));
  return plural(found.size, "value");
}

function scenarioFacts(scenario) {
  const target = scenario.target;
  return el("dl", { class: "variables" },
    el("dt", {}, "captured at"),
    el("dd", {}, target.scheme + "://" + target.host + (target.port ? ":" + target.port : "") + " (" + target.service + ")"),
    scenario.variables.map((variable) => [
      el("dt", {}, el("var", {}, variable.name)),
      el("dd", {}, variable.generate
        ? "a fresh " + variable.generate.format.toLowerCase() + " per session"
        : choices(variable.choices))]));
}

function choices(list) {
  const all = list.reduce((sum, choice) => sum + choice.weight, 0) || 1;
  const shown = list.slice(0, 6).map((choice) => [el("code", {}, choice.value), " " + percent(choice.weight / all) + "  "]);
  return ["one of ", shown, list.length > 6 ? "and " + plural(list.length - 6, "more", "more") : null];
}

function scenarioSteps(scenario) {
  return [
    el("ol", { class: "steps" }, scenario.steps.slice(0, STEPS).map((step) => stepOf(step))),
    cutNote(Math.min(STEPS, scenario.steps.length), scenario.steps.length, "steps"),
  ];
}

function stepOf(step) {
  const request = step.request;
  const think = step.thinkTimeMs.length ? step.thinkTimeMs[Math.floor(step.thinkTimeMs.length / 2)] : null;
  return el("li", {},
    think === null ? null : el("p", { class: "think", title: "Median think time before this step" }, "thinks " + duration(think)
      + (step.thinkTimeMs.length === 9 ? ", mostly " + duration(step.thinkTimeMs[0]) + " to " + duration(step.thinkTimeMs[8]) : "")),
    el("p", { class: "request" },
      el("span", { class: "method m-" + methodClass(request.method) }, request.method),
      el("code", {}, filled(request.path),
        request.query.map((parameter, index) => [index ? "&" : "?", parameter.name, "=", filled(parameter.value)])),
      el("span", { class: "expect", title: "Expected status" }, step.expect.status.join(" or "))),
    request.headers.length ? el("ul", { class: "fields" }, request.headers.map((header) =>
      el("li", {}, el("code", {}, header.name + ": ", filled(header.value))))) : null,
    request.body ? el("pre", {}, filled(request.body.text)) : null,
    step.extract.length ? el("ul", { class: "takes" }, step.extract.map((extraction) =>
      el("li", {}, "takes ", el("var", {}, extraction.variable), " from ", el("code", {}, extraction.from)))) : null);
}

/** Text and places of a template. */
function filled(template) {
  return template.map((part) => (typeof part === "string" ? part : el("var", {}, part.variable)));
}
