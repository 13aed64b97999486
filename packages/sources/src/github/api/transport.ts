import type { Octokit } from "@octokit/rest";
import { isRecord } from "../shapes.ts";

export interface Request {
	readonly method: "GET" | "POST";
	readonly path: string;
	readonly query?: Readonly<Record<string, string | number>>;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: Readonly<Record<string, unknown>>;
}

/** What came back, whatever it was; never thrown. */
export interface Reply {
	/** 0 if there was no answer at all. */
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, unknown>>;
	/** Undefined for 304. */
	readonly data: unknown;
	/** Why it cannot be used, in GitHub's words if there are any; undefined if it can. */
	readonly failure?: string;
	readonly cause?: unknown;
}

export interface Transport {
	send(request: Request, signal: AbortSignal): Promise<Reply>;
}

interface OctokitOptions {
	readonly apiUrl: string;
	readonly token: string | undefined;
	readonly isSpaced: boolean;
}

/** The version of the REST API whose answers are understood here; without the header it is whatever is newest. */
const apiVersion = "2022-11-28";

/**
 * Octokit, as far as it is trusted: it speaks HTTP and spaces requests. What a failure means is decided by `judgeFailure`
 * (docs/decisions/0008-github-client.md).
 */
export async function openTransport({
	apiUrl,
	token,
}: {
	apiUrl: string;
	token: string | undefined;
}): Promise<Transport> {
	const rest = await openOctokit({ apiUrl, token, isSpaced: true });
	// The plugin takes each POST for a write and keeps a second between them; a query is none.
	const graphql = await openOctokit({ apiUrl, token, isSpaced: false });
	return {
		async send(request, signal) {
			const { method, path, query, headers, body } = request;
			// A GitHub Enterprise Server has GraphQL beside its REST API, not below it.
			const baseUrl = path === "/graphql" ? apiUrl.replace(/\/api\/v3\/?$/, "/api") : apiUrl;
			try {
				const response = await (path === "/graphql" ? graphql : rest).request({
					method,
					baseUrl: baseUrl.replace(/\/$/, ""),
					url: path,
					...query,
					...body,
					headers: { "x-github-api-version": apiVersion, ...headers },
					request: { signal },
				});
				return usable(response);
			} catch (error) {
				return failed(error);
			}
		},
	};
}

async function openOctokit({ apiUrl, token, isSpaced }: OctokitOptions): Promise<Octokit> {
	// Loaded when it is needed: most commands never ask GitHub.
	const [{ Octokit }, { throttling }] = await Promise.all([
		import("@octokit/rest"),
		import("@octokit/plugin-throttling"),
	]);
	const silent = () => undefined;
	return new (Octokit.plugin(throttling))({
		baseUrl: apiUrl,
		...(token ? { auth: token } : {}),
		userAgent: "tidemark",
		log: { debug: silent, info: silent, warn: silent, error: silent },
		throttle: { enabled: isSpaced, onRateLimit: () => false, onSecondaryRateLimit: () => false },
	});
}

/** Octokit hands over a body that is no JSON as text, and calls it a success. */
function usable({ status, headers, data }: { status: number; headers: object; data: unknown }): Reply {
	const known = { status, headers: { ...headers }, data };
	if (typeof data !== "object" || data === null) return { ...known, status: 0, failure: "an answer that is no JSON" };
	const limit = isRecord(data) && Array.isArray(data.errors) ? data.errors.find(isRateLimited) : undefined;
	if (!limit) return known;
	const failure = String(limit.message);
	// A query may cost more points than are left: to it nothing remains.
	const left = secondary.test(failure) ? {} : { "x-ratelimit-remaining": "0" };
	return { ...known, status: 403, headers: { ...known.headers, ...left }, failure };
}

const secondary = /secondary rate limit/i;

/** GraphQL reports its limits with status 200. */
function isRateLimited(error: unknown): error is Record<string, unknown> {
	if (!isRecord(error)) return false;
	return error.type === "RATE_LIMITED" || error.type === "RATE_LIMIT" || secondary.test(String(error.message));
}

function failed(cause: unknown): Reply {
	const response = isRecord(cause) ? cause.response : undefined;
	if (!isRecord(response)) {
		return {
			status: 0,
			headers: {},
			data: undefined,
			failure: cause instanceof Error ? findWords(cause) : String(cause),
			cause,
		};
	}
	const headers = isRecord(response.headers) ? response.headers : {};
	const status = Number(response.status);
	if (status === 304) return { status, headers, data: undefined };
	const said = isRecord(response.data) ? response.data.message : undefined;
	return { status, headers, data: undefined, failure: typeof said === "string" ? said : "no reason given", cause };
}

/** `fetch failed` says nothing; what caused it does. */
function findWords(error: Error): string {
	return error.cause instanceof Error ? findWords(error.cause) : error.message;
}
