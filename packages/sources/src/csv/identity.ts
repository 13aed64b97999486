import { hashIdentity } from "@tidemark/calls";
import { findField } from "./columns.ts";

/**
 * Names the rows of a file by a hash of their cells.
 *
 * A row that has timestamp, session_id and prompt_name is named by these three, so that a corrected row updates the
 * call; every other row by all its cells. Cells go by their header names, in alphabetic order, empty ones left out: a
 * renamed file, another order of columns or a new empty column changes nothing. Settings such as --map play no part.
 *
 * @param header undefined if the file has none; then cells go by their position
 */
export function identifyRows(header: readonly string[] | undefined): (cells: readonly string[]) => string {
	const names = (header ?? []).map((name) => name.trim().toLowerCase());
	const order = names
		.map((_, index) => index)
		.sort((left, right) => ((names[left] ?? "") < (names[right] ?? "") ? -1 : 1));
	const key = (["timestamp", "session_id", "task_type"] as const).map((field) =>
		names.findIndex((name) => findField(name) === field),
	);
	const hasKey = key.every((index) => index !== -1);
	const labels = (header ?? []).map((_, index) => `\u001e${names[index]}\u001f`);
	return (cells) => {
		const isKeyed = hasKey && key.every((index) => cells[index]);
		const parts: string[] = [];
		for (const index of isKeyed ? key : header ? order : cells.keys()) {
			const cell = cells[index];
			if (cell) parts.push(labels[index] ?? `\u001e${index}\u001f`, cell);
		}
		return hashIdentity(parts.join(""));
	};
}
