/** What a test can change about the service, at any time. */
export interface Switches {
	/** Which header the key is looked for in. */
	auth: "portkey" | "bearer";
	/** The key's own trouble: its scopes or the plan. */
	refuses: "scopes" | "plan" | undefined;
	/** Answers arrive wrapped in `data`. */
	isWrapped: boolean;
	/** The download's address is called `url`. */
	isUrlNamed: boolean;
	/** How an export ends: `success`, `failed`, or other words that were seen. */
	endsAs: string;
	/** How often an export is shown as running; Infinity never ends. */
	polls: number;
	/** Fields that the workspace does not give away. */
	deniedFields: readonly string[];
	/** Lines that are missing at the end of the next downloads, one number for each. */
	missingLines: number[];
	/** Where the next downloads are cut: a share of what is left, or one byte before its end. */
	cuts: (number | "last byte")[];
	/** How many requests an address of a download serves before it expires. */
	usesOfAddress: number;
	/** Whether the storage answers parts of a file. */
	hasRanges: boolean;
	/** Whether the storage sends the length of a file. */
	hasLength: boolean;
	/** Whether the storage's file is another one with every download. */
	changesFile: boolean;
}

export function defaultSwitches(): Switches {
	return {
		auth: "portkey",
		refuses: undefined,
		isWrapped: false,
		isUrlNamed: false,
		endsAs: "success",
		polls: 1,
		deniedFields: [],
		missingLines: [],
		cuts: [],
		usesOfAddress: Number.POSITIVE_INFINITY,
		hasRanges: true,
		hasLength: true,
		changesFile: false,
	};
}
