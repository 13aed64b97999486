import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect, migrate, save } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { telemetry } from "./telemetry.ts";

const long = "s3cret/w=rd";
const forms = [long, encodeURIComponent(long), Buffer.from(long).toString("base64")];

/** The address of a test database, whose server asks nobody for a password, with one. */
function withPassword(url: string, password: string): string {
	const address = new URL(url);
	address.password = encodeURIComponent(password);
	return address.href;
}

describe("a secret", () => {
	let url: string;

	beforeAll(async () => {
		url = await createPostgresDatabase();
		const db = await connect({ url, directory: "" });
		await migrate(db);
		const run = {
			runAttempt: 1,
			repositoryId: 1,
			repository: "acme/test",
			workflowId: 7,
			workflowName: "test postgres",
		};
		await save(db, {
			workflow_runs: [88, 89].map((githubRunId) => ({
				...run,
				githubRunId,
				status: "completed",
				conclusion: "failure",
				durationSeconds: githubRunId,
				runCreatedAt: "2026-02-02T23:30:00Z",
			})),
			llm_calls: [
				{ timestamp: "2026-02-02T12:00:00Z", source: "csv", sourceId: "1", model: "test-88", inputTokens: 88 },
			],
		});
		await db.close();
	});

	it.each([[[]], [["--json"]], [["--csv"]], [["--md"]]])(
		"never changes a figure or a name: stats %j",
		async (form) => {
			const answers = [];
			for (const password of [long, "test", "88", "postgres"]) {
				const environment = { DATABASE_URL: withPassword(url, password) };
				const args = ["stats", "--since", "2026-02-01", "--by", "workflow", ...form];
				const { code, out, err } = await telemetry({ args, cwd: temporaryDirectory(), environment });
				expect(code).toBe(0);
				expect(err).toBe(
					password.length < 6
						? "Warning: A secret of fewer than 6 characters cannot be hidden in messages: DATABASE_URL.\n"
						: "",
				);
				answers.push(out);
			}
			const [usual = "", ...others] = answers;
			expect(usual).toContain("test postgres");
			for (const other of others) expect(other).toBe(usual);
		},
		60_000,
	);

	it("is not guessed by the word before it: files keep their names", async () => {
		const cwd = temporaryDirectory();
		for (const args of [
			["portkey", "export.jsonl"],
			["csv", "api-token"],
		]) {
			const environment = {
				DATABASE_URL: withPassword(url, long),
				API_TOKEN: "export.jsonl",
				MY_PASSWORD: "api-token",
			};
			const { code, out, err } = await telemetry({ args: ["ingest", ...args], cwd, environment });
			expect(code).toBe(2);
			expect(out + err).toContain(`There is no file ${args[1]}.`);
		}
		await writeFile(join(cwd, "export.jsonl"), '{"id": "1", "created_at": "2026-02-02T12:00:00Z"}\n');
		const environment = { DATABASE_URL: withPassword(url, "export.jsonl") };
		const { out } = await telemetry({ args: ["ingest", "portkey", "export.jsonl"], cwd, environment });
		expect(out).toMatch(/^portkey {2}export\.jsonl {2}1 entry read/);
	});

	it("is not in any message of a failed connection, in whatever form", async () => {
		const addresses = ["127.0.0.1:1/db", "nowhere.invalid/db"].map((place) => {
			return `postgresql://${encodeURIComponent(long)}:${encodeURIComponent(long)}@${place}`;
		});
		const refused = withPassword(url.replace(/[^/]+$/, "nowhere"), long);
		for (const address of [...addresses, refused, `postgresql://me:${long}@127.0.0.1:1/db?sslmode=${long}`]) {
			for (const call of [
				{ args: ["stats"], environment: { DATABASE_URL: address } },
				{ args: ["ingest", "all", "--json", "--database-url", address], environment: {} },
			]) {
				const { code, out, err } = await telemetry({ ...call, cwd: temporaryDirectory() });
				expect(code, err).not.toBe(0);
				expect(err).toContain("Error: ");
				for (const form of forms) expect(out + err).not.toContain(form);
			}
		}
	}, 60_000);
});

describe("a name from outside", () => {
	it("neither steers the terminal nor begins a line", async () => {
		const cwd = temporaryDirectory();
		const name = "usage\u001b[2J\n::error::.csv";
		await writeFile(join(cwd, name), "timestamp,model,prompt_tokens\nnever,gpt-4o,1\n");
		const environment = { DATABASE_URL: await createPostgresDatabase() };
		const { out, err } = await telemetry({ args: ["ingest", "csv", name], cwd, environment });
		expect(out).toContain("csv  usage\\u001b[2J\\u000a::error::.csv  ");
		const missing = await telemetry({ args: ["ingest", "csv", "missing\u001b"], cwd, environment });
		expect(missing.err).toContain("There is no file missing\\u001b.");
		const list = await telemetry({ args: ["dead-letters"], cwd, environment });
		expect(list.out).toContain("usage\\u001b[2J\\u000a::error::.csv");
		const printed = [out, err, missing.err, list.out].join("\n");
		expect(printed).not.toMatch(/^::/m);
		expect(printed).not.toContain("\u001b");
	});
});
