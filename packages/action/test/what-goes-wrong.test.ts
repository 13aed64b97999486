import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { connect } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { addRuns, githubOfToday } from "./busy-github.ts";
import { runAction } from "./run-action.ts";

/** A port on which nothing listens any more. */
async function deadPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return address !== null && typeof address === "object" ? address.port : 0;
}

function workspaceWithCalls(): string {
	const workspace = temporaryDirectory();
	writeFileSync(join(workspace, "usage.csv"), `timestamp,model\n${new Date().toISOString()},gpt-4o\n`);
	return workspace;
}

describe("what goes wrong", () => {
	it("says which secret to add where there is no database-url", async () => {
		const ended = await runAction({});
		expect(ended.code).toBe(1);
		expect(ended.log).toContain("::error title=Tidemark::The input database-url is empty.");
		expect(ended.log).toContain("Add a secret DATABASE_URL");
		expect(ended.summary).toContain("The input database-url is empty.");
		expect(JSON.parse(ended.outputs.json ?? "")).toMatchObject({ errors: [{ words: expect.anything() }] });
	});

	it("passes with a notice where GitHub gives a fork's pull request no secrets", async () => {
		const fork = { head: { repo: { full_name: "mallory/app" } } };
		const ended = await runAction({
			environment: { GITHUB_EVENT_NAME: "pull_request" },
			event: { pull_request: fork, repository: { full_name: "acme/app" } },
		});
		expect(ended.code).toBe(0);
		expect(ended.log).toContain("::notice title=Tidemark::GitHub gives pull requests of forks no secrets");
		expect(ended.log).not.toContain("::error");
		expect(ended.outputs).toMatchObject({ "rows-inserted": "0", partial: "false" });
		expect(ended.summary).toContain("pull requests of forks");
	});

	it("passes where Dependabot is given none", async () => {
		const ended = await runAction({ environment: { GITHUB_EVENT_NAME: "push", GITHUB_ACTOR: "dependabot[bot]" } });
		expect(ended.code).toBe(0);
		expect(ended.log).toContain("::notice title=Tidemark::GitHub gives runs of Dependabot no secrets");
	});

	it("does not take a pull request of the repository itself for a fork's", async () => {
		const own = { head: { repo: { full_name: "acme/app" } } };
		const ended = await runAction({
			environment: { GITHUB_EVENT_NAME: "pull_request" },
			event: { pull_request: own, repository: { full_name: "acme/app" } },
		});
		expect(ended.code).toBe(1);
		expect(ended.log).toContain("The input database-url is empty.");
	});

	it("names host and port of a database that does not answer, and never its password", async () => {
		const port = await deadPort();
		const inputs = { "database-url": `postgresql://tide:s3cret%2Fpass@127.0.0.1:${port}/tide` };
		const ended = await runAction({ inputs });
		expect(ended.code).toBe(1);
		expect(ended.log).toContain(`Nothing answers at 127.0.0.1:${port}: the connection was refused.`);
		const shown = ended.log.replaceAll(/^::add-mask::.*$/gm, "") + ended.summary + JSON.stringify(ended.outputs);
		expect(shown).not.toMatch(/s3cret/);
		for (const secret of ["s3cret/pass", "s3cret%252Fpass", inputs["database-url"].replaceAll("%", "%25")]) {
			expect(ended.log).toContain(`::add-mask::${secret}\n`);
		}
		expect((await runAction({ inputs: { ...inputs, "fail-on": "never" } })).code).toBe(0);
	});

	it("reports a refused token once, and ingests the rest", async () => {
		await using github = await githubOfToday();
		github.addRepository("acme/app");
		const url = await createPostgresDatabase();
		const ended = await runAction({
			inputs: { "database-url": url, "github-token": "expired-token", "csv-path": "usage.csv" },
			environment: { GITHUB_API_URL: github.url },
			workspace: workspaceWithCalls(),
		});
		expect(ended.code).toBe(1);
		expect(ended.log.match(/::error/g)).toHaveLength(1);
		expect(ended.log).toContain("::error title=Tidemark%3A github%3Aruns acme/app::GitHub answers 401");
		expect(ended.log).toContain("Fix: Set github-token");
		expect(ended.outputs["rows-inserted"]).toBe("1");
		expect(ended.summary).toContain("Bad credentials");
	});

	it("names the permission that the workflow does not grant", async () => {
		await using github = await githubOfToday();
		addRuns(github.addRepository("acme/app", { visibility: "private" }), { runs: 3, days: 3 });
		github.addToken("no-actions", { permissions: { actions: "none" } });
		const ended = await runAction({
			inputs: { "database-url": await createPostgresDatabase(), "github-token": "no-actions" },
			environment: { GITHUB_API_URL: github.url },
		});
		expect(ended.code).toBe(1);
		expect(ended.log).toContain("The token lacks a permission: actions: read");
	});

	it("names what a role lacks that may only read", async () => {
		const url = await createPostgresDatabase();
		const admin = await connect({ url, directory: "" });
		const role = new URL(url).pathname.slice(1).replace("tidemark_test", "reader");
		await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'reader'`);
		const readerUrl = Object.assign(new URL(url), { username: role, password: "reader" }).href;
		const step = { inputs: { "database-url": readerUrl, "csv-path": "usage.csv", sources: "csv" } };
		try {
			const fresh = await runAction({ ...step, workspace: workspaceWithCalls() });
			expect(fresh.code).toBe(1);
			expect(fresh.log).toContain("The role may not create tables");
			await runAction({ inputs: { ...step.inputs, "database-url": url }, workspace: workspaceWithCalls() });
			await admin.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`);
			const migrated = await runAction({ ...step, workspace: workspaceWithCalls() });
			expect(migrated.code).toBe(1);
			expect(migrated.log).toContain(
				"The role may not do this: permission denied for table locks.%0AFix: Grant it: GRANT SELECT",
			);
		} finally {
			await admin.query(`DROP OWNED BY ${role}`);
			await admin.query(`DROP ROLE ${role}`);
			await admin.close();
		}
	});

	it("refuses a word that an input does not know", async () => {
		for (const [name, value, words] of [
			["fail-on", "sometimes", "Use one of error, partial, never."],
			["summary", "maybe", "neither true nor false"],
			["sources", "gitlab", 'There is no source "gitlab"'],
			["retention", "a while", "retention"],
			["max-duration", "soon", "max-duration"],
		] as const) {
			const ended = await runAction({ inputs: { "database-url": await createPostgresDatabase(), [name]: value } });
			expect(ended.code, name).toBe(1);
			expect(ended.log, name).toContain(words);
		}
	});

	it("cannot be faked by the name of a file", async () => {
		const workspace = temporaryDirectory();
		writeFileSync(join(workspace, "a\u001b[2J\n::error::b ##[error]c.csv"), "no,column,that,fits\n1,2,3,4\n");
		const ended = await runAction({
			inputs: { "database-url": await createPostgresDatabase(), sources: "csv", "csv-path": "*.csv" },
			workspace,
		});
		expect(ended.code).toBe(1);
		expect(ended.log).not.toMatch(/^\s*::error::b|##\[/m);
		expect(ended.log + ended.summary).not.toContain("\u001b");
		expect(ended.log.match(/^::error /gm)).toHaveLength(1);
	});
});
