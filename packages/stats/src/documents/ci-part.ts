import { formatDuration, formatMoment, pluralize } from "@tidemark/text";
import { commitFigures, pullRequestFigures } from "../figures/changes.ts";
import { greenFigures, redFigures } from "../figures/red.ts";
import { ciFigures } from "../figures/runs.ts";
import { mergeJobs } from "../measures/jobs.ts";
import type { CiFacts } from "../measures/read.ts";
import { mergeRuns } from "../measures/runs.ts";
import { ciTables } from "./ci-tables.ts";
import type { Grouping, Line, Part, Remarks } from "./document.ts";
import { bindFigures, type FigureSet, figureBlocks } from "./figure-blocks.ts";
import { describeBucket, describeScope, upperFirst } from "./scope.ts";
import { readTrends } from "./trends.ts";

/** The groupings that concern runs. */
const ciGroupings: readonly (Grouping | null)[] = ["day", "workflow", "runner", "repository"];

/** The GitHub Actions of a period, with pull requests and commits. */
export function ciPart(facts: CiFacts, by: Grouping | null): Part {
	const { span, period, timeline, dataThrough, newestEver, changes } = facts;
	const hasRuns = timeline !== null;
	const hasChanges = changes.opened + changes.closed + changes.commits > 0;
	const figures = figureBlocks(ciSets(facts), period.zone).map((block, index) => {
		const isShown = index < runSets ? hasRuns : hasChanges;
		return isShown ? block : { ...block, lines: [] };
	});
	return {
		name: "ci",
		title: ciGroupings.includes(by) ? `CI by ${by}` : "CI",
		scope: [
			...describeScope(period, dataThrough),
			...(span ? [`newest run ${formatMoment(span.newest, period.zone)}`] : []),
		],
		isEmpty: !hasRuns && !hasChanges,
		data: { data_through: dataThrough, newest_ever: newestEver, buckets: timeline?.buckets ?? null },
		blocks: [...figures, ...ciTables(facts, by), completenessRemarks(facts)],
	};
}

/** The first of the sets below are about runs. */
const runSets = 3;

/** All figures of the CI, in the order in which they are read. */
export function ciSets(facts: CiFacts): FigureSet[] {
	const { timeline, runs, changes } = facts;
	const total = { ...mergeRuns(runs), ...mergeJobs(facts.jobs) };
	const branch = { ...facts, hasResult: total.branchSucceeded + total.branchFailed > 0 };
	return [
		{
			name: "total",
			figures: bindFigures(ciFigures, total),
			trends: readTrends(ciFigures, timeline, runs, (cells) => ({ ...mergeRuns(cells), ...mergeJobs([]) })),
			...(timeline && { perBucket: describeBucket(timeline) }),
		},
		{ figures: bindFigures(redFigures, branch) },
		{ name: "time_to_green", figures: bindFigures(greenFigures, branch) },
		{ name: "pull_requests", figures: bindFigures(pullRequestFigures, changes) },
		{ figures: bindFigures(commitFigures, changes) },
	];
}

/** What the figures of the CI may be missing. */
function completenessRemarks(facts: CiFacts): Remarks {
	const { lastSweep, neverSwept, jobsToCome, deletedRuns, lostAttempts, pauses } = facts.completeness;
	const { copied, impossible } = mergeJobs(facts.jobs);
	const words = [
		lastSweep ? `last full sweep ${formatMoment(lastSweep, facts.period.zone)}` : "",
		neverSwept > 0 ? `${pluralize(neverSwept, "repository", "repositories")} never swept in full` : "",
		jobsToCome > 0 ? `jobs of ${pluralize(jobsToCome, "attempt")} not fetched yet` : "",
		deletedRuns > 0 ? `${pluralize(deletedRuns, "run")} deleted on GitHub since` : "",
		lostAttempts > 0 ? `${pluralize(lostAttempts, "earlier attempt")} no longer reported by GitHub` : "",
		impossible > 0 ? `${pluralize(impossible, "job")} ended before they began and have no duration` : "",
		copied > 0 ? `${pluralize(copied, "job")} carried over into re-runs, not counted again` : "",
	].filter(Boolean);
	const data = {
		...{ last_sweep: lastSweep, never_swept: neverSwept, jobs_to_come: jobsToCome, deleted_runs: deletedRuns },
		...{ lost_attempts: lostAttempts, copied_jobs: copied, impossible_jobs: impossible, pauses },
	};
	const lines = words.length > 0 ? [{ facts: [upperFirst(words[0] ?? ""), ...words.slice(1)] }] : [];
	return { kind: "remarks", tone: "dim", lines: [...lines, ...describePauses(facts)], data: { completeness: data } };
}

const maxPauses = 3;

/** The longest first. */
export function describePauses({ completeness: { pauses }, period: { zone } }: CiFacts): Line[] {
	const left = pauses.length - maxPauses;
	const lines = pauses.slice(0, maxPauses).map(({ target, from, to }) => {
		const length = formatDuration(Date.parse(to) - Date.parse(from));
		const when = `${formatMoment(from, zone)} to ${formatMoment(to, zone)}`;
		return { lead: target, facts: [`nothing collected for ${length}`, when] };
	});
	return [...lines, ...(left > 0 ? [{ facts: [`and ${pluralize(left, "shorter pause")}`] }] : [])];
}
