import { setTimeout as sleep } from "node:timers/promises";
import { readErrorCode, TelemetryError } from "@tidemark/db";
import { abortAfter, readChunks, readText } from "./body.ts";

/** What a request needs beside its address. */
export interface HttpRequest {
	/** What the other side is called in errors: `PortKey`. Never its address, which may hold a secret. */
	readonly label: string;
	readonly method?: "GET" | "POST";
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
	/** Ends the request and every wait; then its reason is thrown. */
	readonly signal: AbortSignal;
	/** Of one try; for a stream until its head is there, and between two chunks. Default: 60 s. */
	readonly timeoutMs?: number;
	/** How many times it is tried. Default: 8. */
	readonly tries?: number;
	/** Of all waits between the tries together. Default: 2 minutes. */
	readonly maxWaitMs?: number;
	/** A larger text is refused, in bytes. Default: 16 MiB. A stream has no limit. */
	readonly maxBytes?: number;
	/** Called before each wait. */
	readonly onRetry?: (reason: string, waitMs: number) => void;
	/** How to wait, for tests in a hurry. */
	readonly wait?: Wait;
}

export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export interface HttpAnswer {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
}

export interface HttpStream extends Omit<HttpAnswer, "text"> {
	/** Throws if it breaks off or pauses for too long; what came before is good. Stopping early closes the connection. */
	readonly body: AsyncIterable<Buffer>;
}

/** A service that kept failing, or asks for more patience than there is. */
export class Unavailable extends TelemetryError {
	override readonly name = "Unavailable";
	/** The status of the last answer; undefined if there was none. */
	readonly status: number | undefined;
	/** What the last answer said. */
	readonly text: string;

	constructor(message: string, { status, text = "", cause }: { status?: number; text?: string; cause?: unknown }) {
		super(message, { fix: "Run it again later: it goes on from where it was.", cause });
		this.status = status;
		this.text = text;
	}
}

/**
 * One request with its whole answer as text. It is tried again if the failure may pass: a network error, 408, 429, 5xx.
 * Redirects are not followed, because they would carry a key to another host. Any other status is the caller's to judge.
 *
 * @throws Unavailable if it keeps failing, TelemetryError if it cannot succeed, the signal's reason if aborted
 */
export function requestText(url: string | URL, request: HttpRequest): Promise<HttpAnswer> {
	return retryRequest(url, request, (response) => readAnswer(response, request));
}

/** The same, with a body that is read as it arrives. The tries end with its head: going on after a cut is the caller's. */
export function requestStream(url: string | URL, request: HttpRequest): Promise<HttpStream> {
	const { timeoutMs = defaultTimeoutMs } = request;
	return retryRequest(url, request, async (response, stop) => {
		const { status, headers } = response;
		return { status, headers, body: readChunks(response, timeoutMs, stop) };
	});
}

const defaultTimeoutMs = 60_000;
const firstWaitMs = 500;
const maxBackoffMs = 60_000;

async function retryRequest<Answer>(
	url: string | URL,
	request: HttpRequest,
	read: (response: Response, stop: AbortController) => Promise<Answer>,
): Promise<Answer> {
	const { method = "GET", headers = {}, body = null, label, signal, timeoutMs = defaultTimeoutMs } = request;
	const { tries = 8, maxWaitMs = 120_000, onRetry, wait = pause } = request;
	refuseUnsendable(url, headers, label);
	const attempt = async (stop: AbortController) => {
		const either = AbortSignal.any([signal, stop.signal]);
		const response = await fetch(url, { method, headers, body, signal: either, redirect: "manual" });
		if (mayPass(response.status)) return { failure: describeAnswer(await readAnswer(response, request), label) };
		return { answer: await read(response, stop) };
	};
	let waited = 0;
	for (let count = 1; ; count++) {
		signal.throwIfAborted();
		const stop = new AbortController();
		const tried = await abortAfter(timeoutMs, stop, attempt(stop)).catch((cause: unknown) => ({ cause }));
		signal.throwIfAborted();
		if ("answer" in tried) return tried.answer;
		const failure: Failure =
			"failure" in tried ? tried.failure : { reason: explainNetworkError(tried.cause, label), cause: tried.cause };
		if (count === tries) throw new Unavailable(`${failure.reason}, ${count} times in a row.`, failure);
		const { askedMs } = failure;
		// Half of it is random, so that many clients do not come back in step; never earlier than the service asks.
		const backoffMs = Math.min(firstWaitMs * 2 ** (count - 1), maxBackoffMs) * (0.5 + Math.random() / 2);
		const waitMs = askedMs === undefined ? backoffMs : askedMs + Math.random() * firstWaitMs;
		if (waited + waitMs > maxWaitMs) {
			const patience = `asks to be left alone for ${Math.ceil(waitMs / 1000)} s, longer than a run waits`;
			const end = askedMs === undefined ? " again and again" : ` and ${patience}`;
			throw new Unavailable(`${failure.reason}${end}.`, failure);
		}
		onRetry?.(failure.reason, waitMs);
		await wait(waitMs, signal);
		waited += waitMs;
	}
}

