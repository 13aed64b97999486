import { describeOnPostgres, emptyTables } from "@tidemark/db/testing";
import type { RunScript } from "@tidemark/world/github";
import { expect, it } from "vitest";
import { start } from "./busy-world.ts";
import { goodTick, tick } from "./tick.ts";
import { days, expectEveryAttempt, hours, later } from "./truth.ts";
import { withoutPauses } from "./without-pauses.ts";
import { type AcmeWorld, worldOf } from "./world-of.ts";

/** Everything that a seed decides; another seed is another world. */
class Chance {
	#state: number;
	constructor(seed: number) {
		this.#state = seed;
	}
	/** A whole number below a limit (a linear congruential generator, Numerical Recipes). */
	below(limit: number): number {
		this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((this.#state / 2 ** 32) * limit);
	}
	isOneIn(count: number): boolean {
		return this.below(count) === 0;
	}
}

/** Adds runs over a span of time; one in ten is re-run, up to 20 days later. */
function addRuns(
	github: AcmeWorld,
	runs: RunScript[],
	chance: Chance,
	count: number,
	from: string,
	spanMs: number,
): void {
	for (let index = 0; index < count; index++) {
		const createdAt = later(from, Math.floor((spanMs * index) / count));
		const endedAt = later(createdAt, 60_000 + chance.below(hours(10)));
		const again = later(endedAt, chance.below(days(20)));
		const first = { startedAt: createdAt, endedAt, conclusion: "failure" };
		const second = { startedAt: again, endedAt: later(again, 60_000) };
		const run = { id: runs.length + 1, createdAt, attempts: chance.isOneIn(10) ? [first, second] : [first] };
		runs.push(run);
		github.app.addRun(run);
	}
}

/** Deletes some of the newest runs at GitHub. */
function deleteRuns(github: AcmeWorld, runs: RunScript[], chance: Chance): void {
	for (let left = chance.below(20); left > 0; left--) {
		const index = runs.length - 1 - chance.below(Math.min(300, runs.length));
		const run = runs[index];
		if (run?.id === undefined) continue;
		github.app.deleteRun(run.id);
		runs[index] = { ...run, deletedAt: github.clock.iso() };
	}
}

withoutPauses();

describeOnPostgres("a world in which everything goes wrong at once", (open) => {
	const db = emptyTables(open);

	it.each([1, 2])(
		"is stored whole a day later: few requests, lost connections, a wrong index, arrivals, deletions (%i)",
		async (seed) => {
			const chance = new Chance(seed);
			await using github = await worldOf([], { unfilteredCap: 200, indexLagMs: hours(0.2), validate: false });
			const runs: RunScript[] = [];
			addRuns(github, runs, chance, 500, later(start, -days(10)), days(10));
			for (let round = 1; round <= 8; round++) {
				github.addToken("test-token", { limit: 8 + chance.below(40) });
				github.faults.clear();
				if (chance.isOneIn(2)) github.faults.random({ kind: "reset" }, { seed: round, probability: 0.1 });
				if (chance.isOneIn(2)) github.faults.random({ kind: "empty-list" }, { seed: round, probability: 0.3 });
				let left = chance.below(12);
				const stop = github.onRequest(() => {
					if (left-- !== 0) return;
					if (chance.isOneIn(2)) deleteRuns(github, runs, chance);
					else addRuns(github, runs, chance, chance.below(130), github.clock.iso(), 0);
				});
				await tick(db(), github, { only: ["github:runs"] });
				stop();
				const span = hours(6) + chance.below(hours(20));
				addRuns(github, runs, chance, chance.below(60), later(github.clock.iso(), 1000), span - 1000);
				github.clock.advance(span);
			}
			github.faults.clear();
			github.addToken("test-token");
			github.clock.advance(days(1));
			// What was left over, then a sweep, then what the index has to answer twice.
			for (let round = 1; round <= 3; round++) await goodTick(db(), github, { only: ["github:runs"] });
			// What was deleted may have been seen before, or not.
			const gone = runs.flatMap(({ id, deletedAt }) => (deletedAt === undefined ? [] : [id]));
			expect(gone.length).toBeGreaterThan(0);
			await db().query("DELETE FROM workflow_runs WHERE github_run_id = ANY($1::bigint[])", [`{${gone.join(",")}}`]);
			await expectEveryAttempt(db(), runs, github.clock.iso());
		},
	);
});
