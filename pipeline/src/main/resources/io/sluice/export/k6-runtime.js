// A workload learned by Sluice. Run it: k6 run -e BASE_URL=http://127.0.0.1:8080 -e DURATION=5m workload.k6.js
import http from 'k6/http';
import { check, sleep } from 'k6';

const BASE_URL = __ENV.BASE_URL || 'http://127.0.0.1:8080';
const DURATION = __ENV.DURATION || '1m';
const THINK_SCALE = Number(__ENV.THINK_SCALE || 1);

// Pauses for one of the learned deciles of think time, in milliseconds.
function think(deciles) {
  if (deciles.length > 0) sleep((any(deciles) * THINK_SCALE) / 1000);
}

// Sends one request, checks its status and returns the response.
function send(name, method, url, body, headers, statuses) {
  const response = http.request(method, BASE_URL + url, body, { headers, tags: { name }, redirects: 0 });
  check(response, { [`${name} is ${statuses.join(' or ')}`]: (r) => statuses.includes(r.status) });
  return response;
}

// What stands at a place in a response; '' where nothing does. Places look like ['json', 'items', [], 'id'] with []
// for any element, ['header', 'Location'], ['header', 'Location', -1] for a path segment of its URL, ['cookie', 'sid'].
function take(response, [part, ...keys]) {
  let value;
  if (part === 'cookie') {
    value = response.cookies[keys[0]] && response.cookies[keys[0]][0].value;
  } else if (part === 'header') {
    value = inHeader(response.headers, keys[0], keys[1]);
  } else {
    try {
      value = inJson(response.json(), keys);
    } catch (notJson) {
      value = '';
    }
  }
  return value === null || value === undefined ? '' : String(value);
}

function inHeader(headers, name, segment) {
  const found = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase());
  if (found === undefined || segment === undefined) return headers[found];
  const segments = headers[found].replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*/, '').split('/').slice(1);
  return decodeURIComponent(segments[segment < 0 ? segments.length + segment : segment] || '');
}

function inJson(value, [key, ...rest]) {
  if (key === undefined || value === null || value === undefined) return value;
  if (!Array.isArray(key)) return inJson(value[key], rest);
  return Object.values(value).map((element) => inJson(element, rest)).find((found) => found !== undefined && found !== null);
}

function any(list) {
  return list[Math.floor(Math.random() * list.length)];
}

// Draws a value by weight from [[value, weight], ...].
function choose(choices) {
  let left = Math.random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of choices) {
    left -= weight;
    if (left <= 0) return value;
  }
  return choices[choices.length - 1][0];
}

function digits(count) {
  return Array.from({ length: count }, () => Math.floor(Math.random() * 10)).join('');
}

function letters(count) {
  return Array.from({ length: count }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join('');
}

// Fresh values, different in every replayed session.
const fresh = {
  EMAIL: () => `${letters(12)}@example.org`,
  PHONE: () => `+1555${digits(7)}`,
  NAME: () => letters(1).toUpperCase() + letters(7),
  UUID: () => 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(Math.random() * 16).toString(16)),
  INTEGER: (length) => String(1 + Math.floor(Math.random() * 9)) + digits((length || 6) - 1),
  DATE: () => new Date(Date.now() - Math.random() * 3e10).toISOString().slice(0, 10),
  PASSWORD: (length) => `Aa1-${letters(Math.max((length || 16) - 4, 4))}`,
  TEXT: (length) => letters(length || 12),
};

// Encoders for the place a value goes to.
const asPath = (value) => encodeURIComponent(value);
const asForm = (value) => encodeURIComponent(value).replace(/%20/g, '+');
const asJson = (value) => JSON.stringify(String(value)).slice(1, -1);
const asIs = (value) => String(value);
