/** A commit as a test or demo writes it. Times are ISO texts. */
export interface CommitScript {
	readonly sha?: string;
	/** Where the branch points when the commit comes to it, if not given. */
	readonly parents?: readonly string[];
	readonly committedAt: string;
	/** `committedAt` if not given. */
	readonly authoredAt?: string;
	/**
	 * When the branch came to point at it: `committedAt` if not given, later for a rebase that keeps dates. Null if no
	 * branch ever does, as for a commit that comes with a merge.
	 */
	readonly reachableFrom?: string | null;
	/** The default branch if not given. */
	readonly branch?: string;
	readonly message?: string;
	/** A login; null if the address belongs to no account. */
	readonly author?: string | null;
	readonly committer?: string | null;
	/** Put into the answered object as it is. Such an object is not held to the contract. */
	readonly override?: Readonly<Record<string, unknown>>;
}
