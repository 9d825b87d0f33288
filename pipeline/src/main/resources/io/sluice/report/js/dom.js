/* Builds elements. Text only ever arrives as text nodes; there is no way from a string to markup. */

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element: el("p", {class: "note"}, "text", child, [more]). Keys in "on" are event handlers. */
function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element, built the same way. */
function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    } else if (name === "css") {
      for (const [property, set] of Object.entries(value)) node.style.setProperty(property, set);
    } else {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function replace(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return node;
}

/** A section of the page with a heading, a sentence of guidance and a body. */
function section(id, title, guidance, ...children) {
  return el("section", { id, "aria-labelledby": id + "-title" },
    el("header", { class: "section-head" },
      el("h2", { id: id + "-title" }, title),
      guidance ? el("p", { class: "guidance" }, guidance) : null),
    children);
}

/** What to run next where a section has nothing to show. */
function hint(sentence, command) {
  return el("div", { class: "hint" }, el("p", {}, sentence), command ? el("code", {}, command) : null);
}

/** One quiet line about what was left out, or nothing. */
function cutNote(shown, total, what) {
  return total > shown
    ? el("p", { class: "cut" }, "Shown: " + count(shown) + " of " + count(total) + " " + what + ".")
    : null;
}

/** "GET /books/{book_id}" with the method as a badge and the parameters set apart. */
function endpointLabel(method, template, extra) {
  return el("span", { class: "endpoint" },
    el("span", { class: "method m-" + methodClass(method) }, method),
    el("span", { class: "template" }, templateParts(template)),
    extra ? el("span", { class: "extra" }, extra) : null);
}

function methodClass(method) {
  const known = { GET: "get", HEAD: "get", POST: "post", PUT: "put", PATCH: "put", DELETE: "delete" };
  return known[method] || "rest";
}

/** Places such as {book_id} become marked spans; line breaks may come before a slash. */
function templateParts(template) {
  return template.split(/(\{[^{}]*\})/).map((piece) =>
    /^\{[^{}]*\}$/.test(piece)
      ? el("var", {}, piece)
      : piece.split(/(?=\/)/).map((segment, index) => (index ? [el("wbr"), segment] : segment)));
}

/* ---- one tooltip for the page ---- */

function showTip(event, ...content) {
  const tip = document.getElementById("tip");
  replace(tip, content);
  tip.hidden = false;
  const box = event.currentTarget.getBoundingClientRect();
  const x = event.clientX || box.left + box.width / 2;
  const y = event.clientY || box.top + box.height / 2;
  const left = Math.min(Math.max(8, x + 14), window.innerWidth - tip.offsetWidth - 8);
  const below = y + 18 + tip.offsetHeight < window.innerHeight;
  tip.style.setProperty("left", left + "px");
  tip.style.setProperty("top", (below ? y + 18 : Math.max(8, y - tip.offsetHeight - 14)) + "px");
}

function hideTip() {
  document.getElementById("tip").hidden = true;
}

/** Shows what content() returns while the pointer or the focus is on the element. */
function withTip(node, content) {
  const show = (event) => showTip(event, content());
  node.addEventListener("pointermove", show);
  node.addEventListener("focus", show);
  node.addEventListener("pointerleave", hideTip);
  node.addEventListener("blur", hideTip);
  return node;
}

/** Name and value pairs for a tooltip. */
function tipRows(title, rows) {
  return [
    el("strong", {}, title),
    el("dl", {}, rows.map(([name, value, tone]) => [
      el("dt", {}, tone ? el("i", { class: "swatch s-" + tone }) : null, name),
      el("dd", {}, value)])),
  ];
}
