import { describe, expect, it } from "vitest";
import { simulateGithub } from "../../src/github/index.ts";
import { ask, second } from "./ask.ts";

const runs = "/repos/acme/app/actions/runs";

describe("the contract", () => {
	it.each([
		[`${runs}?since=2026-03-01`, "since"],
		[`${runs}?status=startup_failure`, "status"],
		[`${runs}?per_page=many`, "per_page"],
		[`${runs}?created=yesterday`, "yesterday"],
		["/repos/acme/app/pulls?state=merged", "state"],
		["/repos/acme/app/commits?since=2026-03-01", "since"],
		["/orgs/acme/repos?visibility=all", "visibility"],
	])("is broken by %s", async (path, part) => {
		await using github = await simulateGithub({ now: second(0) });
		github.addRepository("acme/app");
		const { status, body } = await ask(github, path);
		expect(status).toBe(500);
		expect(github.violations).toEqual([expect.stringContaining(part)]);
		expect(body).toMatchObject({ message: expect.stringContaining(part) });
	});

	it("is broken by an answer that is not as GitHub describes it", async () => {
		await using github = await simulateGithub({ now: second(10) });
		const jobs = [{ startedAt: second(0), completedAt: second(1), conclusion: "startup_failure" }];
		const run = github
			.addRepository("acme/app")
			.addRun({ createdAt: second(0), attempts: [{ startedAt: second(0), jobs }] });
		expect((await ask(github, `${runs}/${run.id}/jobs`)).status).toBe(500);
		expect(github.violations).toEqual([expect.stringContaining("/jobs/0/conclusion")]);
	});

	it("need not be checked", async () => {
		await using github = await simulateGithub({ now: second(0), validate: false });
		github.addRepository("acme/app");
		expect((await ask(github, `${runs}?since=2026-03-01`)).status).toBe(200);
		expect(github.violations).toEqual([]);
	});

	it("knows the versions of the API and demands a user agent", async () => {
		await using github = await simulateGithub({ now: second(0) });
		github.addRepository("acme/app");
		const authorization = "Bearer test-token";
		const versioned = (version: string) => ({ authorization, "x-github-api-version": version });
		expect((await ask(github, runs, versioned("2022-11-28"))).status).toBe(200);
		expect((await ask(github, runs, versioned("2021-01-01"))).status).toBe(400);
		expect((await ask(github, runs, { authorization, "user-agent": "" })).status).toBe(403);
	});
});

describe("what was asked", () => {
	it("is answered with 500 if a test's own listener fails", async () => {
		await using github = await simulateGithub({ now: second(0) });
		github.onRequest(() => Promise.reject(new Error("the test is wrong")));
		expect((await ask(github, runs)).status).toBe(500);
		expect(github.violations).toEqual([expect.stringContaining("the test is wrong")]);
	});

	it("is recorded in order, with all its details", async () => {
		await using github = await simulateGithub({ now: second(0) });
		github.addRepository("acme/app");
		await ask(github, `${runs}?per_page=5&page=2`, { authorization: "token test-token", accept: "application/json" });
		await ask(github, "/nowhere", {});
		expect(github.requests).toMatchObject([
			{
				number: 1,
				method: "GET",
				path: runs,
				query: { per_page: "5", page: "2" },
				token: "test-token",
				headers: { accept: "application/json" },
				status: 200,
			},
			{ number: 2, path: "/nowhere", query: {}, token: undefined, status: 404 },
		]);
	});
});
