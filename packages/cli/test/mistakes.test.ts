import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { describe, expect, it } from "vitest";
import { telemetry } from "./telemetry.ts";

let database: Promise<string> | undefined;

async function mistake(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
	// A server, because opening an embedded database for each would take its time.
	database ??= createPostgresDatabase();
	const cwd = temporaryDirectory();
	await mkdir(join(cwd, "folder"));
	await writeFile(join(cwd, "foreign.csv"), "when,tokens\n2026-01-01,5\n");
	const { code, out, err } = await telemetry({
		args,
		cwd,
		environment: { DATABASE_URL: await database, ...environment },
	});
	expect(out).toBe("");
	return `exit ${code}\n${err}`;
}

describe("a mistake is answered with what is wrong and what to do:", () => {
	it("a command that does not exist", async () => {
		expect(await mistake(["injest"])).toMatchInlineSnapshot(`
			"exit 2
			Error: There is no command "injest".
			  Fix: Use one of: demo, ingest, stats, prompts, prune, verify, dead-letters, db, worker.
			"
		`);
	});

	it("no source", async () => {
		expect(await mistake(["ingest"])).toMatchInlineSnapshot(`
			"exit 2
			Error: Which source?
			  Fix: Use: pnpm telemetry ingest all, or one of github, csv, portkey, litellm, agents, otlp.
			"
		`);
	});

	it("a source that does not exist", async () => {
		expect(await mistake(["ingest", "gitlab"])).toMatchInlineSnapshot(`
			"exit 2
			Error: There is no source "gitlab".
			  Fix: Use: pnpm telemetry ingest all, or one of github, csv, portkey, litellm, agents, otlp.
			"
		`);
	});

	it("a flag that does not exist", async () => {
		expect(await mistake(["prune", "--dry"])).toMatchInlineSnapshot(`
			"exit 2
			Error: Unknown option '--dry'.
			  Fix: Known here: --dry-run --force --json --database-url --db-dir --retention. See --help.
			"
		`);
	});

	it("a file that does not exist", async () => {
		expect(await mistake(["ingest", "csv", "nothing.csv"])).toMatchInlineSnapshot(`
			"exit 2
			Error: There is no file nothing.csv.
			  Fix: Correct the path; it is taken from the folder you are in.
			"
		`);
	});

	it("a folder", async () => {
		expect(await mistake(["ingest", "csv", "folder"])).toMatchInlineSnapshot(`
			"exit 2
			Error: folder is a folder.
			  Fix: Name its files, for example "folder/*.csv".
			"
		`);
	});

	it("a source asked for by name with nothing to read", async () => {
		expect(await mistake(["ingest", "csv"])).toMatchInlineSnapshot(`
			"exit 2
			Error: csv: nothing to read.
			  Fix: put a usage file at .telemetry/usage.csv, or name one: pnpm telemetry ingest csv <file> (TELEMETRY_CSV_PATH)
			"
		`);
	});

	it("a time that is none", async () => {
		expect(await mistake(["ingest", "csv", "foreign.csv", "--since", "yesterday"])).toMatchInlineSnapshot(`
			"exit 2
			Error: "yesterday" is not a point in time.
			  Fix: Use --since with a date (2026-02-01), a timestamp (2026-02-01T06:00:00Z) or a span (30d, 12h).
			"
		`);
	});

	it("a retention that is none", async () => {
		expect(await mistake(["ingest", "all"], { TELEMETRY_RETENTION: "6 months" })).toMatchInlineSnapshot(`
			"exit 2
			Error: "6 months" is not a retention.
			  Fix: Use for example 6mo, 24mo, 90d, 2y or off in TELEMETRY_RETENTION (--retention).
			"
		`);
	});

	it("a share that is none", async () => {
		expect(await mistake(["ingest", "all", "--max-bad", "5"])).toMatchInlineSnapshot(`
			"exit 2
			Error: "5" does not fit --max-bad (TELEMETRY_MAX_BAD): it should be a percentage such as 5%.
			  Fix: Set TELEMETRY_MAX_BAD or pass --max-bad: Fail if more than this share of a file's entries is bad, for example 5%. Off unless set; what is good is stored all the same.
			"
		`);
	});

	it("a database address that is none", async () => {
		expect(await mistake(["stats"], { DATABASE_URL: "localhost/telemetry" })).toMatchInlineSnapshot(`
			"exit 2
			Error: DATABASE_URL is not a PostgreSQL address.
			  Why: It should look like postgresql://user:password@host:5432/database.
			  Fix: Correct DATABASE_URL (--database-url). In a password, write @ : / # ? % as %40 %3A %2F %23 %3F %25.
			"
		`);
	});

	it("a database that does not exist, without showing the password", async () => {
		const url = new URL(await createPostgresDatabase());
		url.password = "s3cret/word";
		url.pathname = "nowhere";
		const answer = await mistake(["stats"], { DATABASE_URL: url.href });
		expect(answer.replaceAll(url.port, "<port>")).toMatchInlineSnapshot(`
			"exit 1
			Error: There is no database "nowhere" at 127.0.0.1:<port>.
			  Fix: Create it (createdb "nowhere"), or correct the name in DATABASE_URL.
			"
		`);
	});

	it("a grouping that does not exist", async () => {
		expect(await mistake(["stats", "--by", "team"])).toMatchInlineSnapshot(`
			"exit 2
			Error: --by team is not known.
			  Fix: Use one of day, workflow, runner, repository, model, phase, developer.
			"
		`);
	});
});

describe("a usage file that cannot be read", () => {
	it("fails with its header and the way out", async () => {
		const cwd = temporaryDirectory();
		await writeFile(join(cwd, "foreign.csv"), "when,tokens\n2026-01-01,5\n");
		const environment = { DATABASE_URL: await createPostgresDatabase() };
		const { code, err } = await telemetry({ args: ["ingest", "csv", "foreign.csv"], cwd, environment });
		expect(`exit ${code}\n${err}`).toMatchInlineSnapshot(`
			"exit 2
			Error: foreign.csv has no column that says when a call was made.
			  Why: Its header is when,tokens.
			  Fix: Name the column with --map timestamp=<column>; if the first line is no header, name all columns with --header timestamp,model,….
			"
		`);
	});
});
