import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask } from "./ask.ts";
import type { Comparison } from "./compare.ts";
import type { Known } from "./figures/overview.ts";
import type { Question } from "./questions.ts";
import type { Telemetry } from "./telemetry.ts";

/** A mistake in one family of figures. */
interface Mutant {
	readonly family: string;
	/** In packages/stats/src. */
	readonly file: string;
	/** Stands in the file exactly once. */
	readonly text: string;
	readonly mistake: string;
	readonly question: Question;
}

const mutants: readonly Mutant[] = [
	{
		family: "success rate",
		file: "measures/conditions.ts",
		text: `["failure", "timed_out", "startup_failure"]`,
		mistake: `["failure", "startup_failure"]`,
		question: {},
	},
	{
		family: "default branch",
		file: "measures/conditions.ts",
		text: "AND lower(coalesce(head_repository, workflow_runs.repository)) = lower(workflow_runs.repository))`",
		mistake: ")`",
		question: {},
	},
	{
		family: "flaky",
		file: "measures/runs.ts",
		text: "FILTER (WHERE failed < succeeded)",
		mistake: "FILTER (WHERE failed <> succeeded)",
		question: { by: "repository" },
	},
	{
		family: "duration",
		file: "measures/runs.ts",
		text: `"duration_seconds IS NOT NULL AND completed_at_is_estimate IS NOT TRUE"`,
		mistake: `"duration_seconds IS NOT NULL"`,
		question: {},
	},
	{
		family: "queue",
		file: "measures/runs.ts",
		text: `"queue_seconds", "queue_seconds IS NOT NULL")`,
		mistake: `"queue_seconds + 5", "queue_seconds IS NOT NULL")`,
		question: {},
	},
	{
		family: "minutes and cost",
		file: "measures/jobs.ts",
		text: "chargedNanoUsd: isFree ? 0 : listNanoUsd",
		mistake: "chargedNanoUsd: listNanoUsd",
		question: { by: "repository" },
	},
	{
		family: "waste",
		file: "measures/jobs.ts",
		text: "OR run_attempt > 1 AS is_wasted",
		mistake: "AS is_wasted",
		question: {},
	},
	{
		family: "incidents",
		file: "measures/incidents.ts",
		text: "closing?.isSameCommit ?? false",
		mistake: "false",
		question: {},
	},
	{
		family: "pull requests",
		file: "measures/changes.ts",
		text: "AND reopened_count > 0)",
		mistake: "AND reopened_count > 1)",
		question: {},
	},
	{
		family: "calls and tokens",
		file: "measures/calls.ts",
		text: "sum(cache_read_tokens)::float8",
		mistake: "sum(cache_read_tokens + coalesce(cache_write_tokens, 0))::float8",
		question: { by: "model" },
	},
	{
		family: "cost of calls",
		file: "measures/calls.ts",
		text: `"reported_cost IS NULL AND estimated_cost IS NOT NULL"`,
		mistake: `"estimated_cost IS NOT NULL"`,
		question: { by: "developer" },
	},
	{
		family: "percentiles",
		file: "math/histogram.ts",
		text: "growth ** (bin + (rank",
		mistake: "growth ** (bin + 2 + (rank",
		question: {},
	},
	{
		family: "days",
		file: "measures/timeline.ts",
		text: "ELSE later END AS start",
		mistake: "ELSE later END + interval '30 minutes' AS start",
		question: { by: "day", zone: "Australia/Lord_Howe" },
	},
];

/** Makes each mistake in a copy of the packages, and asks it what it distorts. Returns the mistakes that nobody noticed. */
export async function missedMutants(known: Known, command: Telemetry, say: (line: string) => void): Promise<string[]> {
	const root = join(command.folder, "mutated");
	// The links of the packages are relative: in the copy they lead to its own packages.
	cpSync(join(command.root, "packages"), join(root, "packages"), { recursive: true, verbatimSymlinks: true });
	symlinkSync(join(command.root, "node_modules"), join(root, "node_modules"));
	const missed: string[] = [];
	for (const mutant of mutants) {
		const { family, question } = mutant;
		const sound = await ask(known, question, command);
		const restore = mutate(join(root, "packages/stats/src", mutant.file), mutant);
		const mutated = await ask(known, question, { ...command, root });
		restore();
		const red = newlyUnequal(sound, mutated);
		say(`mutant  ${family}: ${red.length > 0 ? `red, ${red.length} figures, first ${red[0]}` : "NOT NOTICED"}`);
		if (red.length === 0) missed.push(family);
	}
	return missed;
}

function mutate(path: string, { family, text, mistake }: Mutant): () => void {
	const sound = readFileSync(path, "utf8");
	if (sound.split(text).length !== 2)
		throw new Error(`The mutant of ${family} does not fit: ${path} has not once ${text}`);
	writeFileSync(
		path,
		sound.replace(text, () => mistake),
	);
	return () => writeFileSync(path, sound);
}

/** Figures that are unequal, and not as they were before. */
function newlyUnequal(sound: readonly Comparison[], mutated: readonly Comparison[]): string[] {
	const before = new Map(sound.map(({ path, actual }) => [path, JSON.stringify(actual)]));
	const unequal = mutated.filter(
		({ path, actual, isEqual }) => !isEqual && before.get(path) !== JSON.stringify(actual),
	);
	return unequal.map(({ path }) => path);
}
