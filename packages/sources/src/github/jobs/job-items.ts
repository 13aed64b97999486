import { formatInstant, type Item } from "@tidemark/core";
import type { AttemptWithoutJobs } from "@tidemark/db";
import { isGone } from "../api/failures.ts";
import type { Turn } from "../session.ts";
import { pickFields } from "../shapes.ts";
import { answeredJob, readJobTimes } from "./entry.ts";
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
	const jobs = "answer" in found ? found.answer : [];
	const shapes = jobs.flatMap((job) => answeredJob.safeParse(job).data ?? []);
	const lookup = (state: "done" | "gone" | "failed", reason: string | null): Item => ({
		at,
		entry: {
			kind: "lookup",
			...known,
			state,
			reason,
			tries,
			jobCount: "answer" in found ? jobs.length : null,
			lookedUpAt: formatInstant(client.now()),
			outcome: state === "failed" ? null : findOutcome(shapes.map(readJobTimes), attempt),
		},
	});
	const items = jobs.map(
		(job, index): Item => ({
			at: `${at}, job ${index + 1}`,
			entry: { kind: "job", ...known, job: pickFields(job, answeredJob) },
		}),
	);
	if ("error" in found) return [isGone(found.error) ? lookup("gone", null) : lookup("failed", found.error.message)];
	// GitHub may call an attempt finished a moment before the last of its jobs.
	const isEarly = tries < maxLooks && shapes.some(({ status, completed_at: end }) => status !== "completed" && !end);
	return [...items, isEarly ? lookup("failed", "not all of its jobs had ended") : lookup("done", null)];
}
