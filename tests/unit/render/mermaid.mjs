// SPDX-License-Identifier: MIT
// Reads a diagram on stdin with Mermaid's own parser: 0 good, 1 bad, 77 no parser. The npm
// packages mermaid and jsdom are looked for in CT_NODE_MODULES (a folder with node_modules),
// else where scripts/install-packages.sh puts them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const installed = fileURLToPath(new URL('../../../build/node', import.meta.url));
const require = createRequire((process.env.CT_NODE_MODULES ?? installed) + '/x.js');
const text = readFileSync(0, 'utf8');
let mermaid;

try {
	const { JSDOM } = require('jsdom');
	const { window } = new JSDOM('<!DOCTYPE html><body></body>');

	Object.assign(globalThis, { window, document: window.document, Option: window.Option });
	mermaid = (await import(pathToFileURL(require.resolve('mermaid')))).default;
} catch {
	process.exit(77);
}
try {
	await mermaid.parse(text);
} catch (error) {
	console.log(error.message);
	process.exit(1);
}
process.exit(0);
