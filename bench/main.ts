// `pnpm bench [name…]` measures, and prints each figure beside its limit. On an idle machine; needs psql.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "../packages/db/src/index.ts";
import { testServer } from "../packages/db/src/testing/index.ts";
import { action } from "./action.ts";
import type { Bench } from "./bench.ts";
import { isWithin, line } from "./figure.ts";
import { githubRequests } from "./github-requests.ts";
import { githubWorlds } from "./github-worlds.ts";
import { ingestLarge } from "./ingest-large.ts";
import { ingestPglite } from "./ingest-pglite.ts";
import { ingestPortkey } from "./ingest-portkey.ts";
import { ingestPostgres } from "./ingest-postgres.ts";
import { startUp } from "./start-up.ts";
import { stats } from "./stats.ts";

const benches: Readonly<Record<string, Bench>> = {
	"start-up": startUp,
	"ingest-postgres": ingestPostgres,
	"ingest-pglite": ingestPglite,
	"ingest-portkey": ingestPortkey,
	stats,
	"github-requests": githubRequests,
	"github-worlds": githubWorlds,
	"ingest-large": ingestLarge,
	action,
};

const wanted = process.argv.slice(2);
const server = await testServer({ durable: true });
try {
	for (const [name, bench] of Object.entries(benches)) {
		if (wanted.length > 0 && !wanted.includes(name)) continue;
		const directory = await mkdtemp(join(tmpdir(), "tidemark-bench-"));
		const admin = await connect({ url: server.url, directory: "" });
		const database = `bench_${name.replaceAll("-", "_")}`;
		await admin.query(`CREATE DATABASE ${database}`);
		const serverUrl = Object.assign(new URL(server.url), { pathname: database }).href;
		try {
			for (const figure of await bench({ directory, serverUrl })) {
				console.log(line(figure));
				if (!isWithin(figure)) process.exitCode = 1;
			}
		} finally {
			await rm(directory, { recursive: true });
			await admin.query(`DROP DATABASE ${database} WITH (FORCE)`);
			await admin.close();
		}
	}
} finally {
	await server.stop();
}
