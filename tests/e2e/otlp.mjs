// SPDX-License-Identifier: MIT
// otlp.mjs FILE…: each is an ExportTraceServiceRequest of OpenTelemetry's published protobuf
// schema, in the JSON encoding of OTLP. Prints what is not; 77: the schema is not there. It is
// looked for in CT_NODE_MODULES (a folder with node_modules), else where
// scripts/install-packages.sh puts it.
import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const installed = fileURLToPath(new URL('../../build/node', import.meta.url));
const require = createRequire((process.env.CT_NODE_MODULES ?? installed) + '/x.js');
let Request;

try {
	const entry = require.resolve('@opentelemetry/otlp-transformer');
	const root = require(entry.replace(/[^/]*$/, 'generated/root.js'));
	Request = root.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
} catch {
	process.exit(77);
}
// Identities are hexadecimal in OTLP, not base64 as in protobuf's own JSON.
const LENGTHS = { traceId: 32, spanId: 16, parentSpanId: 16 };
function toBytes(value, key) {
	if (key in LENGTHS) {
		if (!new RegExp(`^[0-9a-f]{${LENGTHS[key]}}$`).test(value))
			throw new Error(`${key}: ${value}`);
		return Buffer.from(value, 'hex');
	}
	if (Array.isArray(value)) return value.map((v) => toBytes(v, ''));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toBytes(v, k)]));
}
// Names that the schema does not know are lost on the way, and values of another type changed.
// Numbers of 64 bits come back as strings: what OTLP asks for.
function check(text) {
	const wanted = toBytes(JSON.parse(text), '');
	const message = Request.fromObject(wanted);
	const wrong = Request.verify(message);
	if (wrong) throw new Error(wrong);
	const again = Request.decode(Request.encode(message).finish());
	const got = Request.toObject(again, { longs: String, arrays: false, objects: false });
	deepStrictEqual(withoutEmpty(got), withoutEmpty(wanted));
	const spans = wanted.resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans));
	if (!spans.length) throw new Error('no spans');
}
// An empty array is no array on the wire.
function withoutEmpty(value) {
	if (Buffer.isBuffer(value)) return value.toString('hex');
	if (Array.isArray(value)) return value.map(withoutEmpty);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, v]) => !(Array.isArray(v) && v.length === 0))
			.map(([k, v]) => [k, withoutEmpty(v)]),
	);
}
for (const file of process.argv.slice(2))
	try {
		check(readFileSync(file, 'utf8'));
	} catch (error) {
		console.log(`${file}: ${error.message}`);
	}
