import { Worker } from "node:worker_threads";
import { formatInstant, oid, type Parameter, type Queryable } from "./database.ts";

/** An embedded PostgreSQL in a directory, in memory (neither), or made from a dump of one. */
export interface PgliteContent {
	readonly directory?: string;
	readonly content?: Uint8Array;
}

interface Answer {
	readonly id: number;
	readonly rows: Record<string, unknown>[];
	readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
	readonly error?: { readonly message?: string; readonly severity?: string };
}

interface Waiting {
	readonly since: number;
	resolve(answer: Answer): void;
	reject(error: unknown): void;
}

// The embedded database hands over values as `openPostgres` does; see `Queryable`.
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
	[oid.timestamptz]: formatInstant,
	[oid.bigint]: Number,
};

/**
 * The embedded PostgreSQL in a thread of its own: whatever it does, this thread still hears Ctrl-C and sees the time
 * pass. Statements and transactions go one after the other.
 */
export class PgliteSession implements Queryable {
	readonly #thread: Worker;
	readonly #waiting = new Map<number, Waiting>();
	#lastId = 0;
	#turn: Promise<unknown> = Promise.resolve();
	#failure: unknown;

	constructor(content: PgliteContent = {}) {
		this.#thread = new Worker(new URL("./pglite-thread.js", import.meta.url), {
			workerData: { ...content, textTypes: Object.keys(parsers).map(Number) },
			execArgv: [],
		});
		this.#thread.unref();
		this.#thread.on("message", (answer: Answer) => this.#take(answer));
		this.#thread.on("error", (error) => this.fail(error));
		this.#thread.on("exit", () => this.fail(new Error("The embedded database has ended.")));
	}

	/** How long the oldest statement has been waiting for its answer, in milliseconds. */
	get waitedMs(): number {
		const [oldest] = this.#waiting.values();
		return oldest ? performance.now() - oldest.since : 0;
	}

	query<Row extends object>(text: string, parameters?: readonly Parameter[]): Promise<Row[]> {
		return this.#alone(() => this.#run<Row>(text, parameters));
	}

	transaction<Result>(work: (tx: Queryable) => Promise<Result>): Promise<Result> {
		return this.#alone(async () => {
			await this.#run("BEGIN");
			try {
				const result = await work({ query: (text, parameters) => this.#run(text, parameters) });
				// Refused if a failed statement was ignored; COMMIT would roll back without a word.
				await this.#run("SELECT 1");
				await this.#run("COMMIT");
				return result;
			} catch (error) {
				await this.#run("ROLLBACK").catch(() => undefined);
				throw error;
			}
		});
	}

	/** Closes it in good order. */
	async close(): Promise<void> {
		await this.#turn;
		if (this.#failure === undefined) await this.#send({}).catch(() => undefined);
		this.#failure ??= new Error("The embedded database is closed.");
		await this.#thread.terminate();
	}

	/** Ends it at once: whatever waits and whatever comes fails with this error. What was committed stays. */
	fail(error: unknown): void {
		this.#failure ??= error;
		for (const { reject } of this.#waiting.values()) reject(this.#failure);
		this.#waiting.clear();
		this.#thread.terminate().catch(() => undefined);
	}

	#alone<Result>(work: () => Promise<Result>): Promise<Result> {
		const result = this.#turn.then(work);
		this.#turn = result.catch(() => undefined);
		return result;
	}

	async #run<Row extends object>(text: string, parameters: readonly Parameter[] = []): Promise<Row[]> {
		const { rows, fields } = await this.#send({ text, parameters });
		for (const { name, dataTypeID } of fields) {
			const parse = parsers[dataTypeID];
			if (!parse) continue;
			for (const row of rows) {
				const value = row[name];
				if (typeof value === "string") row[name] = parse(value);
			}
		}
		return rows as Row[];
	}

	#send(request: { readonly text?: string; readonly parameters?: readonly Parameter[] }): Promise<Answer> {
		return new Promise((resolve, reject) => {
			if (this.#failure !== undefined) {
				reject(this.#failure);
				return;
			}
			const id = ++this.#lastId;
			this.#waiting.set(id, { since: performance.now(), resolve, reject });
			this.#thread.ref();
			this.#thread.postMessage({ id, ...request });
		});
	}

	#take(answer: Answer): void {
		const waiting = this.#waiting.get(answer.id);
		this.#waiting.delete(answer.id);
		if (this.#waiting.size === 0) this.#thread.unref();
		if (!answer.error) {
			waiting?.resolve(answer);
			return;
		}
		const error = Object.assign(new Error(answer.error.message ?? ""), answer.error);
		waiting?.reject(error);
		// Anything but a statement that was refused leaves the database in doubt.
		if (answer.error.severity === undefined || answer.error.severity === "PANIC") this.fail(error);
	}
}
