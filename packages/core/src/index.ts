/** How does it flow? What arrives goes through one door, `takeIn`, into the tables; a source is read page by page. */
export { chooseSources, isMeant, listFamilies, readFamily } from "./choose-sources.ts";
export { isGzip, type NamedOrOpen, readBytes, readSlice } from "./files/read-bytes.ts";
export { type Line, type LineOptions, readLines } from "./files/read-lines.ts";
export { resolvePaths } from "./files/resolve-paths.ts";
export { groupBy } from "./group-by.ts";
export {
	type HttpAnswer,
	type HttpRequest,
	type HttpStream,
	readAnswerTimeMs,
	readRetryAfterMs,
	requestStream,
	requestText,
	Unavailable,
	type Wait,
} from "./http/request.ts";
export { type DefinedSource, defineSource } from "./ingest/define-source.ts";
export { describeOutcome } from "./ingest/describe-outcome.ts";
export type { TargetResult } from "./ingest/ingest-target.ts";
export { makePlan, type Plan, type PlanOptions } from "./ingest/plan.ts";
export type { RetryResult } from "./ingest/retry-dead-letters.ts";
export {
	type IngestionOutcome,
	type IngestionTask,
	listTargets,
	runIngestion,
	runSources,
	type SourceResult,
	sumCounts,
} from "./ingest/run-ingestion.ts";
export type { EntryItem, Item, Kind, Parser } from "./kind.ts";
export { openDatabase } from "./open-database.ts";
export { generalSettings, ingestSettings, percentage } from "./settings/general-settings.ts";
export {
	addEnvFile,
	type Given,
	listSettings,
	readSecrets,
	readSettings,
	type Setting,
	type SettingWords,
	setting,
} from "./settings/setting.ts";
export {
	type Context,
	EndedEarly,
	type Page,
	type Reporter,
	type Source,
	type Target,
} from "./source.ts";
export { type TakeInOptions, type TakenIn, takeIn } from "./take-in.ts";
export { formatInstant, parseInstant } from "./time/parse-instant.ts";
export { parseDuration, parseSince } from "./time/parse-since.ts";
export { findUnread, readWindows, TooMuch, type Window } from "./time/read-windows.ts";
export { isTimeZone } from "./time/time-zone.ts";
