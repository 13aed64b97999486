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

/** What a source is given to read the world with. */
export interface Context<Config> {
	readonly config: Config;
	/** Nothing older is wanted: reach no further back. Canonical text; null wants everything. */
	readonly floor: string | null;
	/** Aborted on Ctrl-C and when the time budget is used up: end after the page in flight. */
	readonly signal: AbortSignal;
	readonly report: Pick<Reporter, "info" | "warn">;
}