async function readAnswer(response: Response, { label, maxBytes }: HttpRequest): Promise<HttpAnswer> {
	const { status, headers } = response;
	return { status, headers, text: await readText(response, label, maxBytes) };
}

/** Fetch would refuse it too, but its message shows what may be a key or a password. */
function refuseUnsendable(url: string | URL, headers: Readonly<Record<string, string>>, label: string): void {
	const address = URL.canParse(String(url)) ? new URL(url) : null;
	const isAddress = address !== null && /^https?:$/.test(address.protocol) && !address.username && !address.password;
	const [what, fix] = isAddress
		? [`A header for ${label} holds characters that no header can.`, "Correct the key or the token in the settings."]
		: [`${label}'s address is none that can be asked.`, "It begins with https:// or http:// and holds no password."];
	if (!isAddress || Object.values(headers).some((value) => /[^\t\x20-\x7e\x80-\xff]/.test(value))) {
		throw new TelemetryError(what, { fix });
	}
}

interface Failure {
	readonly reason: string;
	readonly status?: number;
	readonly text?: string;
	readonly askedMs?: number | undefined;
	readonly cause?: unknown;
}

function describeAnswer({ status, text, headers }: HttpAnswer, label: string): Failure {
	return { reason: `${label} answered with ${status}`, status, text, askedMs: readRetryAfterMs(headers) };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
	return sleep(ms, undefined, { signal });
}

function mayPass(status: number): boolean {
	return status === 408 || status === 429 || (status >= 500 && status !== 501);
}

/** Why a request got no answer. @throws TelemetryError if trying again cannot help */
function explainNetworkError(error: unknown, label: string): string {
	if (error instanceof TelemetryError) throw error;
	// `fetch failed` says nothing; its cause does.
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	const code = readErrorCode(cause) ?? "";
	if (/^(ENOTFOUND$|ERR_TLS|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO$)/.test(code)) {
		throw new TelemetryError(`${label} cannot be reached: ${cause instanceof Error ? cause.message : code}.`, {
			fix: "Correct its address in the settings.",
			cause: error,
		});
	}
	if (error instanceof DOMException) return `${label} did not answer in time`;
	return `${label} cannot be reached (${code || "the connection broke"})`;
}

/**
 * How long a service asks to be left alone, in ms: its Retry-After in seconds or as a date (RFC 9110, 10.2.3), measured
 * against the answer's own Date, because the clocks of both sides may differ. Undefined if the answer does not say.
 */
export function readRetryAfterMs(headers: Headers, now = Date.now()): number | undefined {
	const text = headers.get("retry-after")?.trim();
	if (!text) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	const until = Date.parse(text);
	if (Number.isNaN(until)) return undefined;
	return Math.max(0, until - (readAnswerTimeMs(headers) ?? now));
}

/** The service's own clock when it answered, in milliseconds since 1970; undefined if the answer does not say. */
export function readAnswerTimeMs(headers: Headers): number | undefined {
	const at = Date.parse(headers.get("date") ?? "");
	return Number.isNaN(at) ? undefined : at;
}
