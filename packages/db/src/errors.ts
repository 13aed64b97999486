/** An error in words: why it happened if that helps, and what to do now. */
export interface ErrorWords {
	readonly why?: string;
	readonly fix: string;
	readonly cause?: unknown;
}

/** An error that a tired person can act on. Never carries a secret. */
export class TelemetryError extends Error {
	override readonly name: string = "TelemetryError";
	readonly why?: string;
	readonly fix: string;

	constructor(message: string, words: ErrorWords) {
		super(message, { cause: words.cause });
		if (words.why !== undefined) this.why = words.why;
		this.fix = words.fix;
	}
}

/** The command or a setting is wrong; nothing was started (exit code 2). */
export class UsageError extends TelemetryError {
	override readonly name = "UsageError";
}

/** Another process is at it; nothing is lost, the next run goes on (exit code 75). */
export class LockedError extends TelemetryError {
	override readonly name = "LockedError";
}

/** The SQLSTATE of a database's refusal, the system's code of a connection's failure (`ECONNREFUSED`), or undefined. */
export function readErrorCode(error: unknown): string | undefined {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
