/** A pull request as a test or demo writes it. Times are ISO texts; what is left out gets a plausible value. */
export interface PullScript {
	readonly id?: number;
	readonly number: number;
	readonly createdAt: string;
	readonly events?: readonly PullEventScript[];
	readonly title?: string;
	readonly body?: string | null;
	/** A login; null for an account that is gone. */
	readonly author?: string | null;
	/** Whether it was opened as a draft. */
	readonly isDraft?: boolean;
	/** `repo` is a full name, null for a deleted fork; the repository itself if not given. */
	readonly head?: { readonly repo?: string | null; readonly ref?: string; readonly sha?: string };
	readonly base?: { readonly ref?: string; readonly sha?: string };
	readonly commits?: readonly PullCommitScript[];
	readonly additions?: number;
	readonly deletions?: number;
	readonly changedFiles?: number;
	readonly labels?: readonly string[];
	/** The merge's commit; until then GitHub shows a test merge. */
	readonly mergeCommitSha?: string;
	/** Put into the answered object as it is. Such an object is not held to the contract. */
	readonly override?: Readonly<Record<string, unknown>>;
}

export interface PullEventScript {
	readonly at: string;
	/** A merge is a closing too. What is only a comment moves `updated_at` and is no issue event. */
	readonly kind:
		| "closed"
		| "merged"
		| "reopened"
		| "ready_for_review"
		| "converted_to_draft"
		| "head_ref_force_pushed"
		| "base_ref_changed"
		| "labeled"
		| "commented";
	readonly actor?: string | null;
	/** The head from then on. */
	readonly headSha?: string;
	/** The base branch from then on. */
	readonly baseRef?: string;
}

export interface PullCommitScript {
	readonly sha: string;
	readonly authoredAt: string;
	readonly committedAt?: string;
	readonly message?: string;
}
