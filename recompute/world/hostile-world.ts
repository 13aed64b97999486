import type { CallFile, RawRepository, RawRun, RawWorkflow, RawWorld } from "../figures/raw.ts";
import { callMoments } from "./calls/call-moments.ts";
import { claudeSessions } from "./calls/claude-sessions.ts";
import { codexSessions } from "./calls/codex-sessions.ts";
import { anthropicCsv, usageCsv } from "./calls/csv-file.ts";
import { litellmLog } from "./calls/litellm-log.ts";
import { otlpRequests } from "./calls/otlp-requests.ts";
import { portkeyExport } from "./calls/portkey-export.ts";
import { defaultBranchRuns } from "./default-branch.ts";
import { writeText, writeWorld } from "./files.ts";
import { iso, type Moments, momentsOf } from "./moments.ts";
import { otherRuns, unfinishedRuns } from "./other-runs.ts";
import { commitsOf, pullsOf } from "./pulls.ts";
import { Random } from "./random.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Story = Omit<RawRun, "id">;

/** Writes a world in which everything happens that figures stumble over; the same one for the same moment and seed. */
export function writeHostileWorld(folder: string, now: number, seed: number): void {
	const random = new Random(seed);
	const moments = momentsOf(random, now, 360);
	const repositories = [
		repositoryOf(random, {
			repository: "acme/harbour",
			id: 500_000_100,
			visibility: "private",
			defaultBranch: "main",
			moments,
			now,
		}),
		repositoryOf(random, {
			repository: "acme/tools.kit",
			id: 500_000_200,
			visibility: "public",
			defaultBranch: "trunk",
			moments,
			now,
		}),
	];
	writeWorld(folder, {
		name: "hostile",
		since: iso(moments.first - dayMs),
		looks: [iso(now - 2 * dayMs), iso(now)],
		repositories,
		...gapsOf(repositories),
		callFiles: writeCalls(random, folder, moments),
	});
}

interface Home extends Omit<RawRepository, "workflows" | "runs" | "pulls" | "commits"> {
	readonly moments: Moments;
	readonly now: number;
}

/** CI is red, Nightly seems red by an old run that ran again; three have been red for long, of which only one counts. */
function repositoryOf(random: Random, { moments, now, ...facts }: Home): RawRepository {
	const workflow = (index: number, name: string | null, state?: RawWorkflow["state"]): RawWorkflow => {
		const path = `.github/workflows/${index}.yml`;
		return { id: facts.id + index, name, path, ...(state && { state }) };
	};
	const ci = workflow(1, "CI");
	const quiet = workflow(3, null);
	const workflows = [
		ci,
		workflow(2, "Nightly"),
		quiet,
		workflow(4, "Old", "deleted"),
		workflow(5, "Paused", "disabled_manually"),
	];
	const [, nightly = ci, , old = ci, paused = ci] = workflows;
	const { defaultBranch: branch, repository } = facts;
	const times = moments.ordinary.filter(() => random.chance(0.5));
	const early = apart(times.filter((time) => time < now - 40 * dayMs));
	const line = { branch, headRepository: repository.toUpperCase(), superseded: [] };
	const late = apart(times.filter((time) => time < now - 3 * dayMs));
	const runs: Story[] = [
		...defaultBranchRuns(random, {
			...line,
			workflow: ci,
			event: "push",
			moments: late,
			ending: "failure",
			superseded: [4, 9, 14],
		}),
		...defaultBranchRuns(random, {
			...line,
			workflow: nightly,
			event: "schedule",
			moments: every(late, 3),
			ending: "success",
			superseded: [1, 6],
		}),
		...defaultBranchRuns(random, {
			...line,
			workflow: quiet,
			event: "workflow_dispatch",
			moments: every(early, 2),
			ending: "failure",
		}),
		...defaultBranchRuns(random, {
			...line,
			workflow: old,
			event: "push",
			moments: every(early, 3),
			ending: "failure",
		}),
		...defaultBranchRuns(random, {
			...line,
			workflow: paused,
			event: "schedule",
			moments: every(early, 3),
			ending: "failure",
		}),
		...otherRuns(random, {
			repository,
			workflow: ci,
			defaultBranch: branch,
			moments: [...moments.edges, ...every(times, 2)],
			until: now,
		}),
		...runningRuns(random, { repository, workflow: ci, defaultBranch: branch, moments: [], until: now }),
	].map((run) => renamed(run, now));
	return {
		...facts,
		workflows,
		runs: numbered(runs, facts.id),
		pulls: pullsOf(random, [...every(times, 3), ...moments.edges.slice(0, 6)], 100),
		commits: commitsOf(
			random,
			[...times, ...moments.edges].sort((one, other) => one - other),
			branch,
		),
	};
}

