/** What one call of `stats` looks at. */
export interface View {
	/** Milliseconds, inclusive. */
	readonly since: number;
	/** When it looks; a period without an end ends now. */
	readonly now: number;
	/** IANA name. */
	readonly zone: string;
	readonly by: string | null;
}
