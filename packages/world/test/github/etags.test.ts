import { describe, expect, it } from "vitest";
import { type SimulatedGithub, simulateGithub } from "../../src/github/index.ts";
import { ask, second } from "./ask.ts";

const pulls = "/repos/acme/app/pulls?state=all&per_page=1";

async function askIfChanged(github: SimulatedGithub, path: string, etag: string | null, token = "test-token") {
	return ask(github, path, { authorization: `Bearer ${token}`, "if-none-match": etag ?? "" });
}

async function worldOfPulls(): Promise<SimulatedGithub> {
	const github = await simulateGithub({ now: second(10) });
	const repository = github.addRepository("acme/app");
	repository.addPull({ number: 1, createdAt: second(1) });
	repository.addPull({ number: 2, createdAt: second(2), events: [{ at: second(60), kind: "closed" }] });
	return github;
}

describe("an ETag", () => {
	it("is answered with 304 as long as nothing has changed, and costs nothing", async () => {
		await using github = await worldOfPulls();
		const first = await ask(github, pulls);
		const etag = first.headers.get("etag");
		const again = await askIfChanged(github, pulls, etag);
		expect([again.status, again.body, again.headers.get("etag")]).toEqual([304, undefined, etag]);
		expect(again.headers.get("x-ratelimit-remaining")).toBe(first.headers.get("x-ratelimit-remaining"));
		github.clock.set(second(60));
		expect((await askIfChanged(github, pulls, etag)).status).toBe(200);
	});

	it("of another token does not count", async () => {
		await using github = await worldOfPulls();
		github.addToken("other", {});
		const etag = (await ask(github, pulls)).headers.get("etag");
		const other = await askIfChanged(github, pulls, etag, "other");
		expect(other.status).toBe(200);
		expect(other.headers.get("etag")).not.toBe(etag);
		expect(github.violations).toEqual([]);
	});

	it("costs a request without a token", async () => {
		await using github = await worldOfPulls();
		const etag = (await ask(github, pulls, {})).headers.get("etag") ?? "";
		const again = await ask(github, pulls, { "if-none-match": etag });
		expect([again.status, again.headers.get("x-ratelimit-remaining")]).toEqual([304, "58"]);
	});

	it("of page 1 must not be sent for page 2", async () => {
		await using github = await worldOfPulls();
		const etag = (await ask(github, pulls)).headers.get("etag");
		expect((await askIfChanged(github, `${pulls}&page=2`, etag)).status).toBe(500);
		expect(github.violations).toEqual([expect.stringContaining("page=2 carries the ETag of /repos/acme/app/pulls")]);
	});
});
