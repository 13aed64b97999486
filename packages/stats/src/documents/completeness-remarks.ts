import { formatDuration, formatMoment, pluralize } from "@tidemark/text";
import type { CiFacts } from "../measures/read.ts";
import type { Line, Remarks } from "./document.ts";
import { upperFirst } from "./scope.ts";

const maxPauses = 3;

/** What the figures of the CI may be missing. */
export function completenessRemarks({ completeness, jobs, period: { zone } }: CiFacts): Remarks {
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
