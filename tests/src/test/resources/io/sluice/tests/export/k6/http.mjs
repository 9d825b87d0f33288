// http.request as k6 has it: it blocks until the response is there, and keeps cookies.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./request.mjs', import.meta.url));
const jar = new Map();

function request(method, url, body, params) {
  const headers = { ...params.headers };
  if (jar.size > 0) headers.Cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const child = spawnSync(process.execPath, [program], {
    input: JSON.stringify({ method, url, body, headers }),
    encoding: 'utf8',
    timeout: 20000,
  });
  if (child.status !== 0) throw new Error(child.stderr);
  const response = JSON.parse(child.stdout);
  const cookies = {};
  for (const cookie of response.setCookies) {
    const [pair] = cookie.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    cookies[name] = [{ value: pair.slice(pair.indexOf('=') + 1) }];
    jar.set(name, cookies[name][0].value);
  }
  return { ...response, cookies, json: () => JSON.parse(response.body) };
}

export default { request };
