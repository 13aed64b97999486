import { describe, expect, it } from "vitest";
import { simulateGithub } from "../../src/github/index.ts";
import { ask, readField, second } from "./ask.ts";

describe("a repository", () => {
	it("is found by its name in any case", async () => {
		await using github = await simulateGithub({ now: second(0) });
		github.addRepository("Acme/App", { id: 42, defaultBranch: "trunk", isArchived: true });
		expect((await ask(github, "/repos/acme/APP")).body).toMatchObject({
			id: 42,
			full_name: "Acme/App",
			default_branch: "trunk",
			archived: true,
			private: false,
		});
		expect((await ask(github, "/repositories/42")).body).toMatchObject({ id: 42 });
		expect((await ask(github, "/repos/acme/other")).status).toBe(404);
	});

	it("that was renamed redirects from its old name to its id", async () => {
		await using github = await simulateGithub({ now: second(0) });
		const repository = github.addRepository("acme/old", { id: 42 });
		repository.addRun({ id: 1, createdAt: second(0), attempts: [] });
		repository.rename("acme/new");
		const moved = await ask(github, "/repos/acme/old/actions/runs?per_page=5");
		expect([moved.status, moved.headers.get("location")]).toEqual([
			301,
			`${github.url}/repositories/42/actions/runs?per_page=5`,
		]);
		const followed = await ask(github, moved.headers.get("location") ?? "");
		expect(followed.body).toMatchObject({ workflow_runs: [{ id: 1, repository: { full_name: "acme/new", id: 42 } }] });
		expect((await ask(github, "/repos/acme/new")).body).toMatchObject({ full_name: "acme/new" });
	});

	it("is listed with the others of its owner, in pages, private ones only for tokens that may see them", async () => {
		await using github = await simulateGithub({ now: second(0) });
		for (const name of ["b", "a", "c"]) github.addRepository(`acme/${name}`);
		github.addRepository("acme/secret", { visibility: "private" });
		github.addRepository("someone/own", { ownerType: "User" });
		const names = async (path: string, headers?: Record<string, string>) =>
			readField((await ask(github, path, headers)).body, "name");
		expect(await names("/orgs/acme/repos")).toEqual(["secret", "c", "a", "b"]);
		expect(await names("/orgs/acme/repos?per_page=3&page=2")).toEqual(["b"]);
		expect(await names("/orgs/acme/repos?sort=full_name")).toEqual(["a", "b", "c", "secret"]);
		expect(await names("/users/acme/repos", {})).toEqual(["a", "b", "c"]);
		expect(await names("/users/someone/repos")).toEqual(["own"]);
		expect((await ask(github, "/orgs/someone/repos")).status).toBe(404);
		expect((await ask(github, "/orgs/nobody/repos")).status).toBe(404);
	});
});
