import { connect, type Database, migrate, tableNames } from "@tidemark/db";
import { createPostgresDatabase } from "@tidemark/db/testing";
import type { RunScript } from "@tidemark/world/github";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evenly, start } from "./busy-world.ts";
import { startCollecting } from "./start-collecting.ts";
import { storedTables } from "./stored-tables.ts";
import { goodTick } from "./tick.ts";
import { days, hours, later } from "./truth.ts";
import { type AcmeWorld, far, single, worldOf } from "./world-of.ts";

const now = later(start, days(1));
const minutes = (count: number) => count * 60_000;

/** Two pages of runs that wait, one that was re-run, one that is running, pull requests, commits: some twenty requests. */
async function smallWorld(): Promise<AcmeWorld> {
	const waiting = evenly(105, minutes(1)).map((run) => single(far(run).id ?? 0, run.createdAt, { status: "queued" }));
	const attempt = (hour: number, conclusion: string) => {
		const startedAt = later(start, hours(hour));
		const endedAt = later(startedAt, minutes(10));
		return { startedAt, endedAt, conclusion, jobs: [{ startedAt, completedAt: endedAt }] };
	};
	const rerun: RunScript = { id: 1, createdAt: start, attempts: [attempt(0, "failure"), attempt(2, "success")] };
	const ended = single(2, later(start, hours(3)), attempt(3, "success"));
	const long = single(3, later(start, minutes(1)), attempt(27, "success"));
	const github = await worldOf([...waiting, rerun, ended, long], { now, validate: false });
	for (let number = 1; number <= 3; number++) {
		github.app.addPull({ number, createdAt: later(start, hours(number)), additions: number });
		github.app.addCommit({ committedAt: later(start, hours(number)) });
	}
	return github;
}

/** What happens until the second collection. */
function moveOn({ app, clock }: AcmeWorld): void {
	const at = later(now, hours(5));
	app.addRun(
		single(4, at, { endedAt: later(at, minutes(5)), jobs: [{ startedAt: at, completedAt: later(at, 60_000) }] }),
	);
	app.addPullEvent(1, { at, kind: "merged" });
	app.addCommit({ committedAt: at });
	clock.set(later(now, hours(24)));
}

describe("a collection that is killed", () => {
	let url: string;
	let db: Database;
	beforeAll(async () => {
		url = await createPostgresDatabase();
		db = await connect({ url, directory: "" });
		await migrate(db);
	});
	afterAll(() => db.close());
	const empty = () => db.query(`TRUNCATE ${[...tableNames, "checkpoints", "dead_letters", "ingestions"].join(", ")}`);

	/** Kills a collection when it asks for the nth time; false if it did not ask so often. */
	async function killAt(github: AcmeWorld, nth: number): Promise<boolean> {
		const { child, ended } = startCollecting(url, github);
		let asked = 0;
		const stop = github.onRequest(async () => {
			if (++asked === nth) child.kill("SIGKILL");
			if (asked >= nth) await ended;
		});
		const { errors } = await ended;
		stop();
		expect(errors).toBe("");
		return asked >= nth;
	}

	it("T30: at any of its requests leaves the same tables as one that is not, once the next has ended", {
		timeout: 120_000,
	}, async () => {
		await using calm = await smallWorld();
		await goodTick(db, calm);
		const undisturbed = [await storedTables(db)];
		moveOn(calm);
		await goodTick(db, calm);
		undisturbed.push(await storedTables(db));
		expect(undisturbed[1]).not.toEqual(undisturbed[0]);
		const kills: number[] = [];
		for (const [index, tables] of undisturbed.entries()) {
			for (let nth = 1; ; nth++) {
				await empty();
				await using github = await smallWorld();
				if (index === 1) {
					await goodTick(db, github);
					moveOn(github);
				}
				const isKilled = await killAt(github, nth);
				await goodTick(db, github);
				expect(await storedTables(db), `killed at request ${nth}`).toEqual(tables);
				if (!isKilled) break;
				kills[index] = nth;
			}
		}
		expect(kills).toEqual([9, 8]);
	});
});
