/* A table that sorts by its headings and shows the first rows until asked for more. */

/**
 * columns: {name, title, value(row) for sorting, cell(row) for showing, number: true for right-aligned, start: "down"}.
 * options: {rows, sort, first, caption, text(row) for filtering}.
 */
function sortableTable(columns, options) {
  let sorted = columns.find((column) => column.name === options.sort);
  let falling = sorted.start === "down";
  let shown = options.first || 25;
  let wanted = "";
  const body = el("tbody");
  const more = el("button", { type: "button", class: "more", on: { click: () => { shown = Infinity; draw(); } } });
  const found = el("p", { class: "cut", "aria-live": "polite" });
  const headings = columns.map((column) => el("th", {
    scope: "col", class: (column.number ? "number " : "") + "c-" + column.name },
    column.value
      ? el("button", { type: "button", title: column.help, on: { click: () => sortBy(column) } }, column.title)
      : column.title));

  function sortBy(column) {
    falling = sorted === column ? !falling : column.start === "down";
    sorted = column;
    draw();
  }

  function draw() {
    const rows = options.rows
      .filter((row) => !wanted || options.text(row).toLowerCase().includes(wanted))
      .sort((a, b) => (falling ? -1 : 1) * compare(sorted.value(a), sorted.value(b)));
    replace(body, rows.slice(0, shown).map((row) => el("tr", {}, columns.map((column) =>
      el("td", { class: (column.number ? "number " : "") + "c-" + column.name, "data-title": column.title },
        column.cell(row))))));
    more.hidden = rows.length <= shown;
    more.textContent = "Show all " + count(rows.length);
    found.textContent = wanted ? plural(rows.length, "row matches", "rows match") : "";
    found.hidden = !wanted;
    headings.forEach((heading, index) => {
      const own = columns[index] === sorted;
      heading.setAttribute("aria-sort", own ? (falling ? "descending" : "ascending") : "none");
    });
  }

  draw();
  const table = el("div", { class: "table-frame" },
    el("table", { class: options.class || "" },
      el("caption", { class: "quiet" }, options.caption),
      el("thead", {}, el("tr", {}, headings)), body));
  const filter = options.text && options.rows.length > 5
    ? el("input", { type: "search", class: "filter", placeholder: "Filter", "aria-label": "Filter " + options.caption,
        on: { input: (event) => { wanted = event.target.value.trim().toLowerCase(); draw(); } } })
    : null;
  window.addEventListener("beforeprint", () => { shown = Infinity; draw(); });
  return el("div", { class: "table-block" }, filter, found, table, more);
}

function compare(a, b) {
  if (a === b) return 0;
  if (a === undefined || a === null) return -1;
  if (b === undefined || b === null) return 1;
  return typeof a === "string" ? a.localeCompare(b) : a - b;
}
