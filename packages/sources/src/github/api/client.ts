import { hash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { EndedEarly, type Reporter } from "@tidemark/core";
import { createRedactor, type Redactor } from "@tidemark/text";
import { z } from "zod";
import { Budget, type BudgetOptions, type Resource } from "./budget.ts";
import { explainRefusal, GithubError, judgeFailure, readServerTime } from "./failures.ts";
import { openTransport, type Reply, type Request, type Transport } from "./transport.ts";

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
	readonly etag: string | undefined;
}

export interface GetOptions {
	readonly signal: AbortSignal;
	/** The ETag of the same address that this token was given. */
	readonly etag?: string | undefined;
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
	/** Distinguishes tokens: an ETag holds only for the token it was given to. */
	readonly tokenFingerprint: string;
	readonly #options: ClientOptions;
	readonly #maxWaitMs: number;
	/** A proxy may echo the token. */
	readonly #redactor: Redactor;
	#transport: Promise<Transport> | undefined;
	#clock = { server: Date.now(), local: performance.now() };
	#waitedMs = 0;

	constructor(options: ClientOptions) {
		this.#options = options;
		this.#maxWaitMs = options.maxWaitMs ?? 120_000;
		this.#redactor = createRedactor(options.token ? [options.token] : []);
		this.budget = new Budget(options);
		this.tokenFingerprint = options.token ? hash("sha256", options.token, "hex").slice(0, 12) : "none";
	}

	/** The ETag to send, if it was given to this token. */
	findEtag(etag: StoredEtag | undefined): string | undefined {
		return etag?.token === this.tokenFingerprint ? etag.value : undefined;
	}

	/** An ETag as a cursor keeps it. */
	keepEtag(value: string | undefined): { etag?: StoredEtag } {
		return value === undefined ? {} : { etag: { value, token: this.tokenFingerprint } };
	}

	/** GitHub's clock when it last answered, milliseconds; this machine's before that. */
	now(): number {
		return this.#clock.server;
	}

	/** @param path `/repos/acme/app/actions/runs` */
	async get(path: string, query: Readonly<Record<string, string | number>>, options: GetOptions): Promise<Answer> {
		const headers = options.etag ? { "if-none-match": options.etag } : {};
		const reply = await this.#send("core", { method: "GET", path, query, headers }, options.signal);
		const etag = reply.headers.etag;
		return { data: reply.data, etag: typeof etag === "string" ? etag : undefined };
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
		const said = errors?.map(({ message }) => message).join("; ") || "no data";
		throw explainRefusal(403, "/graphql", said, { cause: errors });
	}

	async #send(resource: Resource, request: Request, signal: AbortSignal): Promise<Reply> {
		this.#transport ??= openTransport(this.#options);
		const transport = await this.#transport;
		const timeoutMs = this.#options.timeoutMs ?? 30_000;
		for (let retries = 0, waits = 0; ; ) {
			signal.throwIfAborted();
			this.budget.take(resource, this.#clock.server + performance.now() - this.#clock.local);
			const reply = await transport.send(request, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
			signal.throwIfAborted();
			this.#learn(reply, resource);
			if (reply.failure === undefined) return reply;
			const message = this.#redactor.redact(reply.failure);
			const verdict = judgeFailure({ status: reply.status, headers: reply.headers, message }, waits);
			if (verdict.kind === "refuse") throw refused(request, reply, message);
			if (verdict.kind === "wait") {
				if (++waits > maxWaits || this.#waitedMs + verdict.ms > this.#maxWaitMs) throw tooLong(verdict, this.now());
				this.#waitedMs += verdict.ms;
				this.#options.report.info(`${verdict.why}; waiting ${Math.ceil(verdict.ms / 1000)} s`);
				await this.#wait(verdict.ms, signal);
			} else {
				if (++retries > maxRetries) throw unanswered(request, reply, message);
				// Doubling, and never two processes in step: 0.25, 0.5, 1, 2 s on average.
				await this.#wait(125 * 2 ** retries * (0.5 + Math.random()), signal);
			}
		}
	}

	#learn({ headers }: Reply, resource: Resource): void {
		this.budget.note(headers, resource);
		const server = readServerTime(headers);
		if (server !== undefined) this.#clock = { server, local: performance.now() };
	}

	#wait(ms: number, signal: AbortSignal): Promise<void> {
		return this.#options.wait ? this.#options.wait(ms, signal) : sleep(ms, undefined, { signal });
	}
}

function refused({ path }: Request, { status, headers, cause }: Reply, said: string): GithubError {
	const text = (name: string) => (headers[name] === undefined ? undefined : String(headers[name]));
	const sso = text("x-github-sso");
	return explainRefusal(status, path, said, { accepted: text("x-accepted-github-permissions"), sso, cause });
}

function unanswered({ path }: Request, { status, cause }: Reply, said: string): GithubError {
	return new GithubError(status, `GitHub did not answer ${path} after ${maxRetries + 1} tries: ${said}.`, {
		fix: "See https://www.githubstatus.com; the next run goes on from here.",
		cause,
	});
}

function tooLong({ ms, why }: { ms: number; why: string }, now: number): EndedEarly {
	const until = new Date(now + ms).toISOString();
	return new EndedEarly(`${why}, until ${until.slice(0, 10)} ${until.slice(11, 16)} UTC`);
}
