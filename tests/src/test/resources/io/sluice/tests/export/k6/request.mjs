// Sends the one request that standard input describes, and prints the response.
import http from 'node:http';

let input = '';
for await (const chunk of process.stdin) input += chunk;
const { method, url, body, headers } = JSON.parse(input);
const sent = http.request(url, { method, headers }, async (response) => {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) text += chunk;
  const received = {};
  for (let i = 0; i < response.rawHeaders.length; i += 2) received[response.rawHeaders[i]] = response.rawHeaders[i + 1];
  const setCookies = response.headers['set-cookie'] || [];
  process.stdout.write(JSON.stringify({ status: response.statusCode, headers: received, setCookies, body: text }));
});
sent.end(body === null ? undefined : body);
