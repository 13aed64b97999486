import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseInstant } from "@tidemark/core";

/** Copies a usage file whose first column is the time, with all times moved by as much as makes the newest one now. */
export async function moveToNow(from: URL, to: string): Promise<void> {
	const [header, ...lines] = (await readFile(from, "utf8")).trim().split(/\r?\n/);
	const rows = lines.map((line) => {
		const [time = "", ...rest] = line.split(",");
		return { instant: parseInstant(time), rest: rest.join(",") };
	});
	const newest =
		rows
			.map(({ instant }) => instant)
			.toSorted()
			.at(-1) ?? "";
	const byMs = Date.now() - Date.parse(newest);
	const moved = rows.map(({ instant, rest }) => `${later(instant, byMs)},${rest}`);
	await mkdir(dirname(to), { recursive: true });
	await writeFile(to, `${[header, ...moved].join("\n")}\n`);
}

/** Microseconds are more than a Date holds; they stay what they were. */
function later(instant: string, byMs: number): string {
	const milliseconds = new Date(Date.parse(`${instant.slice(0, 23)}Z`) + byMs).toISOString().slice(0, 23);
	return `${milliseconds}${instant.slice(23)}`;
}
