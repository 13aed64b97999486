import { expect, test } from "vitest";
import { beginIngestion, endIngestion, listLastIngestions } from "../src/ingestion.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { emptyTables } from "../src/testing/index.ts";

const nothing = { read: 0, inserted: 0, updated: 0, unchanged: 0, expired: 0, skipped: 0, rejected: 0 };
const counts = { read: 10, inserted: 1, updated: 2, unchanged: 3, expired: 4, skipped: 5, rejected: 6 };
const now = "2026-08-31T12:00:00.000001Z";

describeOnBothEngines("an ingestion", (open) => {
	const db = emptyTables(open);

	/** Puts it that many minutes back, so that the order does not hang on how fine a clock is. */
	const begunAgo = async (minutes: number, source: string, target: string) => {
		const id = await beginIngestion(db(), { source, target, now });
		await db().query("UPDATE ingestions SET started_at = started_at - make_interval(mins => $2::int) WHERE id = $1", [
			id,
			minutes,
		]);
		return id;
	};

	test("has no outcome until it has ended", async () => {
		await beginIngestion(db(), { source: "csv", target: "one.csv", now });
		expect(await listLastIngestions(db(), 10)).toEqual([
			{
				source: "csv",
				target: "one.csv",
				startedAt: now,
				finishedAt: null,
				outcome: null,
				message: null,
				...nothing,
			},
		]);
	});

	test("ends with an outcome, the counts of its entries, and the reason if it failed", async () => {
		const id = await beginIngestion(db(), { source: "csv", target: "one.csv", now });
		await endIngestion(db(), id, { outcome: "failed", message: "No such file\u0000.", counts, now });
		expect(await listLastIngestions(db(), 10)).toEqual([
			{
				source: "csv",
				target: "one.csv",
				startedAt: now,
				finishedAt: now,
				outcome: "failed",
				message: "No such file.",
				...counts,
			},
		]);
	});

	test("is the last of its source and target when it began last", async () => {
		const older = await begunAgo(3, "csv", "one.csv");
		await begunAgo(2, "csv", "other.csv");
		const newer = await begunAgo(1, "csv", "one.csv");
		await endIngestion(db(), newer, { outcome: "done", counts, now });
		await endIngestion(db(), older, { outcome: "partial", counts, now });
		expect(await listLastIngestions(db(), 10)).toMatchObject([
			{ target: "one.csv", outcome: "done", message: null },
			{ target: "other.csv", outcome: null },
		]);
		expect(await listLastIngestions(db(), 1)).toMatchObject([{ target: "one.csv" }]);
	});
});
