import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeSource } from "@tidemark/core/testing";
import { temporaryDirectory } from "@tidemark/db/testing";
import { otlp } from "../../src/otlp/source.ts";

function span(index: number, operation: string) {
	const nanoseconds = BigInt(Date.UTC(2026, 0, 1) + index * 1000) * 1_000_000n + 123_456n;
	return {
		traceId: index.toString(16).padStart(32, "A"),
		spanId: index.toString(16).padStart(16, operation === "chat" ? "B" : "C"),
		name: `${operation} gpt-4o`,
		startTimeUnixNano: String(nanoseconds),
		endTimeUnixNano: String(nanoseconds + 2_000_000_000n),
		attributes: [
			{ key: "gen_ai.operation.name", value: { stringValue: operation } },
			{ key: "gen_ai.request.model", value: { stringValue: "gpt-4o" } },
			{ key: "gen_ai.usage.input_tokens", value: { intValue: String(100 + index) } },
			{ key: "gen_ai.usage.output_tokens", value: { intValue: 10 } },
		],
	};
}

/** A request of three calls, inside an agent whose usage is the sum of theirs. */
function request(index: number): string {
	const spans = [span(index, "invoke_agent"), ...[0, 1, 2].map((call) => span(index * 3 + call, "chat"))];
	return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ scope: { name: "test" }, spans }] }] });
}

describeSource(otlp, {
	async makeWorld() {
		const path = join(temporaryDirectory(), "traces.jsonl");
		await writeFile(path, `${Array.from({ length: 1500 }, (_, index) => request(index)).join("\n")}\n`);
		return {
			flags: { path: [path] },
			rows: { llm_calls: 4500 },
			steadyPages: 0,
			async spoil() {
				const text = await readFile(path, "utf8");
				const base64 = request(5000).replace(/"traceId":"\w+"/g, '"traceId":"W47/95gDgQPSabYzgT/GDA=="');
				const bad = ["{broken", '{"resourceBeans": []}', base64];
				await writeFile(path, text.replace("\n", `\n${bad.join("\n")}\n`));
				return 5;
			},
		};
	},
});
