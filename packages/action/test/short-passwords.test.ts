import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type Database } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addRuns, githubOfToday } from "./busy-github.ts";
import { type Ended, runAction } from "./run-action.ts";

const long = "a-long-password-that-stands-nowhere-else";

describe("a password that is also a word or a number", () => {
	const role = `tide_${randomBytes(6).toString("hex")}`;
	let db: Database;
	let run: (password: string) => Promise<Ended>;
	let expected: Ended;
	let github: Awaited<ReturnType<typeof githubOfToday>>;

	beforeAll(async () => {
		const url = await createPostgresDatabase();
		db = await connect({ url, directory: "" });
		const [owner] = await db.query<{ name: string }>("SELECT quote_ident(current_user) AS name");
		await db.query(`CREATE ROLE ${role} LOGIN IN ROLE ${owner?.name}`);
		github = await githubOfToday();
		addRuns(github.addRepository("acme/app"), { runs: 88, days: 6, workflow: "test of postgres 88" });
		const workspace = temporaryDirectory();
		const at = new Date(Date.now() - 3_600_000).toISOString();
		writeFileSync(join(workspace, "test-88.csv"), `timestamp,model,prompt_tokens\n${at},postgres-test,88\n`);
		run = async (password) => {
			await db.query(`ALTER ROLE ${role} PASSWORD '${password}'`);
			const address = new URL(url);
			address.username = role;
			address.password = password;
			const inputs = { "database-url": address.href, "csv-path": "test-88.csv" };
			return runAction({ inputs, environment: { GITHUB_API_URL: github.url }, workspace });
		};
		// Everything is there from the first run on, and the second finds nothing new.
		await run(long);
		expected = await run(long);
	});

	afterAll(async () => {
		await github[Symbol.asyncDispose]();
		await db.query(`DROP OWNED BY ${role}`);
		await db.query(`DROP ROLE ${role}`);
		await db.close();
	});

	for (const password of ["test", "88", "postgres"]) {
		it(`changes nothing of what is shown: ${password}`, async () => {
			const ended = await run(password);
			expect(ended.code).toBe(0);
			expect(timeless(ended.summary)).toBe(timeless(expected.summary));
			expect(timelessOutputs(ended)).toEqual(timelessOutputs(expected));
			expect(expected.summary).toContain("test of postgres 88");
		});
	}

	it("is masked in the log only from six characters on, and one that is too short is mentioned once", async () => {
		const { log: short } = await run("test");
		expect(short).not.toMatch(/^::add-mask::(test|dGVzdA==)$/m);
		expect(short.match(/::notice title=Tidemark::A password or token has fewer than 6 characters/g)).toHaveLength(1);
		expect(short).toMatch(/^::add-mask::postgres(ql)?:/m);
		const { log } = await run("postgres");
		expect(log).toMatch(/^::add-mask::postgres$/m);
		expect(log).not.toContain("fewer than 6 characters");
	});
});

/** Two runs share everything but the minute they ran in and how long each source took. */
function timeless(summary: string): string {
	return summary
		.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, "<moment>")
		.replace(/(?<=\| )\d+(\.\d+)?\s(ms|s|min)(?= \|$)/gm, "<took>");
}

function timelessOutputs({ outputs }: Ended): unknown {
	const json = JSON.parse(outputs.json ?? "", (name, value) => (["elapsed_ms", "cut"].includes(name) ? null : value));
	return { ...outputs, json, "report-path": "" };
}
