import { laws } from "../packages/core/src/testing/laws.ts";
import { readText, withMarked } from "./marked-text.ts";

/** `docs/add-a-source.md` with the code it explains, and what the conformance suite proves. */
export function sourcePage(): string {
	const withLaws = withMarked(readText("docs/add-a-source.md"), "laws", () =>
		laws.map(({ name }) => `- ${name}`).join("\n"),
	);
	return withMarked(withLaws, "excerpt", codeBlock);
}

/** `path "first line" "last line"` as a block of code. */
export function codeBlock(wanted: string): string {
	const [, path, first, last] = /^(\S+) "(.+?)" "(.+)"$/.exec(wanted) ?? [];
	if (!path || !first || !last) throw new Error(`An excerpt is: path "first line" "last line"; not ${wanted}`);
	return `\`\`\`ts\n${excerpt(path, first, last)}\n\`\`\``;
}

/** From the line that begins with `first` to the next one that begins with `last` and is indented alike. */
function excerpt(path: string, first: string, last: string): string {
	const lines = readText(path).split("\n");
	const begin = lines.findIndex((line) => line.trimStart().startsWith(first));
	const indent = /^\t*/.exec(lines[begin] ?? "")?.[0] ?? "";
	const length = lines.slice(begin).findIndex((line) => line.startsWith(`${indent}${last}`));
	if (begin === -1 || length === -1) throw new Error(`${path} has no lines from "${first}" to "${last}".`);
	return lines
		.slice(begin, begin + length + 1)
		.map((line) => line.slice(indent.length).replaceAll("\t", "  "))
		.join("\n");
}
