import { type Database, startClock } from "@tidemark/db";
import { expect, it } from "vitest";
import { defineSource, runIngestion } from "../src/index.ts";
import { describeOnEmptiedDatabase } from "../src/testing/describe-on-emptied-database.ts";
import { instant, scripted } from "./scripted/scripted-source.ts";

const dayMs = 86_400_000;
/** A leap day is among them. */
const [begin, end] = [Date.UTC(2023, 0, 1, 6), Date.UTC(2026, 0, 1, 6)];
const given = { flags: { retention: "6mo" }, environment: {} };

interface Holdings {
	readonly calls: number;
	readonly oldest: string;
	readonly letters: number;
	readonly ingestions: number;
}

async function readHoldings(db: Database): Promise<Holdings | undefined> {
	const [holdings] = await db.query<Holdings>(`SELECT (SELECT count(*)::int FROM llm_calls) AS calls,
(SELECT min(timestamp) FROM llm_calls) AS oldest, (SELECT count(*)::int FROM dead_letters) AS letters,
(SELECT count(*)::int FROM ingestions) AS ingestions`);
	return holdings;
}

describeOnEmptiedDatabase("three years of daily ingestion with a retention of six months", (open) => {
	it("hold six months, and read nothing twice", { timeout: 120_000 }, async () => {
		const db = await open();
		const entries: unknown[] = [];
		const sources = [defineSource(scripted({ entries }))];
		const infos: string[] = [];
		const report = { info: (text: string) => infos.push(text), warn: () => undefined, progress: () => undefined };
		const inserted: number[] = [];
		for (let now = begin; now < end; now += dayMs) {
			// A call of an hour ago, and once a week a line that is none.
			entries.push({ id: `call-${entries.length}`, at: instant(now - 3_600_000) });
			if (new Date(now).getUTCDay() === 1) entries.push({ id: entries.length });
			const { results, pruned } = await runIngestion({
				db,
				sources,
				given,
				// `all`, once a week, also prunes.
				isNamed: new Date(now).getUTCDay() !== 1,
				clock: startClock(instant(now)),
				cancel: new AbortController().signal,
				report,
			});
			const [target] = results.flatMap((result) => (result.outcome === "ran" ? result.targets : []));
			expect(target).toMatchObject({ outcome: "done", counts: { expired: 0 } });
			inserted.push(target?.counts.inserted ?? 0);
			if (!pruned) continue;
			const holdings = await readHoldings(db);
			expect(holdings && holdings.oldest >= (pruned.cut ?? "~")).toBe(true);
			const isFull = now - begin > 184 * dayMs;
			expect(holdings?.calls).toBeLessThanOrEqual(184);
			if (isFull) expect(holdings?.calls).toBeGreaterThanOrEqual(181);
			if (isFull) expect(holdings?.letters).toBeGreaterThanOrEqual(25);
			expect(holdings?.letters).toBeLessThanOrEqual(28);
			expect(holdings?.ingestions).toBeLessThanOrEqual(185);
		}
		expect(inserted).toEqual(inserted.map(() => 1));
		expect(inserted).toHaveLength(1096);
		expect(infos).toEqual([]);
	});
});
