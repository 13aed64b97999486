import { describeOnPostgres, emptyTables } from "@tidemark/db/testing";
import type { RunScript } from "@tidemark/world/github";
import { expect, it } from "vitest";
import { evenly, start } from "./busy-world.ts";
import { goodTick } from "./tick.ts";
import { expectEveryAttempt, hours, later } from "./truth.ts";
import { far, single, worldOf } from "./world-of.ts";

const ended = { endedAt: later(start, 600_000) };
const nothing = {
	name: null,
	head_branch: null,
	actor: null,
	triggering_actor: null,
	head_repository: null,
	head_commit: null,
	pull_requests: null,
	referenced_workflows: null,
	status: null,
	conclusion: null,
};

/** A run with values that nobody expects, and whether it is over. */
function strange(id: number, override: Readonly<Record<string, unknown>>): RunScript {
	return { ...single(id, start, ended), override };
}

describeOnPostgres("a run", (open) => {
	const db = emptyTables(open);

	async function collected(runs: readonly RunScript[]) {
		await using github = await worldOf(runs, { now: later(start, hours(1)) });
		const { targets, warnings } = await goodTick(db(), github, { only: ["github:runs"] });
		expect({ warnings, rejected: targets.map(({ counts }) => counts.rejected) }).toEqual({
			warnings: [],
			rejected: [0],
		});
		return db().query("SELECT * FROM workflow_runs ORDER BY github_run_id");
	}

	it("T17: with null wherever GitHub allows it is stored, and a missing attempt is the first", async () => {
		const absent = { ...nothing, run_attempt: undefined, run_started_at: undefined, actor: undefined };
		const rows = await collected([strange(1, nothing), strange(2, absent), ...evenly(3, 1000).map(far)]);
		const bare = {
			run_attempt: 1,
			workflow_name: null,
			branch: null,
			actor: null,
			triggering_actor: null,
			head_repository: null,
			pull_requests: null,
			status: null,
			conclusion: null,
		};
		expect(rows).toMatchObject([bare, { ...bare, started_at: null }, {}, {}, {}]);
	});

	it("T18: with an unknown status, conclusion and event, long names, emoji and NUL is stored as it is, less NUL", async () => {
		const long = "x".repeat(300);
		const rows = await collected([
			strange(1, { status: "paused_for_lunch", conclusion: null, event: "solar_flare" }),
			strange(2, { conclusion: "half_a_success_and_half_a_failure_of_some_kind", name: long, head_branch: long }),
			strange(3, { name: "build 🚀", display_title: "a\u0000b\u0000", head_branch: "fix/\u0000-👩‍👩‍👧", path: long }),
			strange(4, { conclusion: 7, status: ["completed"], run_number: "nine", pull_requests: [{ number: "?" }] }),
			...evenly(3, 1000).map(far),
		]);
		expect(rows).toMatchObject([
			{ status: "paused_for_lunch", conclusion: null, event_type: "solar_flare" },
			{ conclusion: "half_a_success_and_half_a_failure_of_some_kind", workflow_name: long, branch: long },
			{ workflow_name: "build 🚀", display_title: "ab", branch: "fix/-👩‍👩‍👧", workflow_path: long },
			{ conclusion: null, status: null, run_number: null, pull_requests: null },
			{ conclusion: "success" },
			{ conclusion: "success" },
			{ conclusion: "success" },
		]);
	});

	it("T18: that makes no sense at all costs itself and nobody else, and is kept as a dead letter", async () => {
		const runs = evenly(120, 1000);
		await using github = await worldOf(runs, { now: later(start, hours(1)) });
		const createdAt = later(start, 180_000);
		github.app.addRun({ ...strange(500, { id: "five hundred" }), createdAt });
		github.app.addRun({ ...strange(501, { created_at: "yesterday" }), createdAt });
		github.app.addRun({ ...strange(502, { created_at: "2095-01-01T00:00:00Z" }), createdAt });
		const { targets } = await goodTick(db(), github, { only: ["github:runs"] });
		expect(targets).toMatchObject([{ outcome: "done", counts: { rejected: 3 } }]);
		await expectEveryAttempt(db(), runs, github.clock.iso());
		// Nor is it taken for the newest of all, from which on the next collection would have to look.
		const young = evenly(250, 1000, later(start, hours(2))).map(far);
		for (const run of young) github.app.addRun(run);
		github.clock.set(later(start, hours(6)));
		await goodTick(db(), github, { only: ["github:runs"] });
		await expectEveryAttempt(db(), [...runs, ...young], github.clock.iso());
		const kept = await db().query<{ reason: string }>("SELECT reason FROM dead_letters ORDER BY reason");
		expect(kept.map(({ reason }) => reason)).toEqual([
			expect.stringContaining("created_at"),
			expect.stringContaining("created_at"),
			expect.stringContaining("id"),
		]);
	});

	it("T16: with an empty or absurd time has none, never 1970 or year 1", async () => {
		const rows = await collected([
			strange(1, { run_started_at: "0001-01-01T00:00:00Z", updated_at: "" }),
			strange(2, { run_started_at: null, updated_at: null }),
			strange(3, { run_started_at: 0 }),
		]);
		expect(rows).toMatchObject([
			{ started_at: null, github_updated_at: null },
			{ started_at: null, github_updated_at: null },
			{ started_at: null },
		]);
	});

	it("T19: belongs to its workflow by id, whatever that is called, also if two bear one name", async () => {
		await using github = await worldOf([], { now: start });
		const run = (id: number, hour: number, workflow: RunScript["workflow"]) => {
			const at = later(start, hours(hour));
			github.app.addRun({ ...single(id, at, { endedAt: later(at, 60_000) }), ...(workflow && { workflow }) });
		};
		run(1, 0, { id: 71, name: "CI", path: ".github/workflows/ci.yml" });
		run(2, 0, { id: 72, name: "CI", path: ".github/workflows/nightly.yml" });
		run(3, 7, { id: 71, name: "Build", path: ".github/workflows/ci.yml" });
		run(4, 7, { id: 73, name: ".github/workflows/new.yml", path: ".github/workflows/new.yml" });
		for (const hour of [6, 12]) {
			github.clock.set(later(start, hours(hour)));
			await goodTick(db(), github, { only: ["github:runs"] });
		}
		const series = `SELECT workflow_id AS id, jsonb_agg(workflow_name ORDER BY run_created_at) AS names FROM workflow_runs
GROUP BY workflow_id, workflow_path ORDER BY workflow_id`;
		expect(await db().query(series)).toEqual([
			{ id: 71, names: ["CI", "Build"] },
			{ id: 72, names: ["CI"] },
			{ id: 73, names: [".github/workflows/new.yml"] },
		]);
	});
});
