import postgres from "postgres";
import { connectionError, tooOld } from "./connection-error.ts";
import { canonicalInstant, type Database, oid, type Parameter, type Queryable } from "./database.ts";
import { codeOf } from "./errors.ts";
import { type PostgresUrl, parsePostgresUrl } from "./postgres-url.ts";

const oldestServer = 15;

/** Two: the page that is being written, and the heartbeat of the lease beside it. */
const poolSize = 2;

/** Sent when connecting. A suspended writer must not hold its rows for ever, nor a runaway query the server. */
const sessionSettings = {
	TimeZone: "UTC",
	statement_timeout: 300_000,
	idle_in_transaction_session_timeout: 60_000,
};

// Everything travels as text, so that both engines behave alike; see `Queryable`.
const asText = { serialize: String, parse: (text: string) => text };
const types = {
	date: { to: oid.timestamptz, from: [oid.timestamptz], serialize: String, parse: canonicalInstant },
	json: { to: oid.json, from: [oid.json, oid.jsonb], serialize: String, parse: (text: string) => JSON.parse(text) },
	bigint: { ...asText, to: oid.bigint, from: [oid.bigint], parse: Number },
};

/** Opens a PostgreSQL server and proves that it answers. Errors say what is wrong without showing the password. */
export async function openPostgres(address: string): Promise<Database> {
	const url = parsePostgresUrl(address);
	const sql = await connected(url);
	const over = (connection: Pick<postgres.Sql, "unsafe">): Queryable => ({
		async query<Row extends object>(text: string, parameters: readonly Parameter[] = []) {
			return [...(await connection.unsafe<Row[]>(text, [...parameters]))];
		},
	});
	return {
		engine: "postgres",
		label: `${url.host}:${url.port}/${url.database}`,
		query: over(sql).query,
		async transaction<Result>(work: (tx: Queryable) => Promise<Result>) {
			// Boxed, because the driver would await every element of a returned array.
			const box = await sql.begin(async (tx) => ({ result: await work(over(tx)) }));
			return box.result;
		},
		close: () => sql.end({ timeout: 5 }),
	};
}

async function connected(url: PostgresUrl): Promise<postgres.Sql> {
	try {
		return await probed(url, sessionSettings);
	} catch (error) {
		// Poolers such as PgBouncer refuse settings they do not track.
		if (codeOf(error) !== "08P01") throw error;
		return probed(url, {});
	}
}

async function probed(
	url: PostgresUrl,
	session: typeof sessionSettings | Record<string, never>,
): Promise<postgres.Sql> {
	const sql = postgres(url.href, {
		ssl: url.tls,
		max: poolSize,
		connect_timeout: 15,
		// Needs no knowledge of array types, because arrays are sent as text; saves a round trip.
		fetch_types: false,
		// Transaction poolers keep no prepared statements.
		prepare: false,
		types,
		onnotice: () => undefined,
		connection: { application_name: "tidemark", ...session },
	});
	try {
		const [server] = await sql<{ version: string }[]>`SELECT current_setting('server_version') AS version`;
		const version = server?.version ?? "";
		if (Number.parseInt(version, 10) < oldestServer) throw tooOld(version, url);
		return sql;
	} catch (error) {
		await sql.end({ timeout: 0 });
		if (codeOf(error) === "08P01" || codeOf(error) === undefined) throw error;
		throw connectionError(error, url);
	}
}
