import { describe, expect, it } from "vitest";
import { type GithubOptions, type SimulatedRepository, simulateGithub } from "../../src/github/index.ts";
import { ask, readField, readLinks, second } from "./ask.ts";

const runs = "/repos/acme/app/actions/runs";

/** A world with a run for each second, numbered from 1. */
async function worldOfRuns(count: number, options: Partial<GithubOptions> = {}) {
	const github = await simulateGithub({ now: "2026-03-02T00:00:00Z", ...options });
	const repository = github.addRepository("acme/app");
	for (let index = 1; index <= count; index++) addRun(repository, index);
	return { github, repository };
}

function addRun(repository: SimulatedRepository, index: number, more = {}) {
	const startedAt = second(index);
	const attempts = [{ startedAt, endedAt: second(index + 30) }];
	return repository.addRun({ id: index, createdAt: startedAt, attempts, ...more });
}

describe("a list of runs", () => {
	it("has 30 rows on a page and never more than 100", async () => {
		await using github = (await worldOfRuns(120)).github;
		expect(readField((await ask(github, runs)).body, "id")).toHaveLength(30);
		expect(readField((await ask(github, `${runs}?per_page=500`)).body, "id")).toHaveLength(100);
	});

	it("begins with the newest, within one second with the largest id", async () => {
		await using github = await simulateGithub({ now: "2026-03-02T00:00:00Z" });
		const repository = github.addRepository("acme/app");
		addRun(repository, 5);
		addRun(repository, 9, { createdAt: second(1) });
		addRun(repository, 7, { createdAt: second(1) });
		addRun(repository, 8, { createdAt: second(3) });
		expect(readField((await ask(github, runs)).body, "id")).toEqual([5, 8, 9, 7]);
	});

	it("links to its other pages by the repository's id", async () => {
		await using github = (await worldOfRuns(25)).github;
		const first = readLinks(await ask(github, `${runs}?per_page=10&event=push`));
		expect(Object.keys(first)).toEqual(["next", "last"]);
		expect(first.next).toMatch(/\/repositories\/\d+\/actions\/runs\?per_page=10&event=push&page=2$/);
		const second = await ask(github, first.next ?? "");
		expect(readField(second.body, "id")).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6]);
		expect(Object.keys(readLinks(second))).toEqual(["prev", "next", "last", "first"]);
		const last = await ask(github, first.last ?? "");
		expect(readField(last.body, "id")).toEqual([5, 4, 3, 2, 1]);
		expect(Object.keys(readLinks(last))).toEqual(["prev", "first"]);
		expect((await ask(github, `${runs}?per_page=100`)).headers.get("link")).toBeNull();
	});

	it("is refused beyond its cap if it is not filtered", async () => {
		await using github = (await worldOfRuns(60, { unfilteredCap: 40 })).github;
		expect((await ask(github, `${runs}?per_page=20&page=2`)).status).toBe(200);
		const { status, body } = await ask(github, `${runs}?per_page=20&page=3`);
		expect(status).toBe(422);
		expect(body).toMatchObject({
			message: "In order to keep the API fast for everyone, pagination is limited for this resource.",
		});
		expect((await ask(github, `${runs}?per_page=20&page=3&exclude_pull_requests=true`)).status).toBe(422);
	});

	it("ends at 1,000 rows if it is filtered, and still gives the true number", async () => {
		await using github = (await worldOfRuns(1100)).github;
		const page = await ask(github, `${runs}?per_page=100&page=10&event=push`);
		expect(page.body).toMatchObject({ total_count: 1100 });
		expect(readField(page.body, "id").at(-1)).toBe(101);
		expect(readLinks(page).next).toBeUndefined();
		const beyond = await ask(github, `${runs}?per_page=100&page=11&event=push`);
		expect(beyond.body).toEqual({ total_count: 1100, workflow_runs: [] });
		expect(readField((await ask(github, `${runs}?per_page=100&page=11`)).body, "id")).toHaveLength(100);
	});

	it("can be filtered by everything GitHub documents", async () => {
		await using github = await simulateGithub({ now: second(100) });
		const repository = github.addRepository("acme/app");
		addRun(repository, 1, { event: "schedule", actor: "hubot", headSha: "a".repeat(40), checkSuiteId: 77 });
		addRun(repository, 2, { branch: "next" });
		repository.addRun({ id: 3, createdAt: second(3), attempts: [{ startedAt: second(3) }] });
		const found = async (filter: string) => readField((await ask(github, `${runs}?${filter}`)).body, "id");
		expect(await found("event=schedule")).toEqual([1]);
		expect(await found("actor=Hubot")).toEqual([1]);
		expect(await found(`head_sha=${"a".repeat(40)}`)).toEqual([1]);
		expect(await found("check_suite_id=77")).toEqual([1]);
		expect(await found("branch=next")).toEqual([2]);
		expect(await found("status=in_progress")).toEqual([3]);
		expect(await found("status=success")).toEqual([2, 1]);
		expect(await found("status=completed&branch=next")).toEqual([2]);
	});

	it("of a workflow is found by its id and by its file", async () => {
		await using github = await simulateGithub({ now: second(100) });
		const repository = github.addRepository("acme/app");
		addRun(repository, 1, { workflow: { id: 11, name: "Lint", path: ".github/workflows/lint.yml" } });
		addRun(repository, 2);
		const workflows = "/repos/acme/app/actions/workflows";
		expect(readField((await ask(github, workflows)).body, "name")).toEqual(["Lint", "CI"]);
		expect(readField((await ask(github, `${workflows}/11/runs`)).body, "id")).toEqual([1]);
		expect(readField((await ask(github, `${workflows}/ci.yml/runs`)).body, "id")).toEqual([2]);
		expect((await ask(github, `${workflows}/12/runs`)).status).toBe(404);
	});

	it("misses the newest runs while the search index lags, but only if it is filtered", async () => {
		const { github } = await worldOfRuns(10, { now: second(10), indexLagMs: 3000 });
		await using _ = github;
		expect(readField((await ask(github, `${runs}?event=push`)).body, "id")).toEqual([7, 6, 5, 4, 3, 2, 1]);
		expect(readField((await ask(github, runs)).body, "id")).toHaveLength(10);
	});

	it("changes between two pages when runs are added or deleted", async () => {
		const { github, repository } = await worldOfRuns(4);
		await using _ = github;
		const end = github.onRequest(({ query }) => {
			if (query.page !== "2") return;
			repository.deleteRun(4);
			repository.deleteRun(3);
		});
		expect(readField((await ask(github, `${runs}?per_page=2`)).body, "id")).toEqual([4, 3]);
		expect(readField((await ask(github, `${runs}?per_page=2&page=2`)).body, "id")).toEqual([]);
		end();
		expect(readField((await ask(github, `${runs}?per_page=2`)).body, "id")).toEqual([2, 1]);
	});

	it("pages through 41,000 runs", async () => {
		await using github = (await worldOfRuns(41_000)).github;
		expect(readField((await ask(github, `${runs}?per_page=100&page=400`)).body, "id").at(-1)).toBe(1001);
		expect((await ask(github, `${runs}?per_page=100&page=401`)).status).toBe(422);
	});
});

