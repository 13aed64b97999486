import { describe, expect, it } from "vitest";
import { simulateGithub } from "../../src/github/index.ts";
import { ask, second } from "./ask.ts";

const repository = "/repos/acme/app";
const as = (token: string) => ({ authorization: `Bearer ${token}` });

describe("the limit of a token", () => {
	it("comes with every answer and begins anew after an hour of the world", async () => {
		await using github = await simulateGithub({ now: second(0) });
		github.addRepository("acme/app");
		github.addToken("small", { limit: 10, remaining: 2 });
		const first = await ask(github, repository, as("small"));
		expect(Object.fromEntries(first.headers)).toMatchObject({
			"x-ratelimit-limit": "10",
			"x-ratelimit-remaining": "1",
			"x-ratelimit-used": "9",
			"x-ratelimit-reset": String(Date.parse(second(3600)) / 1000),
			"x-ratelimit-resource": "core",
			date: "Sun, 01 Mar 2026 00:00:00 GMT",
		});
		await ask(github, `${repository}/actions/runs/1`, as("small"));
		const refused = await ask(github, repository, as("small"));
		expect(refused).toMatchObject({
			status: 403,
			body: { message: expect.stringContaining("API rate limit exceeded") },
		});
		expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
		github.clock.advance(3_600_000);
		expect((await ask(github, repository, as("small"))).headers.get("x-ratelimit-remaining")).toBe("9");
	});

	it("may be refused with 429 as well", async () => {
		await using github = await simulateGithub({ now: second(0) });
		github.addToken("empty", { limit: 10, remaining: 0, limitStatus: 429 });
		expect((await ask(github, repository, as("empty"))).status).toBe(429);
	});

	it("is asked for without cost", async () => {
		await using github = await simulateGithub({ now: second(0) });
		github.addToken("small", { limit: 10, graphqlLimit: 20 });
		for (let index = 0; index < 3; index++) await ask(github, "/rate_limit", as("small"));
		expect((await ask(github, "/rate_limit", as("small"))).body).toMatchObject({
			resources: { core: { limit: 10, remaining: 10 }, graphql: { limit: 20 } },
		});
		expect(github.violations).toEqual([]);
	});

	it("is 60 without a token", async () => {
		await using github = await simulateGithub({ now: second(0) });
		github.addRepository("acme/app");
		const { status, headers } = await ask(github, repository, {});
		expect([status, headers.get("x-ratelimit-limit"), headers.get("x-ratelimit-remaining")]).toEqual([200, "60", "59"]);
		expect(github.requests).toMatchObject([{ number: 1, token: undefined, status: 200 }]);
	});

	it("ends by the server's clock, which may be ahead of the world", async () => {
		await using github = await simulateGithub({ now: second(0) });
		github.addRepository("acme/app");
		github.clock.skewMs = 90_000;
		const { headers } = await ask(github, repository);
		expect(headers.get("date")).toBe("Sun, 01 Mar 2026 00:01:30 GMT");
		expect(headers.get("x-ratelimit-reset")).toBe(String(Date.parse(second(3690)) / 1000));
	});
});

describe("a token", () => {
	it("that is unknown is refused", async () => {
		await using github = await simulateGithub({ now: second(0) });
		github.addRepository("acme/app");
		expect(await ask(github, repository, as("wrong"))).toMatchObject({
			status: 401,
			body: { message: "Bad credentials" },
		});
	});

	it("without a permission gets the name of the missing one", async () => {
		await using github = await simulateGithub({ now: second(0) });
		github.addRepository("acme/app");
		github.addToken("poor", { permissions: { actions: "none" } });
		const refused = await ask(github, `${repository}/actions/runs`, as("poor"));
		expect(refused).toMatchObject({ status: 403, body: { message: "Resource not accessible by integration" } });
		expect(refused.headers.get("x-accepted-github-permissions")).toBe("actions=read");
		expect(Number(refused.headers.get("x-ratelimit-remaining"))).toBeGreaterThan(0);
		expect((await ask(github, `${repository}/pulls`, as("poor"))).status).toBe(200);
		github.tokens.setPermissions("poor", {});
		expect((await ask(github, `${repository}/actions/runs`, as("poor"))).status).toBe(200);
	});

	it("sees only the private repositories it may see", async () => {
		await using github = await simulateGithub({ now: second(0) });
		github.addRepository("acme/app", { visibility: "private" });
		github.addToken("other", { repositories: ["acme/docs"] });
		expect((await ask(github, repository)).body).toMatchObject({ private: true });
		expect((await ask(github, repository, as("other"))).status).toBe(404);
		expect((await ask(github, repository, {})).status).toBe(404);
	});
});
