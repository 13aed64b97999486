import { readErrorCode, TelemetryError } from "./errors.ts";
import type { PostgresUrl } from "./postgres-url.ts";

type Words = readonly [message: string, fix: string];

/** By SQLSTATE, its class, or the code of the system; the longest that fits. */
const words: Readonly<Record<string, Words>> = {
	"08": ["The connection to the database was lost", "Run it again: it goes on from what was committed."],
	"08P01": [
		"The database, or a pooler before it, does not do what was asked",
		"Let the pooler work in transaction or session mode; statement mode allows no transactions.",
	],
	"25": ["The database refused to write", "Run it again; if this stays, check the server's transaction settings."],
	"25006": [
		"The database is read-only",
		"Point DATABASE_URL at the primary server, or take default_transaction_read_only away from the role.",
	],
	"28": ["The database does not let this role in", "Correct role and password in DATABASE_URL."],
	"42501": [
		"The role may not do this",
		"Grant it: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO <role>.",
	],
	"53": ["The database server has run out of something", "Look at the server; run it again when it has recovered."],
	"53100": ["The disk of the database server is full", "Free space on the server, then run it again."],
	"53200": ["The database server is out of memory", "Free memory on the server, then run it again."],
	"53300": [
		"The database server has no connection left",
		"Close other clients, use a pooler, or raise max_connections.",
	],
	"57": ["The database server ended the work", "Run it again: it goes on from what was committed."],
	"57014": ["The database server cancelled a statement", "Run it again; if this stays, raise statement_timeout."],
	"58": ["The database server has a problem with its own files", "Look at the server's log and its disk."],
	CONNECTION_: ["The connection to the database was lost", "Run it again: it goes on from what was committed."],
	CONNECT_TIMEOUT: ["The database does not answer", "Check the server and the network, then run it again."],
	ECONN: ["The connection was refused or cut", "Check the server and the network, then run it again."],
	EPIPE: ["The connection was cut", "Run it again: it goes on from what was committed."],
	EACCES: ["A file or folder may not be used", "Give this user the right to it, or name another one."],
	EPERM: ["A file or folder may not be used", "Give this user the right to it, or name another one."],
	ENOENT: ["A file or folder is gone", "Check the path; it may have been removed under way."],
	EISDIR: ["A folder stands where a file should be", "Name a file, or move the folder away."],
	ENOTDIR: ["A file stands where a folder should be", "Correct the path, or move the file away."],
	ENOSPC: ["The disk is full", "Free space, then run it again."],
	EDQUOT: ["The disk quota is used up", "Free space, then run it again."],
	EROFS: ["The disk is read-only", "Name a place that can be written."],
	EMFILE: ["Too many files are open", "Raise the limit (ulimit -n), then run it again."],
	ENFILE: ["Too many files are open on this machine", "Close other programs, then run it again."],
	EIO: ["The disk cannot be read or written", "Check the disk, then run it again."],
	ELOOP: ["A path leads in a circle of links", "Correct the path."],
	ENAMETOOLONG: ["A path is too long", "Use a shorter one."],
	ENXIO: ["A file cannot be read", "Name a regular file or a pipe."],
	ESPIPE: ["A file cannot be read", "Name a regular file or a pipe."],
};

/**
 * The one place that words what a database or a system fails with: SQLSTATE and errno. What is worded already, or cannot
 * be, is returned as it is.
 */
export function explainError(error: unknown): unknown {
	const code = readErrorCode(error) ?? "";
	// SQLSTATE has five characters; a name of the system begins with E.
	const isKnown = /^([0-9A-Z]{5}|E[A-Z]+|CONNECT[A-Z_]+)$/.test(code);
	if (error instanceof TelemetryError || !(error instanceof Error) || !isKnown) return error;
	for (let length = code.length; length >= 2; length--) {
		const [message, fix] = words[code.slice(0, length)] ?? [];
		if (message && fix) return new TelemetryError(`${message}: ${error.message}.`, { fix, cause: error });
	}
	return error;
}

/** Explains why a PostgreSQL could not be reached and what to do, naming host, database and role but never the password. */
export function explainConnectionError(error: unknown, url: PostgresUrl): TelemetryError {
	const { host, port, database, user, tls } = url;
	const at = `${host}:${port}`;
	const reason = error instanceof Error ? error.message : String(error);
	const unreachable: Words = [
		`${at} does not answer.`,
		"Check the host in DATABASE_URL, the firewall and the allowed addresses.",
	];
	const unknownHost: Words = [
		`The host ${host} is not known.`,
		"Correct the host in DATABASE_URL, or check the network's name service.",
	];
	const known: Readonly<Record<string, Words>> = {
		ECONNREFUSED: [
			`Nothing answers at ${at}: the connection was refused.`,
			"Start PostgreSQL there, or correct host and port in DATABASE_URL.",
		],
		ENOTFOUND: unknownHost,
		EAI_AGAIN: unknownHost,
		CONNECT_TIMEOUT: unreachable,
		ETIMEDOUT: unreachable,
		EHOSTUNREACH: unreachable,
		CONNECTION_DESTROYED: [
			`${at} closes every connection at once.`,
			"Check that PostgreSQL runs there, behind whatever tunnel or proxy accepts the connections.",
		],
		ECONNRESET: [
			`${at} closed the connection${typeof tls === "object" ? " when TLS was demanded" : ""}.`,
			"Check that PostgreSQL listens there, and that sslmode in DATABASE_URL asks for TLS only if the server offers it.",
		],
		"28P01": [
			`The password for role ${user} at ${at} is wrong.`,
			"Correct the password in DATABASE_URL (special characters percent-encoded).",
		],
		"28000": [
			`The server at ${at} does not let role ${user} in: ${reason}.`,
			"Check the role's name, pg_hba.conf, and whether TLS is demanded (sslmode=require).",
		],
		"3D000": [
			`There is no database "${database}" at ${at}.`,
			`Create it (createdb "${database}"), or correct the name in DATABASE_URL.`,
		],
		"57P03": [`The server at ${at} is not ready: ${reason}.`, "Try again in a moment."],
		"42501": [
			`Role ${user} may not connect to database "${database}" at ${at}.`,
			"Name another role in DATABASE_URL, or grant it: GRANT CONNECT ON DATABASE … TO ….",
		],
		"53300": [
			`The server at ${at} has no connection left.`,
			"Close other clients, use a pooler, or raise max_connections.",
		],
		certificate: [
			`The certificate of the server at ${at} was refused: ${reason.split(";")[0]}.`,
			"Name its root certificate with sslrootcert=<file> in DATABASE_URL; sslmode=verify-ca allows another host name.",
		],
	};
	const code = readErrorCode(error) ?? "connection failed";
	const [message, fix] = known[/CERT|ERR_TLS|LEAF_SIGNATURE/.test(code) ? "certificate" : code] ?? [
		`Could not connect to ${at}/${database}: ${reason}.`,
		"Check DATABASE_URL; sslmode in it decides how TLS is used.",
	];
	return new TelemetryError(message, { fix, cause: new Error(code) });
}
