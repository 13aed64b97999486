import { join } from "node:path";
import { connect } from "../packages/db/src/index.ts";
import { readOverview } from "../packages/stats/src/index.ts";
import type { Bench } from "./bench.ts";
import { median } from "./figure.ts";
import { measureTelemetry } from "./measured-process.ts";
import { writeUsageFile } from "./usage-file.ts";

const rows = 1_000_000;

/** The figures of a million calls, all of them in the period, by each grouping. */
export const stats: Bench = async ({ directory, serverUrl }) => {
	const csv = join(directory, "stats.csv");
	await writeUsageFile(csv, rows, Date.now());
	await measureTelemetry(["ingest", "csv", csv], { DATABASE_URL: serverUrl }, directory);
	const db = await connect({ url: serverUrl, directory: "" });
	await db.query("VACUUM ANALYZE llm_calls");
	const since = new Date(Date.now() - 30 * 86_400_000).toISOString();
	const figures = [];
	for (const by of [undefined, "day", "model", "phase", "developer"] as const) {
		const seconds: number[] = [];
		for (let round = 0; round < 4; round++) {
			const started = performance.now();
			await readOverview(db, { since, by });
			seconds.push((performance.now() - started) / 1000);
		}
		const name = `stats of 1M calls${by ? ` by ${by}` : ""}`;
		figures.push({ name, measured: median(seconds), unit: "s", limit: 1, isFloor: false });
	}
	await db.close();
	return figures;
};
