import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type DeadLetter, deadLetterId, type Queryable, type Refused, TelemetryError } from "@tidemark/db";

/**
 * Of what was refused, those dead letters that this transaction has added, as they are kept. One that was there before is
 * left out, so that reading an entry again adds no line.
 */
export async function newDeadLetters(tx: Queryable, refused: readonly Refused[]): Promise<DeadLetter[]> {
	if (refused.length === 0) return [];
	const ids = refused.map((each) =>
		deadLetterId(each, each.key ?? (each.entry === undefined ? (each.text ?? "") : each.entry)),
	);
	return tx.query<DeadLetter>(
		`SELECT id, source, target, at, reason, entry, text, retryable, created_at AS "createdAt" FROM dead_letters
WHERE id IN (SELECT jsonb_array_elements_text($1::jsonb)) AND created_at >= transaction_timestamp() ORDER BY at, id`,
		[JSON.stringify(ids)],
	);
}

/**
 * Appends dead letters to `<directory>/<source>.jsonl`, one on each line. The table is the truth: a process that is killed
 * right after its commit has not come to this.
 *
 * @throws TelemetryError where the file cannot be written
 */
export async function appendDeadLetters(
	directory: string,
	source: string,
	letters: readonly DeadLetter[],
): Promise<void> {
	if (letters.length === 0) return;
	// A colon is no part of a file's name everywhere: github:runs -> github-runs.jsonl
	const path = join(directory, `${source.replaceAll(":", "-")}.jsonl`);
	try {
		await mkdir(directory, { recursive: true });
		await appendFile(path, letters.map((letter) => `${JSON.stringify(letter)}\n`).join(""));
	} catch (cause) {
		throw new TelemetryError(
			`The dead letters cannot be written to ${path}: ${cause instanceof Error ? cause.message : cause}.`,
			{
				why: "They are kept in the database all the same.",
				fix: "Make the folder writable, or correct --dead-letter-dir (TELEMETRY_DEAD_LETTER_DIR).",
				cause,
			},
		);
	}
}
