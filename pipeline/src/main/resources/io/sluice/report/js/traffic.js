/* Traffic over time: bars stacked by status class, with a crosshair that also follows the arrow keys. */

const STATUS = [
  ["2xx", "success"], ["3xx", "redirect"], ["4xx", "client error"], ["5xx", "server error"],
  ["none", "no response"], ["other", "other"],
];

function drawTraffic(model) {
  const rows = model.sections.traffic.rows;
  if (!rows.length) {
    return section("traffic", "Traffic", null, hint("No exchange has been stored yet.",
      "sluice import --tenant " + model.subject.tenant + " CAPTURES && sluice ingest --tenant " + model.subject.tenant));
  }
  const buckets = trafficBuckets(rows);
  const present = STATUS.filter(([name]) => rows.some((row) => row.status_class === name));
  const hidden = new Set();
  const frame = el("div", { class: "chart-frame" });
  const draw = () => replace(frame, trafficChart(buckets, present.filter(([name]) => !hidden.has(name)), frame));
  const legend = el("div", { class: "legend", role: "group", "aria-label": "Status classes" },
    present.map(([name, title]) => {
      const total = rows.filter((row) => row.status_class === name).reduce((sum, row) => sum + row.exchanges, 0);
      const button = el("button", { type: "button", "aria-pressed": "true", on: { click: () => {
        if (!hidden.delete(name)) hidden.add(name);
        button.setAttribute("aria-pressed", String(!hidden.has(name)));
        draw();
      } } }, el("i", { class: "swatch s-" + name }), el("b", {}, name === "none" ? title : name),
      el("span", {}, count(total)));
      return button;
    }));
  const counted = rows.reduce((sum, row) => sum + row.exchanges, 0);
  const outside = model.summary.exchanges - counted;
  new ResizeObserver(draw).observe(frame);
  return section("traffic", "Traffic", "Exchanges per " + duration(buckets.width * 1000)
    + ", stacked by status class. Choose a class to hide it.",
    el("div", { class: "card" }, legend, frame,
      outside > 0 ? el("p", { class: "cut" }, plural(outside, "exchange lies", "exchanges lie")
        + " far outside this period and are not drawn.") : null));
}

/** Every bucket from the first to the last, empty ones too. */
function trafficBuckets(rows) {
  const width = rows[0].width_s;
  const from = Math.min(...rows.map((row) => row.at_s));
  const to = Math.max(...rows.map((row) => row.at_s));
  const list = [];
  for (let at = from; at <= to; at += width) list.push({ at, counts: {} });
  rows.forEach((row) => { list[Math.round((row.at_s - from) / width)].counts[row.status_class] = row.exchanges; });
  return { width, list };
}

function trafficChart(buckets, classes, frame) {
  const width = frame.clientWidth || 900;
  const height = frame.clientHeight || 280;
  const edge = { left: 46, right: 8, top: 12, bottom: 28 };
  const total = (bucket) => classes.reduce((sum, [name]) => sum + (bucket.counts[name] || 0), 0);
  const steps = axisSteps(Math.max(...buckets.list.map(total)), 4);
  const top = steps[steps.length - 1];
  const slot = (width - edge.left - edge.right) / buckets.list.length;
  const x = (index) => edge.left + index * slot;
  const y = (value) => height - edge.bottom - (value / top) * (height - edge.top - edge.bottom);
  const bars = buckets.list.map((bucket, index) => {
    let base = 0;
    return classes.map(([name]) => {
      const value = bucket.counts[name] || 0;
      if (!value) return null;
      const bar = svg("rect", { class: "f-" + name, x: x(index) + (slot > 4 ? 0.75 : 0), y: y(base + value),
        width: Math.max(0.6, slot - (slot > 4 ? 1.5 : 0)), height: Math.max(0.8, y(base) - y(base + value)) });
      base += value;
      return bar;
    });
  });
  const cross = svg("rect", { class: "cross", y: edge.top, height: height - edge.top - edge.bottom, width: Math.max(2, slot), x: -99 });
  const chart = svg("svg", { viewBox: "0 0 " + width + " " + height, width, height, tabindex: 0, class: "traffic", role: "img",
    "aria-label": "Exchanges over time. Use the arrow keys to read single intervals." },
    steps.map((value) => [
      svg("line", { class: "grid", x1: edge.left, x2: width - edge.right, y1: y(value), y2: y(value) }),
      svg("text", { class: "tick", x: edge.left - 8, y: y(value) + 4, "text-anchor": "end" }, short(value)),
    ]),
    bars, timeTicks(buckets, x, height, width), cross);
  let at = 0;
  const point = (event) => {
    const bucket = buckets.list[at];
    cross.setAttribute("x", x(at) + slot / 2 - Math.max(2, slot) / 2);
    const box = chart.getBoundingClientRect();
    showTip({ currentTarget: chart, clientX: box.left + x(at) + slot, clientY: event.clientY || box.top + 40 },
      tipRows(moment(bucket.at * 1000), [["all", count(total(bucket))],
        ...classes.filter(([name]) => bucket.counts[name])
          .map(([name, title]) => [name === "none" ? title : name + " " + title, count(bucket.counts[name]), name])]));
  };
  const leave = () => { cross.setAttribute("x", -99); hideTip(); };
  chart.addEventListener("pointermove", (event) => {
    const place = (event.clientX - chart.getBoundingClientRect().left - edge.left) / slot;
    at = Math.min(buckets.list.length - 1, Math.max(0, Math.floor(place)));
    point(event);
  });
  chart.addEventListener("pointerleave", leave);
  chart.addEventListener("blur", leave);
  chart.addEventListener("keydown", (event) => {
    const move = { ArrowRight: 1, ArrowLeft: -1, PageDown: 20, PageUp: -20 }[event.key];
    if (!move) return;
    event.preventDefault();
    at = Math.min(buckets.list.length - 1, Math.max(0, at + move));
    point(event);
  });
  return chart;
}

/** Ticks at round times; the date stands where a day begins. */
function timeTicks(buckets, x, height, width) {
  const sizes = [1, 5, 10, 30, 60, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 2592000, 31536000];
  const span = buckets.list.length * buckets.width;
  const wanted = Math.max(2, Math.floor(width / 110));
  const size = sizes.find((candidate) => span / candidate <= wanted) || span / wanted;
  const from = buckets.list[0].at;
  const ticks = [];
  for (let at = Math.ceil(from / size) * size; at < from + span; at += size) {
    const place = x((at - from) / buckets.width);
    const text = size >= 86400 || at % 86400 === 0 ? day(at * 1000) : clock(at * 1000, size < 60);
    if (place < 50 || place > width - 24) continue;
    ticks.push(svg("line", { class: "grid", x1: place, x2: place, y1: height - 28, y2: height - 23 }),
      svg("text", { class: "tick", x: place, y: height - 8, "text-anchor": "middle" }, text));
  }
  return ticks;
}
