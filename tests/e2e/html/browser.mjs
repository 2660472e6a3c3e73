// SPDX-License-Identifier: MIT
// A real Chromium over its pipe (--remote-debugging-pipe): pages that a test looks at, clicks,
// types into, touches, photographs and prints. Needs nothing but node and chromium.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FLAGS = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-dev-shm-usage',
	'--hide-scrollbars',
	'--remote-debugging-pipe',
];

export class Browser {
	#id = 0;
	#waiting = new Map();
	#pages = new Map();
	#rest = '';

	constructor() {
		this.profile = mkdtempSync(join(tmpdir(), 'cttrace-chromium.'));
		this.child = spawn('chromium', [...FLAGS, `--user-data-dir=${this.profile}`], {
			stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
		});
		this.child.stdio[4].setEncoding('utf8').on('data', (text) => this.#read(text));
		this.ended = new Promise((resolve) => this.child.on('close', resolve));
		this.ended.then(() =>
			this.#waiting.forEach((w) => w.reject(new Error('chromium ended'))),
		);
	}
	#read(text) {
		const messages = (this.#rest + text).split('\0');
		this.#rest = messages.pop();
		for (const message of messages.map((m) => JSON.parse(m))) {
			const waiting = this.#waiting.get(message.id);
			this.#waiting.delete(message.id);
			if (waiting)
				message.error
					? waiting.reject(
							new Error(
								waiting.method +
									': ' +
									message.error.message,
							),
						)
					: waiting.resolve(message.result);
			else this.#pages.get(message.sessionId)?.tell(message);
		}
	}
	send(method, params = {}, sessionId = undefined) {
		const id = ++this.#id;
		this.child.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
		return new Promise((resolve, reject) =>
			this.#waiting.set(id, { resolve, reject, method }),
		);
	}
	// width, height, touch, dark: of the window; file: with its #fragment.
	async open(file, options = {}) {
		const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
		const { sessionId } = await this.send('Target.attachToTarget', {
			targetId,
			flatten: true,
		});
		const page = new Page(this, sessionId, targetId);
		this.#pages.set(sessionId, page);
		await page.begin(file, options);
		return page;
	}
	async close() {
		await this.send('Browser.close').catch(() => {});
		await this.ended;
		rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
	}
}

class Page {
	messages = []; // what the browser complained about, and uncaught exceptions
	#once = new Map();

	constructor(browser, session, target) {
		Object.assign(this, { browser, session, target });
	}
	send(method, params) {
		return this.browser.send(method, params, this.session);
	}
	tell({ method, params }) {
		if (method === 'Runtime.exceptionThrown')
			this.messages.push(
				params.exceptionDetails.exception?.description ??
					params.exceptionDetails.text,
			);
		if (method === 'Runtime.consoleAPICalled')
			this.messages.push(
				params.args.map((a) => a.value ?? a.description).join(' '),
			);
		if (method === 'Log.entryAdded') this.messages.push(params.entry.text);
		if (method === 'Page.javascriptDialogOpening')
			this.messages.push('dialog: ' + params.message);
		this.#once.get(method)?.();
	}
	event(method) {
		return new Promise((resolve) => this.#once.set(method, resolve));
	}
	async begin(file, { width = 1400, height = 900, touch = false, dark = false }) {
		for (const domain of ['Page', 'Runtime', 'Log'])
			await this.send(domain + '.enable');
		await this.send('Emulation.setDeviceMetricsOverride', {
			width,
			height,
			deviceScaleFactor: touch ? 2 : 1,
			mobile: touch,
		});
		await this.send('Emulation.setTouchEmulationEnabled', {
			enabled: touch,
			maxTouchPoints: 5,
		});
		await this.send('Emulation.setEmulatedMedia', {
			features: [
				{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
			],
		});
		const loaded = this.event('Page.loadEventFired');
		await this.send('Page.navigate', { url: 'file://' + file });
		await loaded;
	}
	// The value of an expression in the page; a promise is waited for.
	async get(expression) {
		const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
			expression,
			awaitPromise: true,
			returnByValue: true,
		});
		if (exceptionDetails)
			throw new Error(
				expression +
					': ' +
					(exceptionDetails.exception?.description ??
						exceptionDetails.text),
			);
		return result.value;
	}
	// Two frames: what was asked for has been drawn.
	frame() {
		return this.get(
			'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))',
		);
	}
	// Until the expression is true; its last value when it never is.
	async until(expression, limit = 10000) {
		let value;
		for (const begin = Date.now(); Date.now() - begin < limit; await this.frame())
			if ((value = await this.get(expression))) return value;
		return value;
	}
	async key(key, modifiers = 0) {
		const text = key.length === 1 ? key : key === 'Enter' ? '\r' : undefined;
		const codes = {
			Enter: 13,
			Escape: 27,
			Tab: 9,
			ArrowLeft: 37,
			ArrowUp: 38,
			ArrowRight: 39,
			ArrowDown: 40,
		};
		const params = {
			key,
			text,
			modifiers,
			windowsVirtualKeyCode: codes[key] ?? key.toUpperCase().charCodeAt(0),
		};
		await this.send('Input.dispatchKeyEvent', { type: 'keyDown', ...params });
		await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...params });
		await this.frame();
	}
	async type(text) {
		await this.send('Input.insertText', { text });
		await this.frame();
	}
	async mouse(type, x, y, more = {}) {
		await this.send('Input.dispatchMouseEvent', {
			type,
			x,
			y,
			button: 'left',
			buttons: type === 'mouseMoved' ? 0 : 1,
			clickCount: 1,
			...more,
		});
	}
	async click(x, y) {
		await this.mouse('mouseMoved', x, y, { button: 'none' });
		await this.mouse('mousePressed', x, y);
		await this.mouse('mouseReleased', x, y);
		await this.frame();
	}
	async clickOn(selector) {
		const [x, y] = await this.get(
			`(() => { const r = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`,
		);
		await this.click(x, y);
	}
	async wheel(x, y, deltaY, modifiers = 0) {
		await this.send('Input.dispatchMouseEvent', {
			type: 'mouseWheel',
			x,
			y,
			deltaX: 0,
			deltaY,
			modifiers,
		});
		await this.frame();
	}
	// Fingers along ways: each an array of [x, y], all of one length.
	async touch(...ways) {
		const points = (i) => ways.map((way, id) => ({ x: way[i][0], y: way[i][1], id }));
		await this.send('Input.dispatchTouchEvent', {
			type: 'touchStart',
			touchPoints: points(0),
		});
		for (let i = 1; i < ways[0].length; i++) {
			await this.send('Input.dispatchTouchEvent', {
				type: 'touchMove',
				touchPoints: points(i),
			});
			await this.frame();
		}
		await this.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
		await this.frame();
	}
	async screenshot(file) {
		const { data } = await this.send('Page.captureScreenshot', { format: 'png' });
		writeFileSync(file, Buffer.from(data, 'base64'));
	}
	async pdf(file) {
		const { data } = await this.send('Page.printToPDF', {
			printBackground: true,
			preferCSSPageSize: true,
		});
		writeFileSync(file, Buffer.from(data, 'base64'));
	}
	close() {
		return this.browser.send('Target.closeTarget', { targetId: this.target });
	}
}
