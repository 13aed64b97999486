/** How does it flow? From a source's pages through one `ingest` into the tables. */
export { type Context, EndedEarly, type Progress, type Reporter } from "./context.ts";
export { type DefinedSource, defineSource } from "./define-source.ts";
export { withEnvFile } from "./environment.ts";
export { isGzip, readBytes, readSlice, resolvePaths } from "./files.ts";
export { generalSettings } from "./general-settings.ts";
export {
	type HttpAnswer,
	type HttpRequest,
	type HttpStream,
	requestStream,
	requestText,
	Unavailable,
	type Wait,
} from "./http.ts";
export { ingestSettings } from "./ingest-settings.ts";
export type { TargetResult } from "./ingest-target.ts";
export { parseInstant } from "./instant.ts";
export { type Line, type LineOptions, readLines } from "./lines.ts";
export { openDatabase } from "./open-database.ts";
export { makePlan, type Plan, type PlanOptions } from "./plan.ts";
export { answeredAtMs, retryAfterMs } from "./retry-after.ts";
export type { RetryResult } from "./retry-dead-letters.ts";
export { run, type SourceResult, totalCounts } from "./run.ts";
export { type IngestionOutcome, type IngestionTask, runIngestion } from "./run-ingestion.ts";
export {
	type Given,
	readSecrets,
	readSettings,
	type Setting,
	type SettingWords,
	setting,
	settingsOf,
} from "./setting.ts";
export type { Item, Page, Parser, Source, Target } from "./source.ts";
export { parseDuration, parseSince } from "./span.ts";
export { isTimeZone } from "./time-zone.ts";
