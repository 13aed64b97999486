import { describe, expect, it } from "vitest";
import { createSecondaryLimit, simulateGithub } from "../../src/github/index.ts";
import { ask, second } from "./ask.ts";

const repository = "/repos/acme/app";
const runs = `${repository}/actions/runs`;
const token = { authorization: "Bearer test-token" };

async function world() {
	const github = await simulateGithub({ now: second(0) });
	github.addRepository("acme/app").addRun({ id: 1, createdAt: second(0), attempts: [] });
	return github;
}

describe("a fault", () => {
	it("hits the request of its number, its path or its turn, as often as it says", async () => {
		await using github = await world();
		github.faults.script({ kind: "answer", status: 502 }, { request: 2 });
		github.faults.script({ kind: "answer", status: 503 }, { path: /\/runs\/\d+$/, nth: 2, times: 2 });
		const statuses: number[] = [];
		for (const path of [repository, repository, `${runs}/1`, `${runs}/1`, runs, `${runs}/1`, `${runs}/1`]) {
			statuses.push((await ask(github, path)).status);
		}
		expect(statuses).toEqual([200, 502, 200, 503, 200, 503, 200]);
		expect(github.requests.map(({ status }) => status)).toEqual(statuses);
	});

	it("hits the next request if it says nothing more", async () => {
		await using github = await world();
		const body = { message: "Gone" };
		github.faults.script({ kind: "answer", status: 410, headers: { "x-why": "test" }, body });
		const gone = await ask(github, repository);
		expect([gone.status, gone.body, gone.headers.get("x-why")]).toEqual([410, body, "test"]);
		expect((await ask(github, repository)).status).toBe(200);
	});

	it("can be a body that is cut off or no JSON", async () => {
		await using github = await world();
		github.faults.script({ kind: "truncate" });
		github.faults.script({ kind: "html" }, { nth: 2 });
		const cut = await fetch(github.url + repository, { headers: token });
		expect(cut.status).toBe(200);
		await expect(cut.json()).rejects.toThrow(SyntaxError);
		const html = await fetch(github.url + repository, { headers: token });
		expect([html.status, html.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
		expect(await html.text()).toContain("<html>");
	});

	it("can be a connection that is reset", async () => {
		await using github = await world();
		github.faults.script({ kind: "reset" });
		await expect(fetch(github.url + repository, { headers: token })).rejects.toThrow("fetch failed");
		expect(github.requests).toMatchObject([{ status: 0 }]);
	});

	it("can be an answer that never comes, which does not keep the world from ending", async () => {
		const github = await world();
		github.faults.script({ kind: "hang" });
		const asked = expect(fetch(github.url + repository, { headers: token })).rejects.toThrow("fetch failed");
		while (github.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
		await github[Symbol.asyncDispose]();
		await asked;
	});

	it("can be a filtered list that is empty for once", async () => {
		await using github = await world();
		github.faults.script({ kind: "empty-list" });
		expect((await ask(github, runs)).body).toMatchObject({ total_count: 1 });
		expect((await ask(github, `${runs}?event=push`)).body).toEqual({ total_count: 0, workflow_runs: [] });
		expect((await ask(github, `${runs}?event=push`)).body).toMatchObject({ total_count: 1 });
	});

	it("happens at random to the same requests for the same seed", async () => {
		const hits = async (seed: number) => {
			await using github = await world();
			github.faults.random({ kind: "answer", status: 500 }, { seed, probability: 0.4 });
			const statuses: number[] = [];
			for (let index = 0; index < 20; index++) statuses.push((await ask(github, repository)).status);
			return statuses.join();
		};
		const first = await hits(1);
		expect(first).toContain("200");
		expect(first).toContain("500");
		expect(await hits(1)).toBe(first);
		expect(await hits(2)).not.toBe(first);
	});
});

describe("a secondary limit", () => {
	it.each([
		[{ status: 403, retryAfterMs: 30_000, saysSo: true }, "30"],
		[{ status: 429, retryAfterMs: 1500, saysSo: false }, "2"],
		[{ status: 403, retryAfterMs: 60_000, saysSo: true, as: "date" }, "Sun, 01 Mar 2026 00:01:00 GMT"],
		[{ status: 429, saysSo: true }, null],
	] as const)("%o", async (options, retryAfter) => {
		await using github = await world();
		github.faults.script(createSecondaryLimit(options));
		const { status, headers, body } = await ask(github, repository);
		expect([status, headers.get("retry-after")]).toEqual([options.status, retryAfter]);
		expect(headers.get("x-ratelimit-remaining")).toBe("5000");
		const message = options.saysSo ? "secondary rate limit" : "abuse detection";
		expect(body).toMatchObject({ message: expect.stringContaining(message) });
	});
});
