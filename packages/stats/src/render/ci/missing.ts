import type { Ci } from "../../ci/ci.ts";
import { cleanText } from "../clean-text.ts";
import { moment } from "../moment.ts";
import { duration, plural } from "../numbers.ts";
import { upperFirst } from "../period-words.ts";

const mostPauses = 3;

/** What the figures may be missing, as parts of lines. */
export function missingOf({ completeness, copiedJobs, impossibleJobs }: Ci, zone: string): string[][] {
	const { lastSweep, neverSwept, jobsToCome, deletedRuns, lostAttempts, pauses } = completeness;
	const left = pauses.length - mostPauses;
	const [first, ...others] = [
		lastSweep ? `last full sweep ${moment(lastSweep, zone)}` : "",
		neverSwept > 0 ? `${plural(neverSwept, "repository", "repositories")} never swept in full` : "",
		jobsToCome > 0 ? `jobs of ${plural(jobsToCome, "attempt")} still to come` : "",
		deletedRuns > 0 ? `${plural(deletedRuns, "run")} deleted on GitHub since` : "",
		lostAttempts > 0 ? `${plural(lostAttempts, "earlier attempt")} no longer told by GitHub` : "",
		impossibleJobs > 0 ? `${plural(impossibleJobs, "job")} ended before they began and have no duration` : "",
		copiedJobs > 0 ? `${plural(copiedJobs, "job")} carried over into re-runs, not counted again` : "",
	].filter((fact) => fact !== "");
	return [
		...(first ? [[upperFirst(first), ...others]] : []),
		...pauses.slice(0, mostPauses).map(({ target, from, to }) => {
			const length = duration(Date.parse(to) - Date.parse(from));
			return [`${cleanText(target)}: nothing collected for ${length}`, `${moment(from, zone)} to ${moment(to, zone)}`];
		}),
		...(left > 0 ? [[`and ${plural(left, "shorter pause")}`]] : []),
	];
}
