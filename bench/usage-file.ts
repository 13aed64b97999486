import { once } from "node:events";
import { createWriteStream } from "node:fs";

const header = "timestamp,model,prompt_tokens,completion_tokens,task_success,task_type,duration_ms,notes\n";
/** As people use them today: some have tiers, and some have other prices on some days. */
const models = [
	"gpt-4o",
	"gpt-4o-mini",
	"claude-sonnet-4-5",
	"claude-opus-4-6",
	"gemini-2.5-pro",
	"gpt-5.2",
	"gpt-5-mini",
	"deepseek-chat",
];
const tasks = ["plan", "execute", "quick"];
const spanMs = 29 * 86_400_000;

/** A usage file in order of time, spread over the last 29 days, about 74 bytes a row and what the notes are longer. */
export async function writeUsageFile(path: string, rows: number, until: number, moreNotes = ""): Promise<void> {
	const out = createWriteStream(path);
	out.write(header);
	// Park and Miller's generator: its lowest bits are as random as the others, so that every model gets its share.
	let seed = 12_345;
	const pick = (count: number) => {
		seed = (seed * 48_271) % 2_147_483_647;
		return seed % count;
	};
	for (let row = 0; row < rows; row++) {
		const timestamp = new Date(until - spanMs + (row / rows) * spanMs).toISOString();
		const model = models[pick(models.length)];
		const line = `${timestamp},${model},${pick(5000)},${pick(2000)},${pick(10) > 0},${tasks[pick(3)]},${pick(90_000)},Phase ${pick(9)} step ${pick(1000)}${moreNotes}\n`;
		if (!out.write(line)) await once(out, "drain");
	}
	out.end();
	await once(out, "close");
}
