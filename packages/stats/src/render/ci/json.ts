import type { Ci } from "../../ci/ci.ts";
import type { RunGroup } from "../../ci/runs.ts";
import { ciRecord, runnerRecord } from "./record.ts";

/** The CI of an overview under stable snake_case names; raw numbers, seconds, minutes and US dollars as the names say. */
export function ciJson(ci: Ci) {
	const { total, pullRequests, completeness, timeToGreen } = ci;
	const named = ({ name, ...group }: RunGroup) => ({ name, ...ciRecord(group), outcomes: group.outcomes });
	return {
		data_through: ci.dataThrough,
		newest_ever: ci.newestEver,
		buckets: ci.buckets,
		total: { ...ciRecord(total), outcomes: total.outcomes, trend: { runs: total.trend } },
		workflows: ci.workflows.map(({ repository, workflow, ...group }) => ({
			repository,
			workflow,
			...ciRecord(group),
			outcomes: group.outcomes,
		})),
		runners: ci.runners.map((group) => ({ labels: group.name, runner: group.runner, ...runnerRecord(group) })),
		repositories: ci.repositories?.map(named) ?? null,
		days: ci.days?.map(named) ?? null,
		red: ci.red.map(({ repository, workflow, openedAt, isOpenedAtStart }) => ({
			repository,
			workflow,
			since: openedAt,
			maybe_earlier: isOpenedAtStart,
		})),
		time_to_green: {
			median_seconds: timeToGreen.median,
			closed: timeToGreen.closed,
			closed_by_same_commit: timeToGreen.closedBySameCommit,
		},
		flaky_minutes: ci.flakyMinutes,
		flaky_jobs: ci.flakyJobs.map(({ repository, workflow, name, commits, failures, minutesLost }) => ({
			...{ repository, workflow, job: name, commits, failures },
			minutes_lost: minutesLost,
		})),
		pull_requests: {
			opened: pullRequests.opened,
			merged: pullRequests.merged,
			closed: pullRequests.closed,
			median_hours_to_merge: pullRequests.hoursToMerge,
			reopened_rate: pullRequests.reopened.rate,
			reopened_known: pullRequests.reopened.known,
		},
		commits: ci.commits,
		completeness: {
			last_sweep: completeness.lastSweep,
			never_swept: completeness.neverSwept,
			jobs_to_come: completeness.jobsToCome,
			deleted_runs: completeness.deletedRuns,
			lost_attempts: completeness.lostAttempts,
			copied_jobs: ci.copiedJobs,
			impossible_jobs: ci.impossibleJobs,
			pauses: completeness.pauses,
		},
	};
}
