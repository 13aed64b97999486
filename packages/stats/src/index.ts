/** What does it mean? Measures of what is stored, figures made of them, and the documents that show figures. */
export {
	type Block,
	type Column,
	type Document,
	type Grouping,
	groupings,
	type Line,
	type Part,
	type Table,
} from "./documents/document.ts";
export { type OverviewOptions, readOverview } from "./documents/overview.ts";
export { readWeek, type Week } from "./documents/week.ts";
export { families } from "./figures/families.ts";
export { renderCsv } from "./render/csv.ts";
export { renderJson } from "./render/json.ts";
export { renderMarkdown, renderMarkdownPart } from "./render/markdown.ts";
export { renderTerminal, type TerminalOptions } from "./render/terminal.ts";
