/* Numbers, times and sizes as people read them. */

const COUNT = new Intl.NumberFormat("en-US");
const SHORT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

function count(value) {
  return COUNT.format(value || 0);
}

function short(value) {
  return (value || 0) < 10000 ? count(value) : SHORT.format(value);
}

function plural(value, one, many) {
  return count(value) + " " + (value === 1 ? one : many || one + "s");
}

/** A share of 0 to 1 in percent, with as many digits as mean something. */
function percent(share) {
  if (!share) return "0%";
  const value = share * 100;
  if (value < 0.1) return "<0.1%";
  if (value > 99.9 && value < 100) return ">99.9%";
  return (value < 10 ? value.toFixed(1).replace(/\.0$/, "") : String(Math.round(value))) + "%";
}

/** A duration in milliseconds: 3.2 ms, 840 ms, 1.4 s, 2 min 5 s, 3 h 12 min. */
function duration(millis) {
  if (millis === undefined || millis === null) return "–";
  if (millis < 10) return Number(millis.toPrecision(2)) + " ms";
  if (millis < 1000) return Math.round(millis) + " ms";
  const seconds = millis / 1000;
  if (seconds < 60) return (seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)) + " s";
  const parts = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  const first = parts.findIndex(([, size]) => seconds >= size);
  const big = Math.floor(seconds / parts[first][1]);
  const rest = parts[first + 1] ? Math.round((seconds - big * parts[first][1]) / parts[first + 1][1]) : 0;
  return big + " " + parts[first][0] + (rest ? " " + rest + " " + parts[first + 1][0] : "");
}

function bytes(value) {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let size = value || 0;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return (unit && size < 10 ? size.toFixed(1) : Math.round(size)) + " " + units[unit];
}

function number(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1000) return COUNT.format(Math.round(value));
  if (size < 0.001) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

function pad(value) {
  return String(value).padStart(2, "0");
}

function day(millis) {
  const date = new Date(millis);
  return date.getUTCFullYear() + "-" + pad(date.getUTCMonth() + 1) + "-" + pad(date.getUTCDate());
}

function clock(millis, withSeconds) {
  const date = new Date(millis);
  return pad(date.getUTCHours()) + ":" + pad(date.getUTCMinutes())
    + (withSeconds ? ":" + pad(date.getUTCSeconds()) : "");
}

function moment(millis) {
  return day(millis) + " " + clock(millis, true) + " UTC";
}

/** A period as short as it can be said. */
function period(from, to) {
  if (from === undefined) return "no traffic yet";
  return day(from) === day(to)
    ? day(from) + ", " + clock(from) + " to " + clock(to) + " UTC"
    : day(from) + " " + clock(from) + " to " + day(to) + " " + clock(to) + " UTC";
}

/** "transition_log_loss" as words. */
function words(name) {
  const text = name.replace(/[_-]+/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Round steps for an axis from 0 to at least max. */
function axisSteps(max, wanted) {
  const rough = (max || 1) / wanted;
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough));
  const steps = [];
  for (let at = 0; at < (max || 1) + step; at += step) steps.push(at);
  return steps;
}