/** What runs at the last look; and what ran at the look before it, two of which GitHub then deleted, and one that had ended. */
function runningRuns(random: Random, options: Parameters<typeof unfinishedRuns>[1]): Story[] {
	const { until } = options;
	const before = until - 2 * dayMs;
	const then = otherRuns(random, { ...options, moments: [1, 2, 3, 4, 5].map((minutes) => before - minutes * 60_000) });
	const deletedAt = iso(before + dayMs);
	const ended = otherRuns(random, { ...options, moments: [before - 3 * dayMs, before - 4 * dayMs] });
	return [
		...unfinishedRuns(random, { ...options, moments: [until - 2 * hourMs] }),
		...then.slice(0, 3),
		// They had begun a minute before and would have taken an hour.
		...then
			.slice(3)
			.map((run) => ({ ...run, attempts: [{ startedAt: run.createdAt, endedAt: iso(before + hourMs) }], deletedAt })),
		...ended.map((run) => ({ ...run, deletedAt })),
	];
}

/** The workflow CI had another name until two weeks ago. */
function renamed(run: Story, now: number): Story {
	if (run.workflow.name !== "CI" || Date.parse(run.createdAt) > now - 14 * dayMs) return run;
	return { ...run, workflow: { ...run.workflow, name: "Build" } };
}

function numbered(runs: readonly Story[], repositoryId: number): RawRun[] {
	const inOrder = [...runs].sort((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));
	return inOrder.map((run, index) => ({ id: repositoryId * 100 + index, ...run }));
}

/** Six hours lie between any two. */
function apart(times: readonly number[]): number[] {
	const kept: number[] = [];
	for (const time of times) if (time - (kept.at(-1) ?? 0) >= 6 * hourMs) kept.push(time);
	return kept;
}

function every(times: readonly number[], step: number): number[] {
	return times.filter((_, index) => index % step === 0);
}

/** A first attempt that GitHub has lost, and a run whose jobs it never answers. */
function gapsOf(repositories: readonly RawRepository[]): Pick<RawWorld, "lostAttempts" | "runsWithoutJobs"> {
	const pulls = repositories.flatMap(({ runs }) => runs.filter(({ event }) => event === "pull_request"));
	const rerun = pulls.find(({ attempts }) => attempts.length === 2);
	const once = pulls.find(({ attempts }) => attempts.length === 1 && attempts[0]?.endedAt !== undefined);
	return {
		lostAttempts: rerun ? [{ run: rerun.id, attempt: 1 }] : [],
		runsWithoutJobs: once ? [once.id] : [],
	};
}

function writeCalls(random: Random, folder: string, moments: Moments): CallFile[] {
	const files: CallFile[] = [];
	const add = (source: CallFile["source"], path: string, text: string, spoilt = 0) => {
		writeText(folder, path, text);
		files.push({ source, path, spoilt });
	};
	const times = (count: number) => callMoments(random, moments, count);
	add("csv", "usage.csv", usageCsv(random, times(600)), 3);
	add("csv", "anthropic.csv", anthropicCsv(random, times(120)));
	add("portkey", "portkey.jsonl", portkeyExport(random, times(500)), 2);
	add("litellm", "litellm.jsonl", litellmLog(random, times(500)), 1);
	for (const { path, text } of claudeSessions(random, times(300)))
		add("claude", path, text, text.includes("no line of") ? 1 : 0);
	for (const { path, text } of codexSessions(random, times(120))) add("codex", path, text);
	add("otlp", "otlp.jsonl", otlpRequests(random, times(400)), 1);
	return files;
}
