import { join } from "node:path";
import type { Bench } from "./bench.ts";
import { measureTelemetry } from "./measured-process.ts";
import { writeUsageFile } from "./usage-file.ts";

const rows = 7_641_575;

/** A gigabyte of CSV: memory must not grow with the file. */
export const ingestLarge: Bench = async ({ directory, serverUrl }) => {
	const csv = join(directory, "gigabyte.csv");
	await writeUsageFile(csv, rows, Date.now(), ` ${"and so on ".repeat(6)}`);
	const { peakMegabytes = Number.NaN, seconds } = await measureTelemetry(
		["ingest", "csv", csv],
		{ DATABASE_URL: serverUrl },
		directory,
	);
	return [
		{
			name: `1 GB (${rows} rows) into PostgreSQL, peak memory`,
			measured: peakMegabytes,
			unit: "MB",
			limit: 550,
			isFloor: false,
		},
		{ name: "1 GB into PostgreSQL", measured: rows / seconds, unit: "rows/s", limit: 40_000, isFloor: true },
	];
};
