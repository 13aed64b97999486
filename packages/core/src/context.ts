import type { WorkItem, WorkListName } from "@tidemark/db";

/** Where an ingestion tells a person how it goes. */
export interface Reporter {
	/** Something worth knowing that needs no action. */
	info(text: string): void;
	/** Something is wrong, and the run goes on. */
	warn(text: string): void;
	/** Called after each page. */
	progress(progress: Progress): void;
}

export interface Progress {
	readonly source: string;
	readonly target: string;
	/** Entries so far. */
	readonly read: number;
	readonly elapsedMs: number;
}

/** Thrown by `read` when it has to end before its end, as when a request budget is used up: what is committed stays, the next run goes on. */
export class EndedEarly extends Error {
	override readonly name = "EndedEarly";
}

/** What a source is given to read the world with. */
export interface Context<Config> {
	readonly config: Config;
	/** Nothing older is wanted: reach no further back. Canonical text; null wants everything. */
	readonly floor: string | null;
	/** Aborted on Ctrl-C and when the time budget is used up: end after the page in flight. */
	readonly signal: AbortSignal;
	readonly report: Pick<Reporter, "info" | "warn">;
	/** The same for all sources of one invocation: what they share, as one request budget for each token, hangs on it (a WeakMap). */
	readonly invocation: object;
	/** Work that follows from what is stored, newest first: reads tables, so that no cursor has to. */
	workList<Name extends WorkListName>(name: Name, repositoryId: number): AsyncIterable<WorkItem<Name>>;
}
