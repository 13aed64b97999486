import { hostname } from "node:os";
import { expect, test } from "vitest";
import type { Queryable } from "../src/database.ts";
import { LockedError } from "../src/errors.ts";
import { acquireLease, fence, releaseLease } from "../src/lease.ts";
import { save } from "../src/save.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { emptyTables } from "../src/testing/index.ts";
import { refusal, refused } from "./refusal.ts";
import { call } from "./sample-rows.ts";

const name = "csv usage.csv";

const expire = (db: Queryable) => db.query("UPDATE locks SET expires_at = clock_timestamp() - interval '1 second'");
const calls = (db: Queryable) => db.query("SELECT source_id FROM llm_calls");

async function secondsLeft(db: Queryable): Promise<number | undefined> {
	const [lock] = await db.query<{ left: number }>(
		"SELECT extract(epoch FROM expires_at - clock_timestamp())::float8 AS left FROM locks",
	);
	return lock?.left;
}

describeOnBothEngines("a lease", (open) => {
	const db = emptyTables(open);

	test("is refused while it is held, naming its holder", async () => {
		await acquireLease(db(), name);
		const error = await refused(() => acquireLease(db(), name));
		expect(error).toBeInstanceOf(LockedError);
		const words = `${error.message}\n${error.fix}`
			.replace(`process ${process.pid} on ${hostname()}`, "process <pid> on <host>")
			.replace(/since \S+Z/, "since <time>");
		expect(words).toMatchInlineSnapshot(`
			"csv usage.csv is being ingested by process <pid> on <host> since <time>.
			Wait for it, or stop it; a lease without a sign of life is free again after 60 seconds."
		`);
	});

	test("is free again once it was given back", async () => {
		await releaseLease(db(), await acquireLease(db(), name));
		expect(await acquireLease(db(), name)).toMatchObject({ name });
	});

	test("of another name is another lease", async () => {
		await acquireLease(db(), name);
		expect(await acquireLease(db(), "csv other.csv")).toMatchObject({ name: "csv other.csv" });
	});

	test("lasts a minute from the last sign of life", async () => {
		const lease = await acquireLease(db(), name);
		expect(await secondsLeft(db())).toBeCloseTo(60, -1);
		await db().query("UPDATE locks SET expires_at = clock_timestamp() + interval '1 second'");
		await fence(db(), lease);
		expect(await secondsLeft(db())).toBeGreaterThan(50);
	});

	test("that has expired is taken over, and what its old holder still writes is not committed", async () => {
		const old = await acquireLease(db(), name);
		await expire(db());
		const taken = await acquireLease(db(), name);
		expect(taken.holder).not.toBe(old.holder);
		const late = () =>
			db().transaction(async (tx) => {
				await save(tx, { llm_calls: [call()] });
				await fence(tx, old);
			});
		expect(await refusal(late)).toMatchInlineSnapshot(`
			"Another process has taken over csv usage.csv; nothing more was written by this one.
			This process was suspended or cut off from the database for longer than its lease.
			Nothing is lost: the other process goes on from what was committed."
		`);
		expect(await calls(db())).toEqual([]);
		await db().transaction((tx) => fence(tx, taken));
	});

	test("that has expired is still its holder's while nobody else takes it", async () => {
		const lease = await acquireLease(db(), name);
		await expire(db());
		await fence(db(), lease);
		await expect(acquireLease(db(), name)).rejects.toThrow(LockedError);
	});

	test("is not given back by a process that has lost it", async () => {
		const old = await acquireLease(db(), name);
		await expire(db());
		await acquireLease(db(), name);
		await releaseLease(db(), old);
		await expect(acquireLease(db(), name)).rejects.toThrow(LockedError);
	});

	test("of a machine that was restarted meanwhile is taken over at once", async () => {
		await acquireLease(db(), name);
		await db().query("UPDATE locks SET boot_id = 'of an earlier start'");
		expect(await acquireLease(db(), name)).toMatchObject({ name });
	});

	test("of another machine is waited for, whatever its process id", async () => {
		await acquireLease(db(), name);
		await db().query("UPDATE locks SET host = 'elsewhere', boot_id = 'another', pid = 999999999");
		expect(await refusal(() => acquireLease(db(), name))).toContain("process 999999999 on elsewhere");
	});
});
