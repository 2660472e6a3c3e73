// SPDX-License-Identifier: MIT
// speedscope.mjs FILE…: each is Chrome trace events, read by a viewer that others have written:
// speedscope, in a real Chromium. Prints what is wrong; 77: it is not there. It is looked for in
// CT_NODE_MODULES (a folder with node_modules), else where scripts/install-packages.sh puts it.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { basename, dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Browser } from './browser.mjs';

const installed = fileURLToPath(new URL('../../../build/node', import.meta.url));
const require = createRequire((process.env.CT_NODE_MODULES ?? installed) + '/x.js');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
let folder, text;

try {
	folder = dirname(require.resolve('speedscope/package.json')) + '/dist/release/';
} catch {
	process.exit(77);
}
// Modules are not loaded from a disk.
const server = createServer((request, response) => {
	const name = basename(request.url.replace(/[?#].*/, ''));
	try {
		const body = name === 'trace.json' ? text : readFileSync(folder + name);
		response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream');
		response.end(body);
	} catch {
		response.statusCode = 404;
		response.end();
	}
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.on('listening', resolve));
const address = `http://127.0.0.1:${server.address().port}`;
const browser = new Browser();

// Each task that has spans is a profile of its own there.
const profiles = () => {
	const spans = JSON.parse(text).traceEvents.filter((e) => e.ph === 'X');
	return new Set(spans.map((e) => `${e.pid} ${e.tid}`)).size;
};
for (const file of process.argv.slice(2)) {
	const say = (what) => console.log(`${basename(file)}: ${what}`);
	text = readFileSync(file, 'utf8');
	const page = await browser.open('/dev/null');
	await page.send('Page.navigate', { url: `${address}/index.html#profileURL=/trace.json` });
	const count = await page.until(
		'(document.body?.innerText.match(/\\(tid \\d+\\) \\(1\\/(\\d+)\\)/) || [])[1]',
		20000,
	);
	if (+count !== profiles()) say(`${count} profiles instead of ${profiles()}`);
	// what it takes for an error of the trace, it says in the console
	for (const message of page.messages)
		if (/warn|mismatch|tried|unexpected|ignor|fail/i.test(message.replace(/WebGL.*/g, '')))
			say(message);
	await page.close();
}
await browser.close();
server.close();
