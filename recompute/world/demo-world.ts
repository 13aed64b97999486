import { readFileSync } from "node:fs";
import { join } from "node:path";
import { microseconds } from "../figures/calls/call.ts";
import type { CallFile, RawRepository, RawRun } from "../figures/raw.ts";
import { isoMicroseconds } from "./calls/call-moments.ts";
import { writeText, writeWorld } from "./files.ts";
import { iso } from "./moments.ts";

/** The recording in `examples/github-world`. */
interface Recording extends Pick<RawRepository, "repository" | "runs" | "pulls" | "commits"> {
	readonly recordedAt: string;
}

const columns = { timestamp: "TIMESTAMP", prompt_tokens: "ContextTokens", completion_tokens: "GeneratedTokens" };

/** Writes the world of `telemetry demo`: the recorded repository and the usage files, with times moved up to now. */
export function writeDemoWorld(folder: string, examples: string, now: number): void {
	const text = readFileSync(join(examples, "github-world/world.json"), "utf8");
	const { recordedAt } = JSON.parse(text) as Recording;
	const byMs = now - Date.parse(recordedAt);
	const moved = text.replaceAll(
		/"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"/g,
		(_, time: string) => `"${iso(Date.parse(time) + byMs)}"`,
	);
	const recording: Recording = JSON.parse(moved);
	const workflows = new Map(recording.runs.map(({ workflow }: RawRun) => [workflow.id, workflow]));
	const { repository, runs, pulls, commits } = recording;
	writeWorld(folder, {
		name: "demo",
		since: iso(now - 60 * 86_400_000),
		looks: [iso(now)],
		repositories: [
			{
				repository,
				id: 500_000_000,
				visibility: "private",
				defaultBranch: "main",
				workflows: [...workflows.values()],
				runs,
				pulls,
				commits,
			},
		],
		lostAttempts: [],
		runsWithoutJobs: [],
		callFiles: [
			moveFile(folder, examples, now, { source: "csv", path: "usage-csv/usage.csv", spoilt: 0 }),
			...["code", "conv"].map((kind) => {
				const path = `azure-llm/AzureLLMInferenceTrace_${kind}.csv`;
				return moveFile(folder, examples, now, { source: "csv", path, spoilt: 0, columns, model: "gpt-4" });
			}),
		],
	});
}

/** Copies a usage file whose first column is the time; its newest line happened now. */
function moveFile(folder: string, examples: string, now: number, file: CallFile): CallFile {
	const [header, ...lines] = readFileSync(join(examples, file.path), "utf8").trim().split(/\r?\n/);
	const timeOf = (line: string) => microseconds(line.slice(0, line.indexOf(",")));
	let newest = 0;
	for (const line of lines) newest = Math.max(newest, timeOf(line));
	const later = lines.map(
		(line) => isoMicroseconds(timeOf(line) + now * 1000 - newest) + line.slice(line.indexOf(",")),
	);
	writeText(folder, file.path, `${[header, ...later].join("\n")}\n`);
	return file;
}
