import { join } from "node:path";
import { connect } from "../packages/db/src/index.ts";
import type { Bench } from "./bench.ts";
import { type Figure, median } from "./figure.ts";
import { measureTelemetry } from "./measured-process.ts";
import { measurePsql } from "./psql.ts";
import { writeUsageFile } from "./usage-file.ts";

const rows = 1_000_000;
const rounds = 3;

/** A million rows of CSV into PostgreSQL, in turns with psql's own way, then the same file once more. */
export const ingestPostgres: Bench = async ({ directory, serverUrl }) => {
	const csv = join(directory, "million.csv");
	await writeUsageFile(csv, rows, Date.now());
	const db = await connect({ url: serverUrl, directory: "" });
	const environment = { DATABASE_URL: serverUrl };
	const ingest = () => measureTelemetry(["ingest", "csv", csv], environment, directory);
	await measureTelemetry(["db", "migrate"], environment, directory);
	const first: number[] = [];
	const psql: number[] = [];
	const peaks: number[] = [];
	for (let round = 0; round < rounds; round++) {
		psql.push(await measurePsql(serverUrl, csv));
		await db.query("TRUNCATE llm_calls, checkpoints");
		const measured = await ingest();
		first.push(measured.seconds);
		peaks.push(measured.peakMegabytes ?? Number.NaN);
	}
	const sizeBefore = await sizeOf(db);
	const resumed = await ingest();
	await db.query("DELETE FROM checkpoints");
	const again = await ingest();
	const growth = (await sizeOf(db)) / sizeBefore;
	await db.close();
	const figures: Figure[] = [
		{
			name: "1M rows into PostgreSQL, beside psql's \\copy and upsert",
			measured: median(psql) / median(first),
			unit: "of psql's rate",
			limit: 0.75,
			isFloor: true,
		},
		{
			name: "1M rows into PostgreSQL",
			measured: rows / median(first),
			unit: "rows/s",
			limit: 0.75 * (rows / median(psql)),
			isFloor: true,
		},
		{ name: "1M rows into PostgreSQL, peak memory", measured: median(peaks), unit: "MB", limit: 400, isFloor: false },
		{ name: "the same file again", measured: resumed.seconds, unit: "s", limit: median(first), isFloor: false },
		{
			name: "the same file again, checkpoint forgotten",
			measured: again.seconds,
			unit: "s",
			limit: median(first),
			isFloor: false,
		},
		{ name: "size of the table after that", measured: growth, unit: "of before", limit: 1, isFloor: false },
	];
	return figures;
};

async function sizeOf(db: Awaited<ReturnType<typeof connect>>): Promise<number> {
	const [row] = await db.query<{ size: number }>("SELECT pg_relation_size('llm_calls')::float8 AS size");
	return row?.size ?? 0;
}
