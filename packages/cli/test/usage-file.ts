import { once } from "node:events";
import { createWriteStream } from "node:fs";

/** What a made-up usage file holds. */
export interface UsageFile {
	readonly path: string;
	readonly rows: number;
	readonly tokens: number;
}

/** A usage file of many different calls of the last days, some of one time and equal to the last letter. */
export async function writeUsageFile(path: string, rows: number): Promise<UsageFile> {
	const out = createWriteStream(path);
	out.write("timestamp,model,prompt_tokens,completion_tokens,task_success,task_type,duration_ms,notes\n");
	const start = Date.now() - 5 * 86_400_000;
	let tokens = 0;
	for (let row = 0; row < rows; row++) {
		const timestamp = new Date(start + Math.floor(row / 4) * 100).toISOString();
		const input = row % 4 === 3 ? 0 : row % 4;
		tokens += input;
		if (!out.write(`${timestamp},gpt-4o,${input},7,true,plan,12.5,\n`)) await once(out, "drain");
	}
	out.end();
	await once(out, "close");
	return { path, rows, tokens };
}
