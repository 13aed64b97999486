import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryDirectory } from "@tidemark/db/testing";
import type { SourceFixture } from "../../src/testing/index.ts";

/** A file for the toy source with that many lines, one call in each second. */
export async function toyFile(lines: number): Promise<string> {
	const path = join(temporaryDirectory(), "toy.jsonl");
	await writeFile(path, Array.from({ length: lines }, (_, number) => toyLine(number)).join(""));
	return path;
}

function toyLine(number: number): string {
	const at = new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString().replace("Z", "000Z");
	return `${JSON.stringify({ id: `call-${number}`, at })}\n`;
}

/** Ten lines in a file: four pages. */
export const toyFixture: SourceFixture = {
	async makeWorld() {
		const path = await toyFile(10);
		return {
			flags: { path },
			rows: { llm_calls: 10 },
			steadyPages: 0,
			async spoil() {
				const lines = (await readFile(path, "utf8")).split(/(?<=\n)/);
				await writeFile(path, lines.toSpliced(4, 0, "{ broken\n", '{"id": 7}\n').join(""));
				return 2;
			},
		};
	},
};
