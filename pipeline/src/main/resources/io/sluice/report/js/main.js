/* Reads the model out of its block and draws the page. */

const model = JSON.parse(document.getElementById("model").textContent);
document.title = "Sluice report: " + model.subject.tenant;

drawBar([["traffic", "Traffic"], ["endpoints", "Endpoints"], ["behavior", "Behavior"], ["dependencies", "Dependencies"],
  ["scenarios", "Scenarios"], ["fidelity", "Fidelity"], ["runs", "Runs"], ["rejects", "Rejects"]]);

document.getElementById("page").append(
  drawHeader(model),
  drawTraffic(model),
  drawEndpoints(model),
  drawBehavior(model),
  drawDependencies(model),
  drawScenarios(model),
  drawFidelity(model),
  drawRuns(model),
  drawRejects(model),
  el("footer", {},
    el("p", {}, "Written " + moment(model.subject.writtenAtMillis) + " by run ", el("code", {}, model.subject.runId),
      ". Templates, header names and literals that enough actors shared; no captured values beyond these."),
    el("p", {}, "This file is whole by itself: it loads nothing and sends nothing.")));

/* Print shows what is folded away on the screen. */
const folded = () => document.querySelectorAll(".scenario:not([open])");
let opened = [];
window.addEventListener("beforeprint", () => { opened = [...folded()]; opened.forEach((details) => { details.open = true; }); });
window.addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));

/* The bar marks the section on screen. */
const links = new Map([...document.querySelectorAll("#bar nav a")].map((link) => [link.getAttribute("href").slice(1), link]));
const seen = new IntersectionObserver((entries) => entries.forEach((entry) =>
  links.get(entry.target.id).classList.toggle("here", entry.isIntersecting)), { rootMargin: "-30% 0px -60% 0px" });
document.querySelectorAll("main > section").forEach((node) => seen.observe(node));

const first = document.querySelector(".scenario");
if (first) first.open = true;
