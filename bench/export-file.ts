import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { formatLine, makeLogs } from "../packages/world/src/portkey/index.ts";

const spanMs = 29 * 86_400_000;
const fields = ["id", "trace_id", "created_at", "is_success", "ai_org", "ai_model", "req_units", "res_units"];
const moreFields = ["total_units", "request_url", "cost", "cost_currency", "response_time", "response_status_code"];
const lastFields = ["mode", "config", "prompt_slug", "metadata"];

/** An export of PortKey's as it comes where no texts are asked for, about 640 bytes a line. */
export async function writeExportFile(path: string, lines: number, until: number): Promise<void> {
	const out = createWriteStream(path);
	for (const log of makeLogs({ count: lines, from: until - spanMs, to: until })) {
		if (!out.write(`${formatLine(log, [...fields, ...moreFields, ...lastFields])}\n`)) await once(out, "drain");
	}
	out.end();
	await once(out, "close");
}
