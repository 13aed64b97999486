import postgres from "postgres";
import type { Parameter, Queryable } from "./database.ts";

/**
 * One session with a server, opened by its first statement. Once lost it stays lost, and a new one has to be made: the
 * driver would connect again by itself and send what is left of a transaction there, without its beginning, or end the
 * whole process (https://github.com/porsager/postgres/issues/1208 and pull/1215).
 */
export class PostgresSession implements Queryable {
	readonly #sql: postgres.Sql;
	#isLost = false;

	/** @param open makes a driver of one connection, which calls `onClose` when that is closed */
	constructor(open: (onClose: () => void) => postgres.Sql) {
		this.#sql = open(() => {
			this.#isLost = true;
		});
	}

	get isLost(): boolean {
		return this.#isLost;
	}

	async query<Row extends object>(text: string, parameters: readonly Parameter[] = []): Promise<Row[]> {
		return [...(await this.#send<Row>(text, parameters))];
	}

	/** Replaces the driver's own, in which a failed statement ends the whole transaction, savepoint or not. */
	async transaction<Result>(work: (tx: Queryable) => Promise<Result>): Promise<Result> {
		try {
			await this.#send("BEGIN");
			const result = await work({ query: (text, parameters) => this.query(text, parameters) });
			const { command } = await this.#send("COMMIT");
			// The server answers ROLLBACK if a failed statement was ignored.
			if (command !== "COMMIT") throw new Error("The transaction was rolled back.");
			return result;
		} catch (error) {
			this.drop();
			throw error;
		}
	}

	/** Ends the session without waiting for anything; the server rolls back what was not committed. */
	drop(): void {
		this.#isLost = true;
		this.#sql.end({ timeout: 0 }).catch(() => undefined);
	}

	close(): Promise<void> {
		return this.#sql.end({ timeout: 5 });
	}

	async #send<Row extends object>(
		text: string,
		parameters: readonly Parameter[] = [],
	): Promise<postgres.RowList<Row[]>> {
		if (this.#isLost) throw Object.assign(new Error("The connection was lost."), { code: "CONNECTION_CLOSED" });
		try {
			return await this.#sql.unsafe<Row[]>(text, [...parameters]);
		} catch (error) {
			if (isLoss(error)) this.drop();
			throw error;
		}
	}
}

/** Anything but a statement that was refused leaves the session in doubt. */
function isLoss(error: unknown): boolean {
	return !(error instanceof postgres.PostgresError) || error.severity !== "ERROR";
}
