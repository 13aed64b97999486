import { describeOnPostgres, emptyTables } from "@tidemark/db/testing";
import { simulateGithub } from "@tidemark/world/github";
import { expect, it } from "vitest";
import { evenly, start } from "./busy-world.ts";
import { addressesOf, requestsSince } from "./requests.ts";
import { goodTick, tick } from "./tick.ts";
import { days, hours, later } from "./truth.ts";
import { worldOf } from "./world-of.ts";

const now = later(start, days(1));

describeOnPostgres("a repository", (open) => {
	const db = emptyTables(open);

	it("T27: that was renamed stays one series of runs, jobs, pull requests and commits, by its old name and its new", async () => {
		const runs = evenly(5, 60_000).map((run) => ({
			...run,
			attempts: run.attempts.map((attempt) => ({ ...attempt, jobs: [{ startedAt: run.createdAt, completedAt: now }] })),
		}));
		await using github = await worldOf(runs, { now, repositoryId: 4711 });
		for (let number = 1; number <= 5; number++) {
			github.app.addPull({ number, createdAt: later(start, hours(number)) });
			github.app.addCommit({ committedAt: later(start, hours(number)) });
		}
		await goodTick(db(), github);
		github.app.rename("beta/lib");
		github.app.addRun({ createdAt: now, attempts: [{ startedAt: now, endedAt: later(now, 60_000) }] });
		github.app.addPull({ number: 6, createdAt: now });
		github.app.addCommit({ committedAt: now });
		github.clock.advance(hours(6));
		await goodTick(db(), github);
		await goodTick(db(), github, { flags: { repo: ["beta/lib"] } });
		const series = ["workflow_runs", "workflow_jobs", "pull_requests", "commits", "repositories"].map(
			(table) => `SELECT '${table}' AS name, repository_id AS id, count(*)::int AS rows FROM ${table} GROUP BY 2`,
		);
		expect(await db().query(series.join(" UNION ALL "))).toEqual([
			{ name: "workflow_runs", id: 4711, rows: 6 },
			{ name: "workflow_jobs", id: 4711, rows: 5 },
			{ name: "pull_requests", id: 4711, rows: 6 },
			{ name: "commits", id: 4711, rows: 6 },
			{ name: "repositories", id: 4711, rows: 1 },
		]);
		expect(await db().query("SELECT repository FROM repositories")).toEqual([{ repository: "beta/lib" }]);
		// Jobs that are known are not asked for again under the new name.
		expect(addressesOf(github.requests).filter((address) => address.includes("/jobs"))).toHaveLength(6);
	});

	it("T28: without a commit, a run or a pull request is collected at once, and costs one request for each list", async () => {
		await using github = await simulateGithub({ now });
		github.addRepository("acme/app", { isEmpty: true });
		const { targets, warnings } = await goodTick(db(), github);
		expect(targets.map(({ outcome }) => outcome)).toEqual(["done", "done", "done", "done"]);
		expect(warnings).toEqual([]);
		expect(github.requests.map(({ path, status }) => `${status} ${path}`)).toEqual([
			"200 /repos/acme/app",
			"200 /repos/acme/app/actions/runs",
			"200 /repos/acme/app/pulls",
			"409 /repos/acme/app/commits",
		]);
	});

	it("T28: that is private or not there fails alone, after one request, and the error says what may be missing", async () => {
		await using github = await worldOf(evenly(3, 1000), { now });
		github.addRepository("acme/secret", { visibility: "private" });
		github.addToken("test-token", { repositories: ["acme/app"] });
		const { targets } = await tick(db(), github, { flags: { repo: ["acme/secret", "acme/typo", "acme/app"] } });
		expect(targets.map(({ source, target, outcome }) => `${source} ${target} ${outcome}`).slice(0, 3)).toEqual([
			"github:runs acme/secret failed",
			"github:runs acme/typo failed",
			"github:runs acme/app done",
		]);
		expect(targets.filter(({ outcome }) => outcome === "done")).toHaveLength(4);
		expect(targets[0]?.error).toMatchObject({
			message: "GitHub answers 404 to /repos/acme/secret: Not Found.",
			why: "It does not exist, or the token may not see it: GitHub does not distinguish these.",
			fix: expect.stringContaining("actions: read"),
		});
		const asked = addressesOf(github.requests).filter((address) => !address.startsWith("/repos/acme/app"));
		expect(asked).toEqual(["/repos/acme/secret", "/repos/acme/typo"]);
	});

	it("T29: of which the token may not read Actions fails with the name of the permission, and its other lists do not", async () => {
		await using github = await worldOf(evenly(3, 1000), { now });
		github.app.addPull({ number: 1, createdAt: start });
		github.addToken("test-token", { permissions: { actions: "none" } });
		const { targets, errors } = await tick(db(), github);
		expect(targets.map(({ source, outcome }) => `${source} ${outcome}`)).toEqual([
			"github:runs failed",
			"github:pulls done",
			"github:commits done",
			"github:jobs done",
		]);
		expect(errors).toMatchObject([{ fix: "Grant it; in a workflow with `permissions:` (actions: read)." }]);
		expect(github.requests.filter(({ status }) => status === 403)).toHaveLength(1);
	});

	it("is found by its owner: all of an organization's or a person's, but not those that are archived", async () => {
		await using github = await simulateGithub({ now });
		for (let number = 1; number <= 120; number++)
			github.addRepository(`acme/app-${number}`, { isArchived: number > 102 });
		github.addRepository("someone/thing", { ownerType: "User" });
		const owners = { flags: { repo: ["acme/*", "someone/*"], "max-requests": "500" }, only: ["github:runs"] };
		const { targets } = await goodTick(db(), github, owners);
		expect(targets).toHaveLength(103);
		expect(new Set(targets.map(({ outcome }) => outcome))).toEqual(new Set(["done"]));
		expect(targets.map(({ target }) => target)).toEqual(expect.arrayContaining(["acme/app-102", "someone/thing"]));
		const looked = addressesOf(github.requests).filter((address) => !address.startsWith("/repos/"));
		expect(looked).toEqual([
			"/orgs/acme/repos?per_page=100&page=1",
			"/orgs/acme/repos?per_page=100&page=2",
			"/orgs/someone/repos?per_page=100&page=1",
			"/users/someone/repos?per_page=100&page=1",
		]);
	});

	it("that is public is collected without any token: 60 requests an hour, without details, and a warning", async () => {
		const runs = evenly(80, 60_000).map((run) => ({
			...run,
			attempts: run.attempts.map((attempt) => ({ ...attempt, jobs: [{ startedAt: run.createdAt }] })),
		}));
		await using github = await worldOf(runs, { now });
		github.app.addPull({ number: 1, createdAt: start, additions: 5 });
		const ticked = await goodTick(db(), github, { flags: { "github-token": "" } });
		expect(ticked.warnings).toEqual([
			"No GitHub token: GitHub allows 60 requests an hour, and shows only what is public.",
		]);
		expect(ticked.targets.map(({ outcome }) => outcome)).toEqual(["done", "done", "done", "partial"]);
		expect(requestsSince(github, 0)).toHaveLength(60);
		expect(new Set(github.requests.map(({ token }) => token))).toEqual(new Set([undefined]));
		expect(await db().query("SELECT number, additions FROM pull_requests")).toEqual([{ number: 1, additions: null }]);
	});

	it("is refused if it is none, before anything is asked for", async () => {
		await using github = await simulateGithub({ now });
		const { errors } = await tick(db(), github, { flags: { repo: ["acme"] }, only: ["github:runs"] });
		expect(String(errors[0])).toContain('"acme" is not a repository.');
		expect(github.requests).toEqual([]);
	});
});
