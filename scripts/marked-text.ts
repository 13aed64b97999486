import { readFileSync } from "node:fs";

const root = new URL("../", import.meta.url);

/** A file of the repository, by its path from the root. */
export function readText(path: string): string {
	return readFileSync(new URL(path, root), "utf8");
}

/**
 * Markdown with generated text in its marked places. A place begins with the line `<!-- name … -->` and ends with
 * `<!-- /name -->`; `write` gets the text after the name.
 */
export function withMarked(markdown: string, name: string, write: (argument: string) => string): string {
	const begin = `<!-- ${name}`;
	const end = `<!-- /${name} -->`;
	const [before = "", ...places] = markdown.split(new RegExp(`^(?=${begin})`, "m"));
	if (places.length === 0) throw new Error(`No line begins with "${begin}".`);
	const written = places.map((place) => {
		const mark = place.slice(0, place.indexOf("\n"));
		const after = place.indexOf(`\n${end}`);
		if (after === -1) throw new Error(`"${end}" is missing after "${mark}".`);
		const argument = mark.slice(begin.length, -"-->".length).trim();
		return `${mark}\n\n${write(argument).trim()}\n${place.slice(after)}`;
	});
	return before + written.join("");
}

/** A table in Markdown. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
	return [line(header), `|${" --- |".repeat(header.length)}`, ...rows.map(line)].join("\n");
}
