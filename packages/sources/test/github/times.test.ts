import { describe, expect, it } from "vitest";
import { findOutcome, isCopied, isExecuted, type JobTimes, secondsBetween } from "../../src/github/jobs/times.ts";

const at = (text: string) => `2026-03-01T${text}Z`;
const first = {
	runAttempt: 1,
	runCreatedAt: at("10:00:00"),
	startedAt: at("10:00:00"),
	githubUpdatedAt: at("10:09:00"),
};
const second = { ...first, runAttempt: 2, startedAt: at("11:00:00"), githubUpdatedAt: at("11:05:00") };
const job = (startedAt: string | null, completedAt: string | null, conclusion = "success"): JobTimes => ({
	conclusion,
	createdAt: startedAt,
	startedAt,
	completedAt,
});

describe("the times of an attempt", () => {
	it("T12, T13: come from its jobs, whatever updated_at says", () => {
		const jobs = [job(at("10:00:30"), at("10:02:00")), job(at("10:01:00"), at("10:04:30"))];
		const touched = { ...first, githubUpdatedAt: "2026-03-21T10:00:00Z" };
		expect(findOutcome(jobs, touched)).toEqual({
			completedAt: at("10:04:30"),
			completedAtIsEstimate: false,
			durationSeconds: 240,
			queueSeconds: 30,
		});
	});

	it("T12: queue from the start of a re-run, not from the creation of its run", () => {
		expect(findOutcome([job(at("11:00:20"), at("11:01:00"))], second)).toMatchObject({
			queueSeconds: 20,
			durationSeconds: 40,
		});
	});

	it("T14: leave out what re-run failed jobs took over", () => {
		const takenOver = job(at("10:00:30"), at("10:02:00"));
		const again = job(at("11:00:30"), at("11:02:00"));
		expect(isCopied(takenOver, second)).toBe(true);
		expect(isExecuted(takenOver, second)).toBe(false);
		expect(findOutcome([takenOver, again], second)).toMatchObject({ durationSeconds: 90, queueSeconds: 30 });
	});

	it("T14: count a job that seems to have started a moment before its attempt", () => {
		expect(isExecuted(job(at("10:59:30"), at("11:02:00")), second)).toBe(true);
	});

	it("T15: are never negative and never clamped", () => {
		expect(secondsBetween(at("10:00:01"), at("10:00:00"))).toBeNull();
		expect(secondsBetween("2026-03-23T00:00:00Z", at("10:00:00"))).toBeNull();
		const backwards = job(at("10:00:01"), at("10:00:00"));
		expect(findOutcome([backwards, job(at("10:01:00"), at("10:02:00"))], first)).toMatchObject({ durationSeconds: 60 });
		expect(findOutcome([job(at("09:59:30"), at("10:02:00"))], first)).toMatchObject({ queueSeconds: null });
	});

	it("are an estimate, marked as one, if no job ran", () => {
		const estimate = {
			completedAt: at("10:09:00"),
			completedAtIsEstimate: true,
			durationSeconds: 540,
			queueSeconds: null,
		};
		expect(findOutcome([], first)).toEqual(estimate);
		expect(findOutcome([job(at("10:01:00"), at("10:02:00"), "skipped"), job(null, null)], first)).toEqual(estimate);
	});
});
