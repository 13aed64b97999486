/** What does it mean? Figures over what is stored, and how they are shown. */
export { type Calls, type Group, type Grouping, groupings } from "./calls.ts";
export type { Figures } from "./figures.ts";
export { type Overview, type OverviewOptions, overview } from "./overview.ts";
export { renderCsv } from "./render/csv.ts";
export { renderJson } from "./render/json.ts";
export { renderMarkdown } from "./render/markdown.ts";
export { renderTerminal, type TerminalOptions } from "./render/terminal.ts";
