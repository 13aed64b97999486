/** What a world consists of before Tidemark has seen any of it: the only input of the recomputation. Times are ISO texts. */
export interface RawWorld {
	readonly name: string;
	/** Nothing older is ingested. */
	readonly since: string;
	/** GitHub's clock at each ingestion, ascending. */
	readonly looks: readonly string[];
	readonly repositories: readonly RawRepository[];
	/** Earlier attempts that GitHub answers with 404. */
	readonly lostAttempts: readonly { readonly run: number; readonly attempt: number }[];
	/** Runs whose jobs GitHub never answers. */
	readonly runsWithoutJobs: readonly number[];
	readonly callFiles: readonly CallFile[];
}

export interface RawRepository {
	readonly repository: string;
	readonly id: number;
	readonly visibility: "public" | "private";
	readonly defaultBranch: string;
	readonly workflows: readonly RawWorkflow[];
	readonly runs: readonly RawRun[];
	readonly pulls: readonly RawPull[];
	readonly commits: readonly RawCommit[];
}

export interface RawWorkflow {
	readonly id: number;
	readonly name: string | null;
	readonly path: string;
	readonly state?: "active" | "deleted" | "disabled_manually";
}

export interface RawRun {
	readonly id: number;
	readonly createdAt: string;
	/** Its name as it was then. */
	readonly workflow: RawWorkflow;
	readonly runNumber?: number;
	readonly event: string;
	readonly branch: string | null;
	readonly headSha: string;
	/** Null for a fork that was deleted; the repository itself if left out. */
	readonly headRepository?: string | null;
	readonly attempts: readonly RawAttempt[];
	/** When `updated_at` moved although nothing ran. */
	readonly touchedAt?: string;
	readonly deletedAt?: string;
}

export interface RawAttempt {
	readonly startedAt: string;
	/** Left out while it runs. */
	readonly endedAt?: string;
	readonly conclusion?: string;
	readonly jobs?: readonly RawJob[];
	/** "Re-run failed jobs": the successful jobs of the attempt before are listed here too, with their old times. */
	readonly copiesJobs?: "same-id" | "new-id";
}

export interface RawJob {
	readonly name: string;
	readonly createdAt: string;
	readonly startedAt: string;
	readonly completedAt: string;
	readonly conclusion: string;
	readonly labels: readonly string[];
	/** Null for a job that no runner took; a name if left out. */
	readonly runnerName?: string | null;
	readonly steps?: readonly { readonly name: string; readonly startedAt: string; readonly completedAt: string }[];
	/** What GitHub answers instead. */
	readonly override?: Readonly<Record<string, unknown>>;
}

export interface RawPull {
	readonly number: number;
	readonly createdAt: string;
	readonly author: string | null;
	readonly events: readonly { readonly at: string; readonly kind: "merged" | "closed" | "reopened" | "commented" }[];
}

export interface RawCommit {
	readonly sha: string;
	readonly committedAt: string;
	/** The default branch if left out. */
	readonly branch?: string;
}

/** A file of calls. `columns` says how a usage file without the usual header is to be read, field to column. */
export interface CallFile {
	readonly source: "csv" | "portkey" | "litellm" | "claude" | "codex" | "otlp";
	/** Relative to the world's folder. */
	readonly path: string;
	readonly columns?: Readonly<Record<string, string>>;
	/** The model of lines that name none. */
	readonly model?: string;
	/** How many of its lines are spoilt on purpose. */
	readonly spoilt: number;
}
