import { describe, expect, it } from "vitest";
import { simulateGithub } from "../../src/github/index.ts";
import { ask, readField, second } from "./ask.ts";

const commits = "/repos/acme/app/commits";
const list = async (github: Parameters<typeof ask>[0], query = "") =>
	readField((await ask(github, commits + query)).body, "sha");

describe("a list of commits", () => {
	it("goes from the branch's present head back, and is filtered by the committer's date", async () => {
		await using github = await simulateGithub({ now: second(10) });
		const repository = github.addRepository("acme/app");
		for (const at of [1, 5, 9, 20])
			repository.addCommit({ sha: `c${at}`, committedAt: second(at), authoredAt: second(0) });
		expect(await list(github)).toEqual(["c9", "c5", "c1"]);
		expect(await list(github, "?since=2026-03-01T00:00:05Z")).toEqual(["c9", "c5"]);
		expect(await list(github, "?until=2026-03-01T00:00:05Z")).toEqual(["c5", "c1"]);
		github.clock.set(second(20));
		expect(await list(github, "?per_page=1")).toEqual(["c20"]);
		expect(github.violations).toEqual([]);
	});

	it("has children before parents, whatever their dates", async () => {
		await using github = await simulateGithub({ now: second(100) });
		const repository = github.addRepository("acme/app");
		repository.addCommit({ sha: "root", committedAt: second(1) });
		repository.addCommit({ sha: "ahead", committedAt: second(90) });
		repository.addCommit({ sha: "behind", committedAt: second(2), reachableFrom: second(95) });
		expect(await list(github)).toEqual(["behind", "ahead", "root"]);
	});

	it("shows old commits when they are merged late, among the others by date", async () => {
		await using github = await simulateGithub({ now: second(50) });
		const repository = github.addRepository("acme/app");
		const root = repository.addCommit({ sha: "root", committedAt: second(1) });
		repository.addCommit({ sha: "feature", committedAt: second(10), parents: [root], reachableFrom: null });
		repository.addCommit({ sha: "main", committedAt: second(20) });
		repository.addCommit({ sha: "merge", committedAt: second(60), parents: ["main", "feature"] });
		expect(await list(github)).toEqual(["main", "root"]);
		expect(await list(github, "?sha=feature")).toEqual(["feature", "root"]);
		github.clock.set(second(60));
		expect(await list(github)).toEqual(["merge", "main", "feature", "root"]);
	});

	it("forgets commits that a force push has removed", async () => {
		await using github = await simulateGithub({ now: second(30) });
		const repository = github.addRepository("acme/app");
		const root = repository.addCommit({ sha: "root", committedAt: second(1) });
		repository.addCommit({ sha: "old", committedAt: second(10) });
		repository.addCommit({ sha: "new", committedAt: second(5), parents: [root], reachableFrom: null });
		repository.setHead("new", { at: second(40) });
		expect(await list(github)).toEqual(["old", "root"]);
		github.clock.set(second(40));
		expect(await list(github)).toEqual(["new", "root"]);
	});

	it("exists for any branch or commit", async () => {
		await using github = await simulateGithub({ now: second(30) });
		const repository = github.addRepository("acme/app");
		repository.addCommit({ sha: "root", committedAt: second(1) });
		repository.setHead("root", { branch: "next", at: second(1) });
		repository.addCommit({ sha: "onNext", committedAt: second(2), branch: "next", author: null });
		expect(await list(github)).toEqual(["root"]);
		expect(await list(github, "?sha=next")).toEqual(["onNext", "root"]);
		expect((await ask(github, `${commits}?sha=gone`)).status).toBe(404);
		expect((await ask(github, `${commits}?sha=next`)).body).toMatchObject([{ author: null, committer: null }, {}]);
	});

	it("is refused for an empty repository until its first commit", async () => {
		await using github = await simulateGithub({ now: second(30) });
		const repository = github.addRepository("acme/app", { isEmpty: true });
		repository.addCommit({ sha: "first", committedAt: second(40) });
		expect(await ask(github, commits)).toMatchObject({ status: 409, body: { message: "Git Repository is empty." } });
		github.clock.set(second(40));
		expect(await list(github)).toEqual(["first"]);
	});
});
