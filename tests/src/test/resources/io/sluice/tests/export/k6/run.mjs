// Plays every scenario function of a script once: node run.mjs SCRIPT BASE_URL
import { pathToFileURL } from 'node:url';
import { checks } from './index.mjs';

globalThis.__ENV = { BASE_URL: process.argv[3] };
const script = await import(pathToFileURL(process.argv[2]));
for (const scenario of Object.values(script.options.scenarios)) script[scenario.exec]();
console.log(`checks passed ${checks.passed} failed ${checks.failed}`);
