import type { Row } from "../src/table.ts";

/** A call that differs from others only in what is given. */
export function call(given: Partial<Row<"llm_calls">> = {}): Row<"llm_calls"> {
	return { timestamp: "2026-01-02T03:04:05.000000Z", source: "sample", sourceId: "1", ...given };
}

/** An attempt of a run that differs from others only in what is given. */
export function run(given: Partial<Row<"workflow_runs">> = {}): Row<"workflow_runs"> {
	return {
		githubRunId: 1,
		runAttempt: 1,
		repositoryId: 7,
		repository: "octo/tide",
		runCreatedAt: "2026-01-02T03:04:05.000000Z",
		...given,
	};
}

/** A job that differs from others only in what is given. */
export function job(given: Partial<Row<"workflow_jobs">> = {}): Row<"workflow_jobs"> {
	return {
		githubRunId: 1,
		runAttempt: 1,
		githubJobId: 1,
		repositoryId: 7,
		repository: "octo/tide",
		queuedAt: "2026-01-02T03:04:05.000000Z",
		...given,
	};
}

/** The coverage of a commit that differs from others only in what is given. */
export function coverage(given: Partial<Row<"coverage_snapshots">> = {}): Row<"coverage_snapshots"> {
	return {
		repository: "octo/tide",
		commitSha: "c0ffee",
		flag: "",
		createdAt: "2026-01-02T03:04:05.000000Z",
		...given,
	};
}
