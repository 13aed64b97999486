import type { Queryable } from "@tidemark/db";

/** What is verified, and with what. */
export interface Scope {
	readonly db: Queryable;
	/** Canonical instant. */
	readonly since: string;
	readonly signal: AbortSignal;
	warn(text: string): void;
}
