import { isRecord, readField } from "../shapes.ts";
import type { Failure } from "./failures.ts";

export interface Request {
	readonly method: "GET" | "POST";
	readonly path: string;
	readonly query?: Readonly<Record<string, string | number>>;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: Readonly<Record<string, unknown>>;
}

/** What came back, whatever it was; never thrown. Without a failure, `data` is the JSON, or undefined for 304. */
export interface Reply {
	readonly headers: Headers;
	readonly data?: unknown;
	readonly failure?: Failure;
}

export type Send = (request: Request, signal: AbortSignal) => Promise<Reply>;

/** The version of the REST API whose answers are understood here; without the header it is whatever is newest. */
const apiVersion = "2022-11-28";

/**
 * Octokit, as far as it is trusted: it speaks HTTP and spaces requests. What a failure means is decided by `judgeFailure`
 * (docs/decisions/0008-github-client.md).
 */
export async function openTransport(apiUrl: string, token: string | undefined): Promise<Send> {
	// Loaded when it is needed: most commands never ask GitHub.
	const [{ Octokit }, { throttling }] = await Promise.all([
		import("@octokit/rest"),
		import("@octokit/plugin-throttling"),
	]);
	const silent = () => undefined;
	const log = { debug: silent, info: silent, warn: silent, error: silent };
	const options = { baseUrl: apiUrl, ...(token ? { auth: token } : {}), userAgent: "tidemark", log };
	const throttle = { onRateLimit: () => false, onSecondaryRateLimit: () => false };
	const rest = new (Octokit.plugin(throttling))({ ...options, throttle });
	// The plugin takes each POST for a write and keeps a second between them; a query is none.
	const graphql = new Octokit(options);
	return async ({ method, path, query, headers, body }, signal) => {
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
			return judgeSuccess(makeHeaders(response.headers), response.data);
		} catch (error) {
			return makeFailure(error);
		}
	};
}

/** Octokit hands over a body that is no JSON as text, and GraphQL reports its limits with status 200. */
function judgeSuccess(headers: Headers, data: unknown): Reply {
	if (typeof data !== "object" || data === null) {
		return { headers, failure: { status: 0, headers, message: "an answer that is no JSON" } };
	}
	const errors = readField(data, "errors");
	const limit = Array.isArray(errors) ? errors.find(isRateLimited) : undefined;
	if (!limit) return { headers, data };
	const message = String(limit.message);
	// A query may cost more points than are left: to it nothing remains.
	if (!secondary.test(message)) headers.set("x-ratelimit-remaining", "0");
	return { headers, failure: { status: 403, headers, message } };
}

const secondary = /secondary rate limit/i;

function isRateLimited(error: unknown): error is Record<string, unknown> {
	if (!isRecord(error)) return false;
	return error.type === "RATE_LIMITED" || error.type === "RATE_LIMIT" || secondary.test(String(error.message));
}

function makeFailure(cause: unknown): Reply {
	const response = readField(cause, "response");
	const headers = makeHeaders(readField(response, "headers"));
	const status = Number(readField(response, "status") ?? 0);
	if (status === 304) return { headers };
	const said = status === 0 ? findWords(cause) : readField(readField(response, "data"), "message");
	return { headers, failure: { status, headers, message: typeof said === "string" ? said : "no reason given", cause } };
}

function makeHeaders(headers: unknown): Headers {
	return new Headers(Object.entries(headers ?? {}).map(([name, value]): [string, string] => [name, String(value)]));
}

/** `fetch failed` says nothing; what caused it does. */
function findWords(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause instanceof Error ? findWords(error.cause) : error.message;
}
