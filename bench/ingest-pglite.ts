import { join } from "node:path";
import type { Bench } from "./bench.ts";
import { measureTelemetry, readIngestSeconds } from "./measured-process.ts";
import { writeUsageFile } from "./usage-file.ts";

const rows = 300_000;

/** Into the embedded database, the opening of which is not counted. */
export const ingestPglite: Bench = async ({ directory }) => {
	const csv = join(directory, "embedded.csv");
	await writeUsageFile(csv, rows, Date.now());
	const environment = { DATABASE_URL: "" };
	await measureTelemetry(["db", "migrate"], environment, directory);
	const { out } = await measureTelemetry(["ingest", "csv", csv, "--json"], environment, directory);
	return [
		{
			name: "rows into the embedded database",
			measured: rows / readIngestSeconds(out),
			unit: "rows/s",
			limit: 40_000,
			isFloor: true,
		},
	];
};
