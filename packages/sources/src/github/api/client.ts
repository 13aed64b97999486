import { hash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { EndedEarly, type Reporter, readAnswerTimeMs } from "@tidemark/core";
import { createRedactor, type Redactor } from "@tidemark/text";
import { z } from "zod";
import { Budget, type BudgetOptions, type Resource } from "./budget.ts";
import { explainRefusal, type Failure, GithubError, judgeFailure } from "./failures.ts";
import { openTransport, type Reply, type Request, type Send } from "./transport.ts";

export interface ClientOptions extends BudgetOptions {
	readonly apiUrl: string;
	readonly token: string | undefined;
	readonly report: Pick<Reporter, "info" | "warn">;
	/** How long to wait for one answer. */
	readonly timeoutMs?: number;
	/** How long all waits for limits may take together: a runner's minutes cost money. */
	readonly maxWaitMs?: number;
	/** How to wait, for tests in a hurry. */
	readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** An answer of GitHub. */
export interface Answer {
	/** The JSON: an object or a list. Undefined if nothing has changed since `etag`. */
	readonly data: unknown;
	readonly etag: StoredEtag | undefined;
}

export interface GetOptions {
	readonly signal: AbortSignal;
	/** The ETag of the same address; sent if it was given to this token. */
	readonly etag?: StoredEtag | undefined;
}

/** The largest page of a list. */
export const perPage = 100;

/**
 * The ETag of the first page of a list. It holds for one token only: a workflow's own token is another one each time, so
 * that it never helps there (https://github.com/eclipse-csi/otterdog/issues/201).
 */
export const storedEtag = z.object({ value: z.string(), token: z.string() });
export type StoredEtag = z.infer<typeof storedEtag>;

const maxRetries = 4;
const maxWaits = 3;

/**
 * Asks GitHub, one request at a time. It waits out short limits, tries again what may pass, and otherwise throws:
 * EndedEarly if the next run can go on, GithubError if GitHub refuses.
 */
export class GithubClient {
	readonly budget: Budget;
	readonly hasToken: boolean;
	readonly #options: ClientOptions;
	readonly #tokenFingerprint: string;
	/** A proxy may echo the token. */
	readonly #redactor: Redactor;
	#transport: Promise<Send> | undefined;
	#clock = { server: Date.now(), local: performance.now() };
	#waitedMs = 0;

	constructor(options: ClientOptions) {
		this.#options = options;
		this.#redactor = createRedactor(options.token ? [options.token] : []);
		this.budget = new Budget(options);
		this.hasToken = Boolean(options.token);
		this.#tokenFingerprint = options.token ? hash("sha256", options.token, "hex").slice(0, 12) : "none";
	}

	/** GitHub's clock when it last answered, milliseconds; this machine's before that. */
	now(): number {
		return this.#clock.server;
	}

	/** @param path `/repos/acme/app/actions/runs` */
	async get(path: string, query: Readonly<Record<string, string | number>>, options: GetOptions): Promise<Answer> {
		const token = this.#tokenFingerprint;
		const sent = options.etag?.token === token ? options.etag : undefined;
		const headers = sent ? { "if-none-match": sent.value } : {};
		const reply = await this.#send("core", { method: "GET", path, query, headers }, options.signal);
		const value = reply.headers.get("etag");
		return { data: reply.data, etag: value === null ? sent : { value, token } };
	}

	/** All rows of a list, page after page. @param readRows takes them out of an answer */
	async getAll<Row>(
		path: string,
		query: Readonly<Record<string, string>>,
		signal: AbortSignal,
		readRows: (data: unknown) => readonly Row[],
	): Promise<Row[]> {
		const all: Row[] = [];
		for (let page = 1; ; page++) {
			const rows = readRows((await this.get(path, { ...query, per_page: perPage, page }, { signal })).data);
			all.push(...rows);
			if (rows.length < perPage) return all;
		}
	}

	/** @returns the value of `data`; parts that GitHub could not answer are null in it */
	async graphql(query: string, variables: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<unknown> {
		const reply = await this.#send("graphql", { method: "POST", path: "/graphql", body: { query, variables } }, signal);
		const { data, errors } = reply.data as { data?: unknown; errors?: { message?: string }[] };
		if (data !== null && data !== undefined) return data;
		const message = errors?.map(({ message }) => message).join("; ") || "no data";
		throw explainRefusal("/graphql", { status: 403, headers: new Headers(), message, cause: errors });
	}

	async #send(resource: Resource, request: Request, signal: AbortSignal): Promise<Reply> {
		const { apiUrl, token, timeoutMs = 30_000, maxWaitMs = 120_000, report } = this.#options;
		this.#transport ??= openTransport(apiUrl, token);
		const send = await this.#transport;
		for (let retries = 0, waits = 0; ; ) {
			signal.throwIfAborted();
			this.budget.take(resource, this.#clock.server + performance.now() - this.#clock.local);
			const reply = await send(request, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
			signal.throwIfAborted();
			this.budget.note(reply.headers, resource);
			const server = readAnswerTimeMs(reply.headers);
			if (server !== undefined) this.#clock = { server, local: performance.now() };
			if (!reply.failure) return reply;
			const failure = { ...reply.failure, message: this.#redactor.redact(reply.failure.message) };
			const verdict = judgeFailure(failure, waits);
			if (verdict.kind === "refuse") throw explainRefusal(request.path, failure);
			if (verdict.kind === "wait") {
				const { ms, why } = verdict;
				if (++waits > maxWaits || this.#waitedMs + ms > maxWaitMs) {
					const until = new Date(this.now() + ms).toISOString();
					throw new EndedEarly(`${why}, until ${until.slice(0, 10)} ${until.slice(11, 16)} UTC`);
				}
				this.#waitedMs += ms;
				report.info(`${why}; waiting ${Math.ceil(ms / 1000)} s`);
				await this.#wait(ms, signal);
			} else {
				if (++retries > maxRetries) throw explainSilence(request.path, failure);
				// Doubling, and never two processes in step: 0.25, 0.5, 1, 2 s on average.
				await this.#wait(125 * 2 ** retries * (0.5 + Math.random()), signal);
			}
		}
	}

	#wait(ms: number, signal: AbortSignal): Promise<void> {
		return this.#options.wait ? this.#options.wait(ms, signal) : sleep(ms, undefined, { signal });
	}
}

function explainSilence(path: string, { status, message, cause }: Failure): GithubError {
	return new GithubError(status, `GitHub did not answer ${path} after ${maxRetries + 1} tries: ${message}.`, {
		fix: "See https://www.githubstatus.com; the next run goes on from here.",
		cause,
	});
}
