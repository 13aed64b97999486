import { hostname } from "node:os";
import { describe, expect, test } from "vitest";
import type { Database } from "../src/database.ts";
import { LockedError } from "../src/errors.ts";
import { acquireLease, fence } from "../src/lease.ts";
import { migrate } from "../src/migrate.ts";
import { openPostgres } from "../src/postgres.ts";
import { save } from "../src/save.ts";
import { createPostgresDatabase } from "../src/testing/postgres-database.ts";
import { otherProcess } from "./other-process.ts";
import { refusal } from "./refusal.ts";
import { call } from "./sample-rows.ts";

const name = "csv usage.csv";

const expire = (db: Database) => db.query("UPDATE locks SET expires_at = clock_timestamp() - interval '1 second'");
const whoWaits = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

describe("a lease on one PostgreSQL", () => {
	async function withDatabases(count: number, use: (databases: readonly Database[], url: string) => Promise<void>) {
		const url = await createPostgresDatabase();
		const databases = await Promise.all(Array.from({ length: count }, () => openPostgres(url)));
		try {
			for (const db of databases.slice(0, 1)) await migrate(db);
			await use(databases, url);
		} finally {
			await Promise.all(databases.map((db) => db.close()));
		}
	}

	test("is taken by exactly one of several that want it at once", async () => {
		await withDatabases(4, async (databases) => {
			for (let round = 0; round < 30; round++) {
				// Every other time one is there already, to be taken over.
				const wanted = `round ${Math.floor(round / 2)}`;
				if (round % 2 === 1) await Promise.all(databases.slice(0, 1).map(expire));
				const outcomes = await Promise.allSettled(databases.map((db) => acquireLease(db, wanted)));
				const losers = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
				expect(losers.map((reason) => reason instanceof LockedError)).toEqual([true, true, true]);
			}
		});
	});

	test("of a process that was killed is taken over at once", async () => {
		await withDatabases(1, async ([db], url) => {
			if (!db) expect.unreachable();
			const holder = otherProcess(`
				import { acquireLease } from "src/lease.ts";
				import { openPostgres } from "src/postgres.ts";
				await acquireLease(await openPostgres(${JSON.stringify(url)}), ${JSON.stringify(name)});
				console.log("held");`);
			await holder.line();
			expect(await refusal(() => acquireLease(db, name))).toContain(`process ${holder.pid} on ${hostname()}`);
			await holder.kill();
			expect(await acquireLease(db, name)).toMatchObject({ name });
		});
	});

	test("cannot be taken over in the middle of its holder's transaction", async () => {
		await withDatabases(2, async ([one, other]) => {
			if (!one || !other) expect.unreachable();
			const lease = await acquireLease(one, name);
			await expire(one);
			let taking: Promise<unknown> | undefined;
			await one.transaction(async (tx) => {
				await fence(tx, lease);
				taking = acquireLease(other, name).catch((error: unknown) => error);
				while ((await one.query(whoWaits)).length === 0);
				await save(tx, { llm_calls: [call()] });
			});
			expect(await taking).toBeInstanceOf(LockedError);
			expect(await one.query("SELECT 1 FROM llm_calls")).toHaveLength(1);
		});
	});

	test("is reported as held when its holder is suspended in the middle of a transaction", async () => {
		await withDatabases(2, async ([one, other]) => {
			if (!one || !other) expect.unreachable();
			const lease = await acquireLease(one, name);
			await one.transaction(async (tx) => {
				await fence(tx, lease);
				expect(await refusal(() => acquireLease(lessPatient(other), name))).toMatchInlineSnapshot(`
					"csv usage.csv is being ingested by another process.
					Wait for it, or stop it; a lease without a sign of life is free again after 60 seconds."
				`);
			});
		});
	});
});

/** The same database, but nobody waits five seconds for a lock in it. */
function lessPatient(db: Database): Database {
	return {
		...db,
		transaction: (work) =>
			db.transaction((tx) =>
				work({ query: (text, parameters) => tx.query(text.replace("'5s'", "'50ms'"), parameters) }),
			),
	};
}
