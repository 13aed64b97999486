import { connect, migrate } from "@tidemark/db";
import { createPostgresDatabase } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { evenly, start } from "./busy-world.ts";
import { askedTwice } from "./requests.ts";
import { startCollecting } from "./start-collecting.ts";
import { storedTables } from "./stored-tables.ts";
import { goodTick } from "./tick.ts";
import { days, expectEveryAttempt, later } from "./truth.ts";
import { worldOf } from "./world-of.ts";

it("T31: two collections at once store everything once, and the one that comes late leaves the work to the other", async () => {
	const runs = evenly(120, 60_000).map((run) =>
		run.id === 7
			? {
					...run,
					attempts: run.attempts.map((each) => ({
						...each,
						jobs: [{ startedAt: each.startedAt, completedAt: each.endedAt ?? null }],
					})),
				}
			: { ...run, attempts: run.attempts.map(({ startedAt }) => ({ startedAt })) },
	);
	await using github = await worldOf(runs, { now: later(start, days(1)) });
	github.app.addPull({ number: 1, createdAt: start });
	const url = await createPostgresDatabase();
	const db = await connect({ url, directory: "" });
	await migrate(db);
	// Neither is answered before both have asked for something.
	const first = startCollecting(url, github);
	const second = startCollecting(url, github);
	let asking = 0;
	const both = Promise.withResolvers<void>();
	github.onRequest(async ({ path }) => {
		if (path === "/repos/acme/app" && ++asking === 2) both.resolve();
		await both.promise;
	});
	const ticked = (await Promise.all([first.ended, second.ended])).flatMap(({ outcomes }) => outcomes);
	const ends = ["github:commits", "github:jobs", "github:pulls", "github:runs"];
	expect(ticked.filter((line) => line.endsWith(" done")).sort()).toEqual(
		expect.arrayContaining(ends.map((source) => `${source} done`)),
	);
	await expectEveryAttempt(db, runs, github.clock.iso());
	expect(askedTwice(github.requests).filter((address) => address.includes("/jobs"))).toEqual([]);
	const tables = await storedTables(db);
	await goodTick(db, github);
	expect(await storedTables(db)).toEqual(tables);
	await db.close();
});
