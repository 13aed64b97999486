import { connect, type Database, tableNames } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { type Fault, simulateGithub } from "@tidemark/world/github";
import { expect, it } from "vitest";
import { telemetry } from "./telemetry.ts";

/** With signs that an address has to write in another way. */
const token = "ghp_T0k3n/with+signs=and%more";
const basic = (text: string) => Buffer.from(text).toString("base64");
const forms = [token, encodeURIComponent(token), basic(token)];
const echo = `refused for Authorization: token ${token}, ?token=${encodeURIComponent(token)}, Basic ${basic(token)}`;

/** What goes wrong with each repository. The worst servers repeat what they received. */
const faults: Readonly<Record<string, Fault>> = {
	"acme/not-found": { kind: "answer", status: 404, body: { message: echo } },
	"acme/forbidden": { kind: "answer", status: 403, body: { message: echo } },
	"acme/conflict": { kind: "answer", status: 422, body: { message: echo } },
	"acme/limited": { kind: "answer", status: 429, headers: { "retry-after": "900" }, body: { message: echo } },
	"acme/broken": { kind: "answer", status: 500, body: { message: echo } },
	"acme/cut": { kind: "truncate" },
	"acme/reset": { kind: "reset" },
};

it("T43: no failure of GitHub shows the token, neither on the terminal nor in the database", async () => {
	const at = new Date(Date.now() - 3_600_000).toISOString();
	await using github = await simulateGithub({ now: new Date().toISOString() });
	github.addToken(token);
	const names = ["acme/app", ...Object.keys(faults)];
	for (const name of names) {
		const repository = github.addRepository(name);
		repository.addRun({ createdAt: at, attempts: [{ startedAt: at }] });
		repository.addRun({ createdAt: at, attempts: [], override: { created_at: "?" } });
	}
	for (const [name, fault] of Object.entries(faults)) {
		// A connection is lost for a while only: each one that stays lost costs seconds.
		github.faults.script(fault, { path: `${name}/`, times: fault.kind === "answer" ? Infinity : 2 });
	}
	const url = await createPostgresDatabase();
	const environment = { DATABASE_URL: url, GITHUB_API_URL: github.url };
	const call = (args: readonly string[], more: Readonly<Record<string, string>> = { GITHUB_TOKEN: token }) =>
		telemetry({ args, cwd: temporaryDirectory(), environment: { ...environment, ...more } });
	const repositories = names.flatMap((name) => ["--repo", name]);
	const answers = [await call(["ingest", "github:runs", ...repositories])];
	for (const name of ["acme/not-found", "acme/limited"]) answers.push(await call(["verify", "github", "--repo", name]));
	github.tokens.revoke(token);
	const typed = ["--repo", "acme/app", "--github-token", token];
	answers.push(await call(["ingest", "github:commits", "--json", ...typed], {}));
	github.faults.script({ kind: "answer", status: 401, body: { message: echo } });
	answers.push(await call(["verify", "github", "--repo", "acme/app"], { GITHUB_PERSONAL_TOKEN: token }));
	expect(answers.map(({ code }) => code)).toEqual([1, 1, 75, 1, 1]);
	const printed = answers.map(({ out, err }) => out + err).join("\n");
	expect(printed).toContain("refused for Authorization: token ***, ?token=***, Basic ***");
	const db = await connect({ url, directory: "" });
	const stored = await dump(db);
	await db.close();
	expect(stored).toContain("acme/forbidden");
	for (const form of forms) {
		expect(printed).not.toContain(form);
		expect(stored).not.toContain(form);
	}
}, 60_000);

/** Everything in every table, as text. */
async function dump(db: Database): Promise<string> {
	const texts: string[] = [];
	for (const table of [...tableNames, "checkpoints", "dead_letters", "ingestions"]) {
		const rows = await db.query<{ text: string }>(`SELECT stored::text AS text FROM ${table} AS stored`);
		texts.push(...rows.map(({ text }) => text));
	}
	return texts.join("\n");
}
