import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "@tidemark/db";
import { describeOnPostgres, temporaryDirectory } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { ingestCsv } from "./ingest-csv.ts";

const header = "timestamp,model,prompt_tokens,completion_tokens,task_success,task_type,duration_ms,notes\n";

function goodRow(index: number): string {
	const timestamp = new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString();
	return `${timestamp},gpt-4o,${index % 4000},7,true,plan,12.5,"a ""quoted"" note, ${index}"\n`;
}

/** What must cost only itself: what the row looks like, and why it is refused; null where it can be stored after all. */
const hostileRows: readonly (readonly [row: string, reason: RegExp | null])[] = [
	["2026-01-01T00:00:00Z,gpt-4o,1e400,1,true,plan,5,\n", /input_tokens "1e400" is too large/],
	["2026-01-01T00:00:00Z,gpt-4o,-5,1,true,plan,5,\n", /input_tokens "-5" is negative/],
	["2026-02-30T00:00:00Z,gpt-4o,5,1,true,plan,5,\n", /not a day and time that exist/],
	["2026-01-01T00:00:00Z,gpt-4o,9223372036854775808,1,true,plan,5,\n", /too large to be a count/],
	["2026-01-01T00:00:00Z,gpt-4o,NaN?,1,true,plan,5,\n", /is not a number/],
	["2026-01-01T00:00:00Z,gpt-4o,1.5,1,true,plan,5,\n", /is not a whole number/],
	[",gpt-4o,1,1,true,plan,5,\n", /timestamp is missing/],
	["2026-01-01T00:00:00Z,gpt-4o,1,1,perhaps,plan,5,\n", /neither true nor false/],
	[`2026-01-01T00:00:00Z,gpt-4o,${"9".repeat(1_000_000)},1,true,plan,5,\n`, /too large to be a number/],
	[`2026-01-01T00:00:00Z,gpt-4o,1,1,true,plan,5,${"x".repeat(2_000_000)}\n`, /longer than 1048576 bytes/],
	['2026-01-01T00:00:00Z,"gpt-4o,1,1,true,plan,5,\n', /never closed/],
	["2026-01-01T00:00:00Z,gpt-4o,1\u00002,1,true,plan,5,\n", /is not a number/],
	["2026-01-01T00:00:00Z,gpt-4o\u0000,1,1,true,plan,5,nul\u0000nul\n", null],
	// A lone surrogate, as careless encoders write it.
	["2026-01-01T00:00:00Z,gpt-4o,1,1,true,plan,5,\udcff\n", null],
];

function toBytes(row: string): Buffer {
	const [before = "", after] = row.split("\udcff");
	return after === undefined
		? Buffer.from(row)
		: Buffer.concat([Buffer.from(before), Buffer.from([0xed, 0xb3, 0xbf]), Buffer.from(after)]);
}

async function goodRowsIn(db: Database): Promise<number | undefined> {
	const [found] = await db.query<{ count: number }>(
		`SELECT count(*)::int AS count FROM llm_calls WHERE notes = 'a "quoted" note, ' || extract(epoch FROM timestamp - '2026-01-01T00:00:00Z')::int`,
	);
	return found?.count;
}

describeOnPostgres("a usage file of which one row in a hundred is hostile", (open) => {
	it("loses only those rows, and reports where each stood and why", async () => {
		const db = await open();
		const path = join(temporaryDirectory(), "usage.csv");
		const rows: Buffer[] = [Buffer.from(header)];
		const hostileLines: number[] = [];
		for (let index = 0; index < hostileRows.length * 100; index++) {
			rows.push(Buffer.from(goodRow(index)));
			const hostile = index % 100 === 50 ? hostileRows[Math.floor(index / 100)] : undefined;
			if (!hostile) continue;
			rows.push(toBytes(hostile[0]));
			hostileLines.push(rows.length);
		}
		await writeFile(path, Buffer.concat(rows));
		const { counts, warnings } = await ingestCsv(db, [path]);

		const refused = hostileRows.flatMap(([, reason], index) => (reason ? [{ reason, line: hostileLines[index] }] : []));
		expect(await goodRowsIn(db)).toBe(hostileRows.length * 100);
		expect(counts).toMatchObject({
			read: hostileRows.length * 101,
			inserted: hostileRows.length * 101 - refused.length,
			rejected: refused.length,
		});
		const letters = await db.query<{ at: string; reason: string }>("SELECT at, reason FROM dead_letters");
		const reasonAt = new Map(letters.map(({ at, reason }) => [at, reason]));
		for (const { reason, line } of refused) expect(reasonAt.get(`${path}:${line}`)).toMatch(reason);
		expect(warnings).toHaveLength(6);
		expect(warnings.at(-1)).toContain(`${refused.length - 5} more like these`);
	});

	it("fails after storing the good rows when more is bad than --max-bad allows", async () => {
		const db = await open();
		const path = join(temporaryDirectory(), "usage.csv");
		const bad = "2026-01-01T00:00:00Z,gpt-4o,-1,1,true,plan,5,\n".repeat(2);
		await writeFile(path, header + Array.from({ length: 18 }, (_, index) => goodRow(index)).join("") + bad);
		const { makePlan, defineSource } = await import("@tidemark/core");
		const { csv } = await import("../src/csv/source.ts");
		const report = { info: () => undefined, warn: () => undefined, progress: () => undefined };
		const plan = await makePlan({ db, retention: undefined, maxBad: 0.05, report });
		const [result] = await Array.fromAsync(
			defineSource(csv).ingest(plan, { flags: { path: [path] }, environment: {} }),
		);
		expect(result?.outcome).toBe("failed");
		expect(String(result?.error)).toMatch(/2 of 20 entries were bad \(10 %\), more than 5 %/);
		expect(await goodRowsIn(db)).toBe(18);
	});
});
