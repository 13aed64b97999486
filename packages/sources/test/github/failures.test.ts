import { describeOnPostgres, emptyTables } from "@tidemark/db/testing";
import type { Fault } from "@tidemark/world/github";
import { expect, it } from "vitest";
import { evenly, start } from "./busy-world.ts";
import { addressesOf, requestsSince } from "./requests.ts";
import { goodTick, tick } from "./tick.ts";
import { days, expectEveryAttempt, later } from "./truth.ts";
import { withoutPauses } from "./without-pauses.ts";
import { worldOf } from "./world-of.ts";

const now = later(start, days(1));
const runsOnly = { only: ["github:runs"] };

withoutPauses();

describeOnPostgres("a collection", (open) => {
	const db = emptyTables(open);
	const countRuns = async () =>
		(await db().query<{ count: number }>("SELECT count(*)::int AS count FROM workflow_runs"))[0]?.count;

	it.each<Fault>([{ kind: "truncate" }, { kind: "html" }])(
		"T41: never stores half a page: with $kind it fails at that page, and the next one goes on there",
		async (fault) => {
			const runs = evenly(350, 60_000);
			await using github = await worldOf(runs, { now, validate: false });
			github.faults.script(fault, { path: "page=3", times: 5 });
			const { targets, errors } = await tick(db(), github, runsOnly);
			expect(targets).toMatchObject([{ outcome: "failed" }]);
			expect(String(errors[0])).toMatch(/GitHub did not answer .* after 5 tries: .*JSON/);
			expect(await countRuns()).toBe(200);
			const begun = github.requests.length;
			await goodTick(db(), github, runsOnly);
			await expectEveryAttempt(db(), runs, now);
			const asked = requestsSince(github, begun).flatMap(({ query: { page } }) => page ?? []);
			expect(asked).toEqual(["1", "2", "3", "4"]);
		},
	);

	it("T42: that meets one failed request in five ends with the same tables as one that meets none", async () => {
		const runs = evenly(250, 60_000).map((run) => ({
			...run,
			attempts: (run.id ?? 0) % 50 === 0 ? [...run.attempts, ...run.attempts] : run.attempts,
		}));
		await using github = await worldOf(runs, { now, validate: false });
		for (let number = 1; number <= 20; number++) {
			github.app.addPull({ number, createdAt: later(start, number * 1000) });
			github.app.addCommit({ committedAt: later(start, number * 1000) });
		}
		const faults: Fault[] = [
			{ kind: "reset" },
			{ kind: "answer", status: 503 },
			{ kind: "truncate" },
			{ kind: "html" },
		];
		for (const [seed, fault] of faults.entries()) {
			github.faults.random(fault, { seed, probability: 0.05, path: /runs\?|pulls|commits|graphql|attempts\/\d$/ });
		}
		await goodTick(db(), github, { only: ["github:runs", "github:pulls", "github:commits"] });
		await expectEveryAttempt(db(), runs, now);
		expect(github.requests.some(({ status }) => status === 503 || status === 0)).toBe(true);
		const counts =
			"SELECT (SELECT count(*)::int FROM pull_requests) AS pulls, (SELECT count(*)::int FROM commits) AS commits";
		expect(await db().query(counts)).toEqual([{ pulls: 20, commits: 20 }]);
	});

	it("T21: that gets no jobs at all gives up after three runs instead of trying each", async () => {
		await using github = await worldOf(evenly(20, 60_000), { now });
		github.faults.script({ kind: "answer", status: 500 }, { path: "/jobs", times: Infinity });
		const { targets } = await tick(db(), github);
		expect(targets.map(({ outcome }) => outcome)).toEqual(["done", "done", "done", "failed"]);
		expect(await db().query("SELECT state, tries FROM job_lookups")).toEqual([
			{ state: "failed", tries: 1 },
			{ state: "failed", tries: 1 },
			{ state: "failed", tries: 1 },
		]);
		expect(addressesOf(github.requests).filter((address) => address.includes("/jobs"))).toHaveLength(15);
		github.faults.clear();
		await goodTick(db(), github);
		expect(await db().query("SELECT DISTINCT state FROM job_lookups")).toEqual([{ state: "done" }]);
	});
});
