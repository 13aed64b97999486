import { describe, expect, it } from "vitest";
import { simulateGithub } from "../../src/github/index.ts";
import { ask, readField, second } from "./ask.ts";

const runs = "/repos/acme/app/actions/runs";

describe("a run", () => {
	it("contains what has happened until now, and nothing of the future", async () => {
		await using github = await simulateGithub({ now: second(-1) });
		const repository = github.addRepository("acme/app");
		repository.addRun({
			id: 1,
			createdAt: second(0),
			attempts: [
				{ startedAt: second(10), endedAt: second(20), conclusion: "failure" },
				{ startedAt: second(100), endedAt: second(110), actor: "hubot" },
			],
			touchedAt: second(500),
			deletedAt: second(600),
		});
		const seen = async (at: number) => {
			github.clock.set(second(at));
			return (await ask(github, `${runs}/1`)).body;
		};
		const stamp = (at: number) => second(at).replace(".000", "");
		expect(await seen(-1)).toMatchObject({ message: "Not Found" });
		expect(await seen(5)).toMatchObject({ status: "queued", conclusion: null, run_attempt: 1, updated_at: stamp(0) });
		expect(await seen(10)).toMatchObject({ status: "in_progress", conclusion: null, run_started_at: stamp(10) });
		expect(await seen(50)).toMatchObject({ status: "completed", conclusion: "failure", updated_at: stamp(20) });
		expect(await seen(100)).toMatchObject({ status: "in_progress", conclusion: null, run_attempt: 2 });
		expect(await seen(110)).toMatchObject({
			conclusion: "success",
			created_at: stamp(0),
			run_started_at: stamp(100),
			updated_at: stamp(110),
			actor: { login: "octocat" },
			triggering_actor: { login: "hubot" },
			previous_attempt_url: `${github.url}${runs}/1/attempts/1`,
		});
		expect(await seen(500)).toMatchObject({ conclusion: "success", updated_at: stamp(500) });
		expect(await seen(600)).toMatchObject({ message: "Not Found" });
		expect((await ask(github, runs)).body).toEqual({ total_count: 0, workflow_runs: [] });
		expect(github.violations).toEqual([]);
	});

	it("shows its earlier attempts by their number", async () => {
		await using github = await simulateGithub({ now: second(150) });
		github.addRepository("acme/app").addRun({
			id: 1,
			createdAt: second(0),
			attempts: [
				{ startedAt: second(0), endedAt: second(20), conclusion: "failure" },
				{ startedAt: second(100) },
				{ startedAt: second(200) },
			],
		});
		expect((await ask(github, `${runs}/1/attempts/1`)).body).toMatchObject({ run_attempt: 1, conclusion: "failure" });
		expect((await ask(github, `${runs}/1/attempts/2`)).body).toMatchObject({ run_attempt: 2, status: "in_progress" });
		expect((await ask(github, `${runs}/1/attempts/3`)).status).toBe(404);
		expect((await ask(github, `${runs}/1/attempts/0`)).status).toBe(404);
	});

	it("can be started again later", async () => {
		await using github = await simulateGithub({ now: second(1000) });
		const repository = github.addRepository("acme/app");
		const run = repository.addRun({ createdAt: second(0), attempts: [{ startedAt: second(0), endedAt: second(9) }] });
		repository.addAttempt(run.id, { startedAt: second(900) });
		expect((await ask(github, `${runs}/${run.id}`)).body).toMatchObject({ run_attempt: 2, status: "in_progress" });
	});

	it("has an id beyond 32 bits if none is given", async () => {
		await using github = await simulateGithub({ now: second(0) });
		const run = github.addRepository("acme/app").addRun({ createdAt: second(0), attempts: [] });
		expect(run.id).toBeGreaterThan(2 ** 31);
	});

	it("shows what a script bends, as it is, in lists and by id", async () => {
		await using github = await simulateGithub({ now: second(0) });
		const override = { name: null, head_branch: null, actor: null, conclusion: "brand_new", display_title: "\u0000" };
		const script = { id: 1, createdAt: second(0), attempts: [], override };
		github.addRepository("acme/app").addRun(script);
		expect((await ask(github, `${runs}/1`)).body).toMatchObject(override);
		expect((await ask(github, runs)).body).toMatchObject({ workflow_runs: [override] });
		expect(readField((await ask(github, `${runs}?exclude_pull_requests=true`)).body, "name")).toEqual([null]);
		expect(github.violations).toEqual([]);
	});

	it("names its pull requests unless they are to be left out", async () => {
		await using github = await simulateGithub({ now: second(10) });
		const repository = github.addRepository("acme/app");
		repository.addPull({ number: 7, createdAt: second(0), head: { ref: "next" } });
		repository.addRun({ id: 1, createdAt: second(1), attempts: [], pullRequests: [7], headRepository: null });
		const { body } = await ask(github, `${runs}/1`);
		expect(body).toMatchObject({ pull_requests: [{ number: 7, head: { ref: "next" } }], head_repository: null });
		expect((await ask(github, `${runs}/1?exclude_pull_requests=true`)).body).toMatchObject({ pull_requests: [] });
		expect(github.violations).toEqual([]);
	});
});
