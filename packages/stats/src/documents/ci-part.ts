import { formatMoment } from "@tidemark/text";
import { commitFigures, pullRequestFigures } from "../figures/changes.ts";
import { type BranchMeasures, greenFigures, redFigures } from "../figures/red.ts";
import { ciFigures } from "../figures/runs.ts";
import type { Grouping } from "../grouping.ts";
import { histogramOf } from "../math/histogram.ts";
import { type CiMeasures, mergeCi } from "../measures/ci.ts";
import type { CiFacts } from "../measures/read.ts";
import type { RunCell } from "../measures/runs.ts";
import { ciTables } from "./ci-tables.ts";
import { completenessRemarks } from "./completeness-remarks.ts";
import type { Part } from "./document.ts";
import { bindFigures, type FigureSet, figureBlocks } from "./figure-blocks.ts";
import { describeBucket, describeScope } from "./scope.ts";
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
	const total = mergeCi(runs, facts.jobs);
	const branch = measureBranch(facts, total);
	const mergeRuns = (cells: readonly RunCell[]) => mergeCi(cells, []);
	return [
		{
			name: "total",
			figures: bindFigures(ciFigures, total),
			trends: readTrends(ciFigures, timeline, runs, mergeRuns),
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
		toGreen: histogramOf(seconds),
		closedBySameCommit: closed.filter(({ isClosedBySameCommit }) => isClosedBySameCommit).length,
		flakyMinutes,
	};
}
