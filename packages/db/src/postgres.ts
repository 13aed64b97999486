import postgres from "postgres";
import { type Database, formatInstant, oid, type Queryable } from "./database.ts";
import { readErrorCode, TelemetryError } from "./errors.ts";
import { explainConnectionError } from "./explain-error.ts";
import { PostgresSession } from "./postgres-session.ts";
import { type PostgresUrl, parsePostgresUrl, stripBrackets } from "./postgres-url.ts";

const minVersion = 15;

/** Sent when connecting, because a database or a role may have other defaults: how instants are written. */
const writtenAs = { TimeZone: "UTC", DateStyle: "ISO, MDY" };

/** Sent too if the server accepts it. A suspended writer must not hold its rows for ever, nor a runaway query the server. */
const sessionSettings = {
	...writtenAs,
	// Every digit of a double precision.
	extra_float_digits: 1,
	default_transaction_isolation: "read committed" as const,
	statement_timeout: 300_000,
	idle_in_transaction_session_timeout: 60_000,
};

// Everything travels as text, so that both engines behave alike; see `Queryable`.
const asText = { serialize: String, parse: (text: string) => text };
const types = {
	date: { to: oid.timestamptz, from: [oid.timestamptz], serialize: String, parse: formatInstant },
	json: { to: oid.json, from: [oid.json, oid.jsonb], serialize: String, parse: (text: string) => JSON.parse(text) },
	bigint: { ...asText, to: oid.bigint, from: [oid.bigint], parse: Number },
	// The driver's own writes every text, even "true", as false.
	boolean: { to: oid.boolean, from: [oid.boolean], serialize: String, parse: (text: string) => text === "t" },
};

/**
 * Opens a PostgreSQL server and proves that it answers. Errors say what is wrong without showing the password.
 *
 * Two sessions: one for transactions, one after the other, and one for single statements, such as the sign of life of a
 * lease, beside them. A session that is lost is replaced by the next statement or transaction.
 */
export async function openPostgres(address: string): Promise<Database> {
	const url = parsePostgresUrl(address);
	const [session, create] = await openSession(url);
	let statements = session;
	let transactions = create();
	let lastTransaction: Promise<unknown> = Promise.resolve();
	return {
		engine: "postgres",
		label: `${url.host}:${url.port}/${url.database}`,
		query(text, parameters) {
			if (statements.isLost) statements = create();
			return statements.query(text, parameters);
		},
		transaction<Result>(work: (tx: Queryable) => Promise<Result>) {
			const result = lastTransaction.then(() => {
				if (transactions.isLost) transactions = create();
				return transactions.transaction(work);
			});
			lastTransaction = result.catch(() => undefined);
			return result;
		},
		async close() {
			await Promise.all([statements.close(), transactions.close()]);
		},
	};
}

/** The first session, and what makes another like it. */
type Opened = readonly [session: PostgresSession, create: () => PostgresSession];

async function openSession(url: PostgresUrl): Promise<Opened> {
	try {
		return await probeServer(url, sessionSettings).catch((error) => {
			// Poolers such as PgBouncer refuse settings they do not track.
			if (readErrorCode(error) === "08P01") return probeServer(url, writtenAs);
			throw error;
		});
	} catch (error) {
		throw error instanceof TelemetryError ? error : explainConnectionError(error, url);
	}
}

async function probeServer(url: PostgresUrl, settings: typeof writtenAs): Promise<Opened> {
	const create = () => createSession(url, settings);
	const session = create();
	// The driver would retry for ever if connections were accepted and closed at once.
	const giveUp = setTimeout(() => session.drop(), (url.connectSeconds + 1) * 1000);
	try {
		const [server] = await session.query<{ version: string }>("SELECT current_setting('server_version') AS version");
		const version = server?.version ?? "";
		if (Number.parseInt(version, 10) < minVersion) {
			throw new TelemetryError(
				`The server at ${url.host}:${url.port} is PostgreSQL ${version}; Tidemark needs ${minVersion} or newer.`,
				{ fix: "Upgrade the server, or point DATABASE_URL at a newer one." },
			);
		}
		return [session, create];
	} catch (error) {
		session.drop();
		throw error;
	} finally {
		clearTimeout(giveUp);
	}
}

function createSession(url: PostgresUrl, settings: typeof writtenAs): PostgresSession {
	return new PostgresSession((onClose) =>
		postgres(url.href, {
			...(url.host.startsWith("/") && { path: `${url.host}/.s.PGSQL.${url.port}` }),
			// @ts-expect-error Its types forget that it takes lists; only in one is an IPv6 address not cut at a colon.
			host: [stripBrackets(url.host)],
			// @ts-expect-error As many ports as hosts.
			port: [Number(url.port)],
			database: url.database,
			ssl: url.tls,
			max: 1,
			connect_timeout: url.connectSeconds,
			// Never in the middle of a transaction.
			max_lifetime: null,
			// Needs no knowledge of array types, because arrays are sent as text; saves a round trip.
			fetch_types: false,
			// Transaction poolers keep no prepared statements.
			prepare: false,
			types,
			onnotice: () => undefined,
			onclose: onClose,
			connection: { application_name: "tidemark", ...settings },
		}),
	);
}
