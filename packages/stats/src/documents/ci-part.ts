import { formatDuration, formatMoment, pluralize } from "@tidemark/text";
import { commitFigures, pullRequestFigures } from "../figures/changes.ts";
import { type BranchMeasures, greenFigures, redFigures } from "../figures/red.ts";
import { type CiMeasures, ciFigures } from "../figures/runs.ts";
import { buildHistogram } from "../math/histogram.ts";
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
	const sets = ciSets(facts);
	const hasRuns = timeline !== null;
	const hasChanges = changes.opened + changes.closed + changes.commits > 0;
	const figures = figureBlocks(sets, period.zone).map((block, index) => {
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
	const branch = measureBranch(facts, total);
	return [
		{
			name: "total",
			figures: bindFigures(ciFigures, total),
			trends: readTrends(ciFigures, timeline, runs, (cells) => ({ ...mergeRuns(cells), ...mergeJobs([]) })),
			...(timeline && { perBucket: describeBucket(timeline) }),
		},
		{ name: null, figures: bindFigures(redFigures, branch) },
		{ name: "time_to_green", figures: bindFigures(greenFigures, branch) },
		{ name: "pull_requests", figures: bindFigures(pullRequestFigures, changes) },
		{ name: null, figures: bindFigures(commitFigures, changes) },
	];
}

function measureBranch({ incidents, flakyMinutes }: CiFacts, total: CiMeasures): BranchMeasures {
	const closed = incidents.filter(({ closedAt }) => closedAt !== null);
	const seconds = closed.map(
		({ openedAt, closedAt }) => (Date.parse(closedAt ?? openedAt) - Date.parse(openedAt)) / 1000,
	);
	return {
		hasResult: total.branchSucceeded + total.branchFailed > 0,
		red: incidents.length - closed.length,
		toGreen: buildHistogram(seconds),
		closedBySameCommit: closed.filter(({ isClosedBySameCommit }) => isClosedBySameCommit).length,
		flakyMinutes,
	};
}

const maxPauses = 3;

/** What the figures of the CI may be missing. */
function completenessRemarks({ completeness, jobs, period: { zone } }: CiFacts): Remarks {
	const { lastSweep, neverSwept, jobsToCome, deletedRuns, lostAttempts, pauses } = completeness;
	const copied = jobs.reduce((sum, { measures }) => sum + (measures.copied ?? 0), 0);
	const impossible = jobs.reduce((sum, { measures }) => sum + (measures.impossible ?? 0), 0);
	const [first, ...others] = [
		lastSweep ? `last full sweep ${formatMoment(lastSweep, zone)}` : "",
		neverSwept > 0 ? `${pluralize(neverSwept, "repository", "repositories")} never swept in full` : "",
		jobsToCome > 0 ? `jobs of ${pluralize(jobsToCome, "attempt")} not fetched yet` : "",
		deletedRuns > 0 ? `${pluralize(deletedRuns, "run")} deleted on GitHub since` : "",
		lostAttempts > 0 ? `${pluralize(lostAttempts, "earlier attempt")} no longer reported by GitHub` : "",
		impossible > 0 ? `${pluralize(impossible, "job")} ended before they began and have no duration` : "",
		copied > 0 ? `${pluralize(copied, "job")} carried over into re-runs, not counted again` : "",
	].filter((fact) => fact !== "");
	const left = pauses.length - maxPauses;
	const lines: Line[] = [
		...(first ? [{ facts: [upperFirst(first), ...others] }] : []),
		...pauses.slice(0, maxPauses).map(({ target, from, to }) => {
			const length = formatDuration(Date.parse(to) - Date.parse(from));
			const when = `${formatMoment(from, zone)} to ${formatMoment(to, zone)}`;
			return { lead: target, facts: [`nothing collected for ${length}`, when] };
		}),
		...(left > 0 ? [{ facts: [`and ${pluralize(left, "shorter pause")}`] }] : []),
	];
	const data = {
		...{ last_sweep: lastSweep, never_swept: neverSwept, jobs_to_come: jobsToCome, deleted_runs: deletedRuns },
		...{ lost_attempts: lostAttempts, copied_jobs: copied, impossible_jobs: impossible, pauses },
	};
	return { kind: "remarks", tone: "dim", lines, data: { completeness: data } };
}
