import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type DeadLetter, TelemetryError } from "@tidemark/db";

/**
 * Appends dead letters to `<directory>/<source>.jsonl`. The table is the truth: a process that is killed right after its
 * commit does not get here. @throws TelemetryError if the file cannot be written
 */
export async function appendDeadLetters(
	directory: string,
	source: string,
	letters: readonly DeadLetter[],
): Promise<void> {
	if (letters.length === 0) return;
	// Not every file system allows a colon in a name: github:runs -> github-runs.jsonl
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
