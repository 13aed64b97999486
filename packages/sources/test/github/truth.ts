import { deepStrictEqual } from "node:assert/strict";
import type { Database } from "@tidemark/db";
import type { RunScript } from "@tidemark/world/github";

const hourMs = 3_600_000;

export const iso = (time: string | number) => `${new Date(time).toISOString().slice(0, 19)}Z`;
export const later = (time: string, ms: number) => iso(Date.parse(time) + ms);
export const hours = (count: number) => count * hourMs;
export const days = (count: number) => count * 24 * hourMs;

/** What a scripted world should have become: each attempt with its conclusion, or its status while it is running. */
export function attemptsOf(runs: readonly RunScript[], now: string): string[] {
	return runs
		.filter(({ createdAt, deletedAt }) => createdAt <= now && !deletedAt)
		.flatMap(({ id, attempts }) =>
			attempts
				.map((attempt, index) => ({ ...attempt, number: index + 1 }))
				.filter(({ startedAt }) => startedAt <= now)
				.map(({ number, endedAt, conclusion = "success", status = "in_progress" }) => {
					const isOver = endedAt !== undefined && endedAt !== null && endedAt <= now;
					return `${id} ${number} ${isOver ? conclusion : status}`;
				}),
		)
		.sort();
}

export async function storedAttempts(db: Database): Promise<string[]> {
	const rows = await db.query<{ line: string }>(
		`SELECT concat_ws(' ', github_run_id, run_attempt, coalesce(conclusion, status)) AS line FROM workflow_runs
WHERE gone_at IS NULL`,
	);
	return rows.map(({ line }) => line).sort();
}

/** Every (run, attempt) is stored with its conclusion, and nothing else is. */
export async function expectEveryAttempt(db: Database, runs: readonly RunScript[], now: string): Promise<void> {
	const [stored, wanted] = [await storedAttempts(db), attemptsOf(runs, now)];
	const has = new Set(stored);
	const wants = new Set(wanted);
	deepStrictEqual(
		{
			missing: wanted.filter((line) => !has.has(line)).slice(0, 5),
			wrong: stored.filter((line) => !wants.has(line)).slice(0, 5),
			rows: stored.length,
		},
		{ missing: [], wrong: [], rows: wanted.length },
	);
}
