import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeSource, type SourceFixture } from "@tidemark/core/testing";
import { temporaryDirectory } from "@tidemark/db/testing";
import { csv } from "../src/csv/source.ts";

const header = "timestamp,model,prompt_tokens,completion_tokens,task_success,task_type,duration_ms,notes";

/** Three pages of rows; some equal, some out of order, some of several lines, line ends mixed. */
function usageLines(): string[] {
	return Array.from({ length: 12_000 }, (_, index) => {
		const isLate = index % 1000 === 999;
		const second = Math.floor((isLate ? index - 500 : index) / 5);
		const timestamp = new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
		const notes = index % 700 === 0 ? '"first line\nsecond line"' : "";
		// Two of five rows of a second are equal to the last letter.
		const tokens = 100 + (index % 5 === 4 ? 3 : index % 5);
		return `${timestamp},gpt-4o,${tokens},20,true,plan,1500,${notes}${index % 2 ? "\r\n" : "\n"}`;
	});
}

const fixture: SourceFixture = {
	async makeWorld() {
		const path = join(temporaryDirectory(), "usage.csv");
		await writeFile(path, `\ufeff${header}\r\n${usageLines().join("")}`);
		return {
			flags: { path: [path] },
			rows: { llm_calls: 12_000 },
			steadyPages: 0,
			async spoil() {
				const text = await readFile(path, "utf8");
				const bad = [
					'2026-01-01T00:00:00Z,"gpt-4o,1,2,true,plan,5,',
					"yesterday,gpt-4o,1,2,true,plan,5,",
					"2026-02-30T00:00:00Z,gpt-4o,1,2,true,plan,5,",
				];
				await writeFile(path, text.replace("\n", `\n${bad.join("\n")}\n`));
				return bad.length;
			},
		};
	},
};

describeSource(csv, fixture);
