import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type Database } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { expect, it } from "vitest";
import { type Call, telemetry } from "../telemetry.ts";
import { testFault } from "./machine.ts";

const tenYearsMs = 3653 * 86_400_000;

/** This machine's clock, ten years ahead. */
const wrongDate = `data:text/javascript,${encodeURIComponent(`
const Right = Date;
globalThis.Date = class extends Right {
	constructor(...given) { super(...(given.length > 0 ? given : [Right.now() + ${tenYearsMs}])); }
	static now() { return Right.now() + ${tenYearsMs}; }
};`)}`;

/** The database's clock, ten years ahead for whoever connects from now on. */
async function setClockWrong(db: Database): Promise<void> {
	const [named] = await db.query<{ name: string }>("SELECT current_database() AS name");
	await db.query("CREATE SCHEMA wrong");
	await db.query(`CREATE FUNCTION wrong.clock_timestamp() RETURNS timestamptz LANGUAGE sql
AS $$ SELECT pg_catalog.clock_timestamp() + interval '3653 days' $$`);
	await db.query(`ALTER DATABASE "${named?.name}" SET search_path = wrong, pg_catalog, public`);
}

async function setClockRight(db: Database): Promise<void> {
	await db.query("DROP SCHEMA wrong CASCADE");
}

it("F2 a PostgreSQL and a machine that are wrong by ten years delete nothing, and say what was ingested", async () => {
	await proveNothingIsDeleted(await createPostgresDatabase(), { nodeFlags: ["--import", wrongDate] });
});

testFault(
	"F2 an embedded database that is wrong by ten years deletes nothing, and says what was ingested",
	"faketime",
	() => proveNothingIsDeleted(undefined, { wrapper: ["faketime", "-f", "+3653d"] }),
);

async function proveNothingIsDeleted(
	url: string | undefined,
	wrong: Pick<Call, "nodeFlags" | "wrapper">,
): Promise<void> {
	const cwd = temporaryDirectory();
	const environment: Record<string, string> = { TELEMETRY_CSV_PATH: "usage.csv" };
	if (url) environment.DATABASE_URL = url;
	const rows = [1, 2, 3, 20].map((days) => `${new Date(Date.now() - days * 86_400_000).toISOString()},gpt-4o,${days}`);
	writeFileSync(join(cwd, "usage.csv"), `timestamp,model,prompt_tokens\n${rows.join("\n")}\n`);
	const onDatabase = async <Result>(work: (db: Database) => Promise<Result>) => {
		const db = await connect({ url, directory: join(cwd, ".telemetry/db") });
		return work(db).finally(() => db.close());
	};
	const countRows = () =>
		onDatabase(async (db) => {
			await db.query("SET search_path = pg_catalog, public");
			return db.query("SELECT count(*)::int AS rows FROM public.llm_calls");
		});
	expect((await telemetry({ args: ["ingest", "all"], cwd, environment })).code).toBe(0);
	if (url) await onDatabase(setClockWrong);
	for (let time = 0; time < 2; time++) {
		const answer = await telemetry({
			args: ["ingest", "all"],
			cwd,
			environment,
			...wrong,
		});
		expect(answer.code).toBe(1);
		expect(answer.out).toContain("csv  usage.csv");
		expect(answer.err).toContain("Nothing was pruned: the clock says 20");
		expect(answer.err).toContain("prune --force");
	}
	expect(await countRows()).toEqual([{ rows: 4 }]);
	if (url) await onDatabase(setClockRight);
	expect(await telemetry({ args: ["ingest", "all"], cwd, environment })).toMatchObject({ code: 0 });
	expect(await countRows()).toEqual([{ rows: 4 }]);
	// A shortened retention is meant.
	const shortened = await telemetry({ args: ["prune", "--retention", "10d"], cwd, environment });
	expect(shortened).toMatchObject({ code: 0, out: expect.stringMatching(/llm_calls +1\b/) });
	expect(await countRows()).toEqual([{ rows: 3 }]);
}
