import { join } from "node:path";
import { connect } from "../packages/db/src/index.ts";
import type { Bench } from "./bench.ts";
import { writeExportFile } from "./export-file.ts";
import { median } from "./figure.ts";
import { measureTelemetry, readIngestSeconds } from "./measured-process.ts";

const lines = 100_000;
const rounds = 3;

/** An export of PortKey's into PostgreSQL, a call and a prompt for each line; the start of the process is not counted. */
export const ingestPortkey: Bench = async ({ directory, serverUrl }) => {
	const file = join(directory, "export.jsonl");
	await writeExportFile(file, lines, Date.now());
	const environment = { DATABASE_URL: serverUrl };
	await measureTelemetry(["db", "migrate"], environment, directory);
	const db = await connect({ url: serverUrl, directory: "" });
	const seconds: number[] = [];
	const peaks: number[] = [];
	for (let round = 0; round < rounds; round++) {
		await db.query("TRUNCATE llm_calls, prompt_instances, checkpoints");
		const { out, peakMegabytes } = await measureTelemetry(
			["ingest", "portkey", file, "--json"],
			environment,
			directory,
		);
		seconds.push(readIngestSeconds(out));
		peaks.push(peakMegabytes ?? Number.NaN);
	}
	await db.close();
	return [
		{
			name: "PortKey's export into PostgreSQL",
			measured: lines / median(seconds),
			unit: "lines/s",
			limit: 30_000,
			isFloor: true,
		},
		{
			name: "PortKey's export into PostgreSQL, peak memory",
			measured: median(peaks),
			unit: "MB",
			limit: 400,
			isFloor: false,
		},
	];
};
