import { describe, expect, it } from "vitest";
import { simulateGithub } from "../../src/github/index.ts";
import { ask, readField, second } from "./ask.ts";

const pulls = "/repos/acme/app/pulls";

describe("a pull request", () => {
	it("follows from its events so far", async () => {
		await using github = await simulateGithub({ now: second(0) });
		const repository = github.addRepository("acme/app");
		repository.addPull({
			number: 1,
			createdAt: second(0),
			isDraft: true,
			mergeCommitSha: "f".repeat(40),
			events: [
				{ at: second(10), kind: "ready_for_review" },
				{ at: second(20), kind: "closed" },
				{ at: second(30), kind: "reopened" },
				{ at: second(35), kind: "base_ref_changed", baseRef: "next" },
				{ at: second(40), kind: "merged" },
				{ at: second(90), kind: "commented" },
			],
		});
		const seen = async (at: number) => {
			github.clock.set(second(at));
			return (await ask(github, `${pulls}?state=all`)).body;
		};
		expect(await seen(0)).toMatchObject([{ state: "open", draft: true, base: { ref: "main" } }]);
		expect(await seen(10)).toMatchObject([{ draft: false, updated_at: "2026-03-01T00:00:10Z" }]);
		expect(await seen(20)).toMatchObject([{ state: "closed", closed_at: "2026-03-01T00:00:20Z", merged_at: null }]);
		expect(await seen(30)).toMatchObject([{ state: "open", closed_at: null }]);
		expect(await seen(35)).toMatchObject([{ base: { ref: "next" } }]);
		expect(await seen(40)).toMatchObject([
			{ state: "closed", merged_at: "2026-03-01T00:00:40Z", merge_commit_sha: "f".repeat(40) },
		]);
		expect(await seen(90)).toMatchObject([{ updated_at: "2026-03-01T00:01:30Z", merged_at: "2026-03-01T00:00:40Z" }]);
		expect(github.violations).toEqual([]);
	});

	it("may have lost its author and its fork", async () => {
		await using github = await simulateGithub({ now: second(0) });
		const script = { number: 1, createdAt: second(0), author: null, head: { repo: null } };
		github.addRepository("acme/app").addPull(script);
		expect((await ask(github, pulls)).body).toMatchObject([{ user: null, head: { repo: null, user: null } }]);
		expect(github.violations).toEqual([]);
	});

	it("is listed by state, branch and order", async () => {
		await using github = await simulateGithub({ now: second(100) });
		const repository = github.addRepository("acme/app");
		repository.addPull({ number: 1, createdAt: second(1), events: [{ at: second(50), kind: "closed" }] });
		repository.addPull({ number: 2, createdAt: second(2), head: { repo: "fork/app", ref: "patch" } });
		repository.addPull({ number: 3, createdAt: second(3), base: { ref: "next" } });
		repository.addPull({ number: 4, createdAt: second(400) });
		const numbers = async (query: string) => readField((await ask(github, `${pulls}?${query}`)).body, "number");
		expect(await numbers("")).toEqual([3, 2]);
		expect(await numbers("state=closed")).toEqual([1]);
		expect(await numbers("state=all&sort=updated&direction=desc")).toEqual([1, 3, 2]);
		expect(await numbers("state=all&sort=updated")).toEqual([2, 3, 1]);
		expect(await numbers("state=all&direction=asc&per_page=2&page=2")).toEqual([3]);
		expect(await numbers("base=next")).toEqual([3]);
		expect(await numbers("head=fork:patch")).toEqual([2]);
	});

	it("lists its events, the newest of the repository first and its own oldest first", async () => {
		await using github = await simulateGithub({ now: second(100) });
		const repository = github.addRepository("acme/app");
		const events = [
			{ at: second(10), kind: "closed" },
			{ at: second(20), kind: "reopened", actor: null },
			{ at: second(25), kind: "commented" },
			{ at: second(30), kind: "merged" },
			{ at: second(200), kind: "labeled" },
		] as const;
		repository.addPull({ number: 1, createdAt: second(1), events });
		repository.addPull({ number: 2, createdAt: second(1) });
		repository.addPullEvent(2, { at: second(15), kind: "converted_to_draft" });
		const all = await ask(github, "/repos/acme/app/issues/events");
		// A merge is listed as a closing too.
		expect(readField(all.body, "event").sort()).toEqual(["closed", "closed", "convert_to_draft", "merged", "reopened"]);
		expect(readField(all.body, "created_at").slice(2)).toEqual([
			"2026-03-01T00:00:20Z",
			"2026-03-01T00:00:15Z",
			"2026-03-01T00:00:10Z",
		]);
		expect(all.body).toMatchObject([{}, {}, { actor: null, issue: { number: 1 } }, { issue: { number: 2 } }, {}]);
		const own = await ask(github, "/repos/acme/app/issues/1/events");
		expect(readField(own.body, "event").slice(0, 2)).toEqual(["closed", "reopened"]);
		expect((await ask(github, "/repos/acme/app/issues/3/events")).status).toBe(404);
		expect(github.violations).toEqual([]);
	});
});
