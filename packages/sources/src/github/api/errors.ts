import { TelemetryError } from "@tidemark/db";

/** GitHub answered, and the answer is no. */
export class GithubError extends TelemetryError {
	override readonly name = "GithubError";
	readonly status: number;

	constructor(status: number, message: string, words: { why?: string; fix: string; cause?: unknown }) {
		super(message, words);
		this.status = status;
	}

	/** Whether the same may be answered another time: there was no answer, or the server failed. */
	get isPassing(): boolean {
		return this.status === 0 || this.status >= 500;
	}
}

/** What was asked for is not there, or not any more. */
export function isGone(error: unknown): boolean {
	return error instanceof GithubError && (error.status === 404 || error.status === 410);
}

/** What a refusal means and what to do about it. `accepted` is the header `x-accepted-github-permissions`. */
export function refusal(
	status: number,
	path: string,
	said: string,
	{ accepted, sso, cause }: { accepted?: string | undefined; sso?: string | undefined; cause: unknown },
): GithubError {
	const message = `GitHub answers ${status} to ${path}: ${said}.`;
	const needed = accepted ? accepted.replaceAll("=", ": ") : "actions: read, contents: read, pull-requests: read";
	if (status === 401) {
		return new GithubError(status, message, {
			why: "The token is wrong or has expired.",
			fix: "Set GITHUB_TOKEN (--github-token) or GITHUB_PERSONAL_TOKEN to a valid one.",
			cause,
		});
	}
	if (sso) {
		return new GithubError(status, message, {
			why: "The organization asks for single sign-on.",
			fix: "Authorize the token for it: github.com, Settings, Developer settings, Configure SSO.",
			cause,
		});
	}
	if (status === 403) {
		return new GithubError(status, message, {
			why: `The token lacks a permission: ${needed}.`,
			fix: `Grant it; in a workflow with \`permissions:\` (${needed}).`,
			cause,
		});
	}
	if (status === 404) {
		return new GithubError(status, message, {
			why: "It does not exist, or the token may not see it: GitHub does not distinguish these.",
			fix: `Check the name, and that the token may read it (${needed}).`,
			cause,
		});
	}
	return new GithubError(status, message, { fix: "Try again later; if it stays, report it with this message.", cause });
}
