import { families } from "../packages/stats/src/index.ts";
import { markdownTable, readText, withMarked } from "./marked-text.ts";
import { codeBlock } from "./source-page.ts";

type Family = (typeof families)[number];
type Figure = Family["figures"][number];

/** `docs/figures.md` with every figure: names, definitions, units, n. */
export function figuresPage(): string {
	return withMarked(readText("docs/figures.md"), "figures", () => families.map(describeFamily).join("\n\n"));
}

/** `docs/add-a-figure.md` with the entry it explains. */
export function addFigurePage(): string {
	return withMarked(readText("docs/add-a-figure.md"), "excerpt", codeBlock);
}

function describeFamily({ title, at, figures }: Family): string {
	const where = `In the JSON: ${at.map((path) => `\`${path}\``).join(", ")}.`;
	const header = ["Figure", "Name", "Unit", "n", "Better", "Definition"];
	const rows = figures.map((figure) => [
		figure.label,
		`\`${figure.name}\``,
		units[figure.unit],
		describeN(figure),
		figure.better ?? "",
		figure.about,
	]);
	return [`## ${title}`, where, markdownTable(header, rows)].join("\n\n");
}

const units: Readonly<Record<Figure["unit"], string>> = {
	...{ count: "count", size: "count", usd: "US dollars", rate: "0 to 1", ms: "milliseconds", seconds: "seconds" },
	...{ minutes: "minutes", "whole minutes": "minutes", hours: "hours", instant: "ISO 8601, UTC", outcomes: "list" },
};

function describeN({ n }: Figure): string {
	if (!n) return "";
	const many = typeof n.of === "string" ? `${n.of}s` : n.of[1];
	return n.name ? `${many}: \`${n.name}\`` : many;
}
