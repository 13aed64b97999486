/** What does it mean? Figures over what is stored, and how they are shown. */
export type { Calls, Group } from "./calls/calls.ts";
export type { Figures } from "./calls/figures.ts";
export type { Ci } from "./ci/ci.ts";
export type { CiFigures } from "./ci/ci-figures.ts";
export type { RunnerFigures } from "./ci/runner-figures.ts";
export { type Grouping, groupings } from "./grouping.ts";
export { type Overview, type OverviewOptions, overview } from "./overview.ts";
export { renderCsv } from "./render/csv.ts";
export { renderJson } from "./render/json.ts";
export { renderMarkdown } from "./render/markdown.ts";
export { renderTerminal, type TerminalOptions } from "./render/terminal.ts";
