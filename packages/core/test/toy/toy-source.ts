import { stat } from "node:fs/promises";
import { z } from "zod";
import { readBytes, readLines, type Source, setting } from "../../src/index.ts";

const toyEntry = z.object({ id: z.string(), at: z.string() });
const toyConfig = z.object({
	path: setting(z.string(), { env: "TOY_PATH", flag: "path <file>", words: "The toy's file." }),
});
const toyCursor = z.object({ end: z.number(), lines: z.number() });

export type ToyConfig = z.infer<typeof toyConfig>;
export type ToyCursor = z.infer<typeof toyCursor>;
export type ToyEntry = z.infer<typeof toyEntry>;
export type ToySource = Source<ToyConfig, ToyCursor, ToyEntry>;

const linesPerPage = 3;

/** The smallest source there is: a file with one JSON object on each line. */
export const toySource: ToySource = {
	name: "toy",
	idle: "name a file: --path (TOY_PATH)",
	config: toyConfig,
	cursor: toyCursor,
	entry: toyEntry,
	async *targets({ config }) {
		yield { name: config.path };
	},
	async *read({ name }, from) {
		let items = [];
		let cursor = from ?? { end: 0, lines: 0 };
		if ((await stat(name)).size === cursor.end) return;
		for await (const line of readLines(readBytes(name, cursor.end), {
			offset: cursor.end,
			linesBefore: cursor.lines,
		})) {
			const at = `line ${line.number}`;
			try {
				items.push({ at, entry: JSON.parse(line.text ?? "") });
			} catch {
				items.push({ at, text: line.text ?? "", spoilt: "not JSON" });
			}
			cursor = { end: line.end, lines: line.number };
			if (items.length < linesPerPage) continue;
			yield { items, cursor };
			items = [];
		}
		if (items.length > 0) yield { items, cursor };
	},
	rows: ({ id, at }) => ({ llm_calls: [{ timestamp: at, source: "toy", sourceId: id }] }),
};
