// SPDX-License-Identifier: MIT
// Reads a diagram on stdin, or those in FILE…, with Mermaid's own parser: 0 good, 1 bad, 77 no parser. The npm
// packages mermaid and jsdom are looked for in CT_NODE_MODULES (a folder with node_modules),
// else where scripts/install-packages.sh puts them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const installed = fileURLToPath(new URL('../../../build/node', import.meta.url));
const require = createRequire((process.env.CT_NODE_MODULES ?? installed) + '/x.js');
const files = process.argv.length > 2 ? process.argv.slice(2) : [0];
let mermaid;

try {
	const { JSDOM } = require('jsdom');
	const { window } = new JSDOM('<!DOCTYPE html><body></body>');

	Object.assign(globalThis, { window, document: window.document, Option: window.Option });
	mermaid = (await import(pathToFileURL(require.resolve('mermaid')))).default;
} catch {
	process.exit(77);
}
let status = 0;
for (const file of files)
	try {
		await mermaid.parse(readFileSync(file, 'utf8'));
	} catch (error) {
		console.log(file ? `${file}: ${error.message}` : error.message);
		status = 1;
	}
process.exit(status);
