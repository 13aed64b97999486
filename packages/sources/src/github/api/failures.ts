import { readAnswerTimeMs, readRetryAfterMs } from "@tidemark/core";
import { TelemetryError } from "@tidemark/db";

/** GitHub answered, and the answer is no. */
export class GithubError extends TelemetryError {
	override readonly name = "GithubError";
	readonly status: number;

	constructor(status: number, message: string, words: { why?: string; fix: string; cause?: unknown }) {
		super(message, words);
		this.status = status;
	}

	/** True if it may be answered another time: there was no answer, or the server failed. */
	get isPassing(): boolean {
		return this.status === 0 || this.status >= 500;
	}
}

/** What was asked for is not there, or not any more. */
export function isGone(error: unknown): boolean {
	return error instanceof GithubError && (error.status === 404 || error.status === 410);
}

/** An answer that is no use; status 0 is no answer at all. */
export interface Failure {
	readonly status: number;
	readonly headers: Headers;
	/** GitHub's own words. */
	readonly message: string;
	readonly cause?: unknown;
}

/** `wait`: a limit is reached, for that many milliseconds. `retry`: it may pass. `refuse`: it will not. */
type Verdict =
	| { readonly kind: "wait"; readonly ms: number; readonly why: string }
	| { readonly kind: "retry" | "refuse" };

/** GitHub asks for at least a minute after a secondary limit that names no time. */
const secondaryWaitMs = 60_000;

/**
 * Distinguishes limits, missing permissions and failures that pass, in the order that GitHub documents: Retry-After,
 * then the time at which the primary limit renews, then a minute, doubled with each try.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 *
 * @param tries how many have failed with this request, 0 at first
 */
export function judgeFailure({ status, headers, message }: Failure, tries: number): Verdict {
	if (status === 429 || status === 403) {
		const now = readAnswerTimeMs(headers) ?? Date.now();
		const after = readRetryAfterMs(headers, now);
		if (after !== undefined) return { kind: "wait", ms: after, why: "GitHub asks to slow down" };
		if (headers.get("x-ratelimit-remaining") === "0") {
			const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN) * 1000;
			// A second more, because GitHub's own clocks are not one.
			const ms = Number.isFinite(reset) ? Math.max(0, reset - now) + 1000 : secondaryWaitMs;
			return { kind: "wait", ms, why: "GitHub's requests per hour are used up" };
		}
		if (status === 429 || /secondary rate limit|abuse detection|rate limit exceeded/i.test(message)) {
			return { kind: "wait", ms: secondaryWaitMs * 2 ** tries, why: "GitHub asks to slow down" };
		}
		return { kind: "refuse" };
	}
	return status === 0 || status >= 500 || status === 408 ? { kind: "retry" } : { kind: "refuse" };
}

/** What a refusal means and what to do about it. */
export function explainRefusal(path: string, { status, headers, message, cause }: Failure): GithubError {
	const accepted = headers.get("x-accepted-github-permissions")?.replaceAll("=", ": ");
	const needed = accepted ?? "actions: read, contents: read, pull-requests: read";
	const advice = adviseOn(status, needed, headers.has("x-github-sso"));
	return new GithubError(status, `GitHub answers ${status} to ${path}: ${message}.`, { ...advice, cause });
}

function adviseOn(status: number, needed: string, isSso: boolean): { why?: string; fix: string } {
	if (status === 401) {
		return {
			why: "The token is wrong or has expired.",
			fix: "Set GITHUB_TOKEN (--github-token) or GITHUB_PERSONAL_TOKEN to a valid one.",
		};
	}
	if (isSso) {
		return {
			why: "The organization asks for single sign-on.",
			fix: "Authorize the token for it: github.com, Settings, Developer settings, Configure SSO.",
		};
	}
	if (status === 403) {
		return {
			why: `The token lacks a permission: ${needed}.`,
			fix: `Grant it; in a workflow with \`permissions:\` (${needed}).`,
		};
	}
	if (status === 404) {
		return {
			why: "It does not exist, or the token may not see it: GitHub does not distinguish these.",
			fix: `Check the name, and that the token may read it (${needed}).`,
		};
	}
	return { fix: "Try again later; if it stays, report it with this message." };
}
