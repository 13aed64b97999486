import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "@tidemark/db";
import { createPostgresDatabase, temporaryDirectory } from "@tidemark/db/testing";
import { type Fault, makeLogs, type PortkeyWorld, type Switches, startPortkey } from "@tidemark/world/portkey";
import { expect, it } from "vitest";
import { telemetry } from "./telemetry.ts";

const key = "pk-s3ntinel+/key=%40value";
const dayMs = 86_400_000;
const logs = makeLogs({ count: 30, from: Date.now() - 2 * dayMs, to: Date.now() - dayMs / 2 });

/** The ways in which a secret may be written. */
function listForms(secret: string): string[] {
	const base64 = Buffer.from(secret).toString("base64");
	return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64, encodeURIComponent(base64)];
}

/** Everything that a run may have left behind: what it printed, its files, its database. */
async function leftBy(world: PortkeyWorld, flags: readonly string[]): Promise<string> {
	const [cwd, url] = [temporaryDirectory(), await createPostgresDatabase()];
	const { out, err } = await telemetry({
		args: ["ingest", "portkey", ...flags],
		cwd,
		environment: { DATABASE_URL: url, PORTKEY_API_KEY: key, PORTKEY_BASE_URL: world.url, PORTKEY_WORKSPACE: "" },
	});
	const files = await readdir(cwd, { recursive: true, withFileTypes: true });
	const contents = files
		.filter((file) => file.isFile())
		.map((file) => readFile(join(file.parentPath, file.name), "latin1"));
	const db = await connect({ url, directory: "" });
	const tables = await db.query<{ name: string }>(
		"SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
	);
	const rows = tables.map(({ name }) => db.query(`SELECT row_to_json(stored)::text FROM "${name}" AS stored`));
	const stored = JSON.stringify(await Promise.all(rows));
	await db.close();
	return [out, err, ...(await Promise.all(contents)), stored].join("\n");
}

interface Trouble {
	readonly name: string;
	readonly switches?: Partial<Switches>;
	readonly fault?: Fault;
	readonly flags?: readonly string[];
}

const troubles: readonly Trouble[] = [
	{ name: "nothing is wrong" },
	{ name: "texts are stored and lines are broken", flags: ["--store-prompts"] },
	{ name: "the key is refused", switches: { auth: "bearer" }, flags: ["--auth", "portkey"] },
	{ name: "the plan is another one", switches: { refuses: "plan" } },
	{
		name: "the refusal repeats the key",
		fault: { kind: "answer", status: 400, body: { success: false, data: { message: listForms(key).join(" ") } } },
	},
	{ name: "the export fails", switches: { endsAs: "failed" } },
	{ name: "addresses expire", switches: { usesOfAddress: 0 } },
	{ name: "a download brings too little", switches: { missingLines: [1, 1, 1] } },
	{ name: "it is another service", fault: { kind: "html" } },
];

it.each(troubles)(
	"no key, signed address or header is left anywhere if $name",
	async ({ switches = {}, fault, flags = [] }) => {
		await using world = await startPortkey({ key, logs, switches });
		world.faults.next(fault);
		world.logs.push({
			at: Date.now() - dayMs,
			fields: {},
			text: '{"request_url": "https://x/?key=in-the-query", broken',
		});
		const left = await leftBy(world, flags);
		expect(left).toContain("portkey");
		const signatures = world.addresses.map((address) => new URL(address).searchParams.get("X-Amz-Signature") ?? "");
		for (const secret of [key, ...signatures, "in-the-headers"].flatMap(listForms)) {
			expect(left.includes(secret), secret).toBe(false);
		}
		if (!flags.includes("--store-prompts")) expect(left).not.toMatch(/in-the-query|Question \d|The sea/);
	},
);
