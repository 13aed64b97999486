import { formatInstant, type Item } from "@tidemark/core";
import type { AttemptWithoutJobs } from "@tidemark/db";
import { GithubError, isGone } from "../api/failures.ts";
import type { Turn } from "../session.ts";
import { pickFields } from "../shapes.ts";
import { answeredJob, jobFields } from "./entry.ts";
import type { Found } from "./fetch-jobs.ts";
import { findOutcome } from "./times.ts";

/** How often to look again for jobs still running after their attempt has ended. */
const maxLooks = 3;

/** An item for each job of an attempt, and one for what came of asking for them. */
export function makeJobItems(given: AttemptWithoutJobs, found: Found, { client, repository }: Turn): Item[] {
	const { tries: before, lookedUpAt: _, ...attempt } = given;
	const tries = (before ?? 0) + 1;
	const at = `run ${attempt.githubRunId}, attempt ${attempt.runAttempt}`;
	const known = { repository: { id: repository.id, name: repository.name }, attempt };
	const jobs = found instanceof GithubError ? [] : found;
	const shapes = jobs.flatMap((job) => answeredJob.safeParse(job).data ?? []);
	const lookup = (state: "done" | "gone" | "failed", reason: string | null): Item => ({
		at,
		entry: {
			kind: "lookup",
			...known,
			state,
			reason,
			tries,
			jobCount: jobs === found ? jobs.length : null,
			lookedUpAt: formatInstant(client.now()),
			outcome: state === "failed" ? null : findOutcome(shapes, attempt),
		},
	});
	if (found instanceof GithubError) return [isGone(found) ? lookup("gone", null) : lookup("failed", found.message)];
	const items = jobs.map((job, index) => ({
		at: `${at}, job ${index + 1}`,
		entry: { kind: "job", ...known, job: pickFields(job, jobFields) },
	}));
	// GitHub may call an attempt finished a moment before the last of its jobs.
	const isEarly = tries < maxLooks && shapes.some(({ status, completedAt }) => status !== "completed" && !completedAt);
	return [...items, isEarly ? lookup("failed", "not all of its jobs had ended") : lookup("done", null)];
}