describe("the created filter", () => {
	it.each([
		["2026-03-01T00:00:03Z..2026-03-01T00:00:05Z", [5, 4, 3]],
		["2026-03-01T01:00:03+01:00..2026-03-01T01:00:05+01:00", [5, 4, 3]],
		[">=2026-03-01T00:00:08Z", [9, 8]],
		[">2026-03-01T00:00:08Z", [9]],
		["<=2026-03-01T00:00:02Z", [2, 1]],
		["<2026-03-01T00:00:02Z", [1]],
		["*..2026-03-01T00:00:01Z", [1]],
		["2026-03-01T00:00:09Z..*", [9]],
		["2026-03-01T00:00:04Z", [4]],
		["2026-03-01", [9, 8, 7, 6, 5, 4, 3, 2, 1]],
		["2026-02-27..2026-02-28", []],
		["<=2026-02-28", []],
		[">=2026-03-01", [9, 8, 7, 6, 5, 4, 3, 2, 1]],
	])("%s", async (created, ids) => {
		await using github = (await worldOfRuns(9)).github;
		const { body } = await ask(github, `${runs}?created=${encodeURIComponent(created)}`);
		expect(readField(body, "id")).toEqual(ids);
	});

	it("includes a run that was created within the last second of its end", async () => {
		await using github = await simulateGithub({ now: "2026-03-02T00:00:00Z" });
		const createdAt = "2026-03-01T00:00:05.900Z";
		github.addRepository("acme/app").addRun({ id: 1, createdAt, attempts: [] });
		const { body } = await ask(github, `${runs}?created=*..2026-03-01T00:00:05Z`);
		expect(readField(body, "id")).toEqual([1]);
	});
});
