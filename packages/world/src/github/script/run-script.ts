/** A run as a test or demo writes it. Times are ISO texts; what is left out gets a plausible value. */
export interface RunScript {
	readonly id?: number;
	readonly createdAt: string;
	readonly workflow?: { readonly id?: number; readonly name?: string | null; readonly path?: string };
	readonly event?: string;
	readonly branch?: string | null;
	readonly headSha?: string;
	/** A login; null for an account that is gone. */
	readonly actor?: string | null;
	readonly title?: string;
	readonly runNumber?: number;
	readonly checkSuiteId?: number;
	/** Full name of the repository its commit comes from; null for a deleted fork. */
	readonly headRepository?: string | null;
	/** In order. Before the first has started the run is queued. */
	readonly attempts: readonly AttemptScript[];
	/** When `updated_at` moves although nothing is executed. */
	readonly touchedAt?: string | readonly string[];
	readonly deletedAt?: string;
	/** Numbers of the pull requests it names; a run of a fork names none. */
	readonly pullRequests?: readonly number[];
	/** Put into the answered object as it is, for values that nobody expects. Such an object is not held to the contract. */
	readonly override?: Readonly<Record<string, unknown>>;
}

export interface AttemptScript {
	readonly startedAt: string;
	/** Null or left out: not ended. */
	readonly endedAt?: string | null;
	/** `success` if not given. */
	readonly conclusion?: string;
	/** While it has not ended; `in_progress` if not given. */
	readonly status?: string;
	readonly jobs?: readonly JobScript[];
	/**
	 * "Re-run failed jobs": the successful jobs of the attempt before are listed in this one too, with their old times.
	 * Whether GitHub gives them new ids is not documented, so there are both.
	 */
	readonly copiesJobs?: "same-id" | "new-id";
	/** The login that started it; the run's actor if not given. */
	readonly actor?: string | null;
	readonly override?: Readonly<Record<string, unknown>>;
}

export interface JobScript {
	readonly id?: number;
	readonly name?: string;
	/** When it was queued; when it started, if not given. */
	readonly createdAt?: string;
	readonly startedAt: string;
	readonly completedAt?: string | null;
	/** `success` if not given. */
	readonly conclusion?: string;
	readonly labels?: readonly string[];
	readonly runnerName?: string | null;
	readonly runnerGroup?: string | null;
	/** No steps at all if left out. */
	readonly steps?: readonly StepScript[];
	readonly override?: Readonly<Record<string, unknown>>;
}

export interface StepScript {
	readonly name: string;
	readonly startedAt: string | null;
	readonly completedAt?: string | null;
	readonly conclusion?: string;
}
