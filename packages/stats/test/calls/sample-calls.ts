import { readFileSync } from "node:fs";
import type { Row } from "@tidemark/db";

type Call = Row<"llm_calls">;

/** A call of which nothing is known but when it was; `facts` say more. No two are the same call. */
export function call(timestamp: string, facts: Partial<Call> = {}): Call {
	made++;
	return { timestamp, source: "test", sourceId: `call-${made}`, ...facts };
}

let made = 0;

/** The five calls of the usage log in examples/, as the csv source would hand them over, less their prices. */
export function exampleCalls(): Call[] {
	const [header = "", ...lines] = readFileSync(
		new URL("../../../../examples/usage-csv/usage.csv", import.meta.url),
		"utf8",
	)
		.trim()
		.split("\n");
	const names = header.split(",");
	return lines.map((line) => {
		const cells = line.split(",");
		const cell = (name: string) => cells[names.indexOf(name)] ?? "";
		return call(cell("timestamp"), {
			model: cell("model"),
			inputTokens: Number(cell("prompt_tokens")),
			outputTokens: Number(cell("completion_tokens")),
			success: cell("task_success") === "true",
			phase: cell("task_type"),
			durationMs: Number(cell("duration_ms")),
		});
	});
}
