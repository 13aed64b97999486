/** What do we keep? The tables, and everything that reads or writes them. */
export { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
export { type Clock, readClock, startClock } from "./clock.ts";
export { connect } from "./connect.ts";
export type { Database, Queryable } from "./database.ts";
export {
	computeDeadLetterId,
	countDeadLetters,
	type DeadLetter,
	findDeadLetter,
	hasDeadLetters,
	listDeadLetters,
	listRetryableDeadLetters,
	purgeDeadLetters,
	type Refused,
	removeDeadLetters,
	writeDeadLetters,
} from "./dead-letters.ts";
export { LockedError, readErrorCode, TelemetryError, UsageError } from "./errors.ts";
export { explainError } from "./explain-error.ts";
export {
	beginIngestion,
	endIngestion,
	type Ingestion,
	type IngestionCounts,
	listLastIngestions,
	type Outcome,
} from "./ingestion.ts";
export { acquireLease, fence, type Lease, releaseLease, renewalSeconds } from "./lease.ts";
export { type MigrationStatus, migrate, readMigrationStatus } from "./migrate.ts";
export { type Pruned, prune } from "./prune.ts";
export { computeCut, parseRetention, type Retention } from "./retention.ts";
export { type Saved, type SaveOptions, save } from "./save.ts";
export type { AnyRow, Row, Rows, TableName } from "./table.ts";
export { tableNames, tables } from "./tables.gen.ts";
export {
	type AttemptWithoutJobs,
	readWorkList,
	type StoredAttempt,
	type WorkItem,
	type WorkListName,
} from "./work-lists.ts";
