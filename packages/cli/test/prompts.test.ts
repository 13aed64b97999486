import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { telemetry } from "./telemetry.ts";

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const shown = (at: string) => at.slice(0, 19).replace("T", " ");

async function withExport(storesPrompts: boolean) {
	const cwd = temporaryDirectory();
	const environment = {
		DATABASE_URL: await createPostgresDatabase(),
		...(storesPrompts && { PORTKEY_STORE_PROMPTS: "true" }),
	};
	const times = [ago(1), ago(2), ago(24 * 60)];
	const texts = ["the newest\nof \u001b[31mthem", "x".repeat(200), "long ago"];
	const lines = times.map((created_at, index) =>
		JSON.stringify({
			id: `log-${index}`,
			created_at,
			ai_model: "gpt-4o",
			request: { messages: [{ role: "user", content: texts[index] }] },
		}),
	);
	await writeFile(join(cwd, "export.jsonl"), `${lines.join("\n")}\n`);
	await telemetry({ args: ["ingest", "portkey", "export.jsonl"], cwd, environment });
	const prompts = (...args: string[]) => telemetry({ args: ["prompts", ...args], cwd, environment });
	return { prompts, times };
}

describe("telemetry prompts", () => {
	it("lists the newest prompts of a period, each on a line of its own that cannot steer the terminal", async () => {
		const { prompts, times } = await withExport(true);
		const { code, out } = await prompts();
		expect(code).toBe(0);
		expect(out).toBe(
			[
				`${shown(times[0] ?? "")}  gpt-4o                the newest of [31mthem`,
				`${shown(times[1] ?? "")}  gpt-4o                ${"x".repeat(56)}…`,
				"",
			].join("\n"),
		);
		expect((await prompts("--limit", "1")).out.split("\n")).toHaveLength(2);
		expect((await prompts("--since", "90d")).out).toContain("long ago");
		expect(JSON.parse((await prompts("--json", "--limit", "1")).out)).toMatchObject([
			{ prompt_id: "log-0", source: "portkey", original_text: "the newest\nof \u001b[31mthem" },
		]);
	});

	it("explains how to store their texts if they are not stored, and how to collect any if there are none", async () => {
		const { prompts } = await withExport(false);
		const { out } = await prompts();
		expect(out).toMatch(/gpt-4o +-\n/);
		expect(out).toContain("Their texts are not stored: PORTKEY_STORE_PROMPTS=true stores them.");
		expect((await prompts("--since", "1s")).out).toBe(
			"No prompts in this period. `pnpm telemetry ingest portkey` collects them.\n",
		);
	});

	it("refuses a limit that is no number", async () => {
		const answer = await telemetry({ args: ["prompts", "--limit", "many"], cwd: temporaryDirectory() });
		expect(answer).toMatchObject({ code: 2, out: "" });
		expect(answer.err).toContain("--limit many is not a number of prompts.");
	});
});
