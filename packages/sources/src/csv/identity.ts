import { hash } from "node:crypto";
import { fieldNamed } from "./columns.ts";

/**
 * What names a row of a file by a hash of its cells, as text of 22 characters.
 *
 * A row that has timestamp, session_id and prompt_name is named by these three, so that a corrected row updates the
 * call; every other row by all its cells. Cells go by their header names, in alphabetic order, empty ones left out: a
 * renamed file, another order of columns or a new empty column changes nothing. Settings such as --map play no part.
 *
 * @param header undefined where the file has none; then cells go by their position
 */
export function identityOf(header: readonly string[] | undefined): (cells: readonly string[]) => string {
	const names = (header ?? []).map((name) => name.trim().toLowerCase());
	const order = names
		.map((_, index) => index)
		.sort((left, right) => ((names[left] ?? "") < (names[right] ?? "") ? -1 : 1));
	const key = (["timestamp", "session_id", "task_type"] as const).map((field) =>
		names.findIndex((name) => fieldNamed(name) === field),
	);
	const hasKey = key.every((index) => index !== -1);
	const labels = (header ?? []).map((_, index) => `\u001e${names[index]}\u001f`);
	return (cells) => {
		if (hasKey && key.every((index) => cells[index])) return hashOf(key, labels, cells);
		return hashOf(header ? order : cells.keys(), labels, cells);
	};
}

/** Labels and cells in turn; a cell without a label goes by its position. */
function hashOf(order: Iterable<number>, labels: readonly string[], cells: readonly string[]): string {
	const parts: string[] = [];
	for (const index of order) {
		const cell = cells[index];
		if (cell) parts.push(labels[index] ?? `\u001e${index}\u001f`, cell);
	}
	return hash("sha256", parts.join(""), "base64url").slice(0, 22);
}
