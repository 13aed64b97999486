import { readErrorCode, TelemetryError } from "./errors.ts";
import type { PostgresUrl } from "./postgres-url.ts";

type Advice = (at: string, url: PostgresUrl, message: string) => readonly [message: string, fix: string];

const unreachable: Advice = (at) => [
	`${at} does not answer.`,
	"Check the host in DATABASE_URL, the firewall and the allowed addresses.",
];

const unknownHost: Advice = (_at, { host }) => [
	`The host ${host} is not known.`,
	"Correct the host in DATABASE_URL, or check the network's name service.",
];

/** By the code of the system, the driver or the server. */
const advice: Readonly<Record<string, Advice>> = {
	ECONNREFUSED: (at) => [
		`Nothing answers at ${at}: the connection was refused.`,
		"Start PostgreSQL there, or correct host and port in DATABASE_URL.",
	],
	ENOTFOUND: unknownHost,
	EAI_AGAIN: unknownHost,
	CONNECT_TIMEOUT: unreachable,
	ETIMEDOUT: unreachable,
	EHOSTUNREACH: unreachable,
	CONNECTION_DESTROYED: (at) => [
		`${at} closes every connection at once.`,
		"Check that PostgreSQL runs there, behind whatever tunnel or proxy accepts the connections.",
	],
	ECONNRESET: (at, { tls }) => [
		`${at} closed the connection${typeof tls === "object" ? " when TLS was demanded" : ""}.`,
		"Check that PostgreSQL listens there, and that sslmode in DATABASE_URL asks for TLS only if the server offers it.",
	],
	"28P01": (at, { user }) => [
		`The password for role ${user} at ${at} is wrong.`,
		"Correct the password in DATABASE_URL (special characters percent-encoded).",
	],
	"28000": (at, { user }, message) => [
		`The server at ${at} does not let role ${user} in: ${message}.`,
		"Check the role's name, pg_hba.conf, and whether TLS is demanded (sslmode=require).",
	],
	"3D000": (at, { database }) => [
		`There is no database "${database}" at ${at}.`,
		`Create it (createdb "${database}"), or correct the name in DATABASE_URL.`,
	],
	"57P03": (at, _url, message) => [`The server at ${at} is not ready: ${message}.`, "Try again in a moment."],
	"42501": (at, { user, database }) => [
		`Role ${user} may not connect to database "${database}" at ${at}.`,
		"Name another role in DATABASE_URL, or grant it: GRANT CONNECT ON DATABASE … TO ….",
	],
	"53300": (at) => [
		`The server at ${at} has no connection left.`,
		"Close other clients, use a pooler, or raise max_connections.",
	],
};

const badCertificate: Advice = (at, _url, message) => [
	`The certificate of the server at ${at} was refused: ${message.split(";")[0]}.`,
	"Name its root certificate with sslrootcert=<file> in DATABASE_URL; sslmode=verify-ca allows another host name.",
];

const anythingElse: Advice = (at, { database }, message) => [
	`Could not connect to ${at}/${database}: ${message}.`,
	"Check DATABASE_URL; sslmode in it decides how TLS is used.",
];

/** Explains why a PostgreSQL could not be reached and what to do, naming host, database and role but never the password. */
export function explainConnectionError(error: unknown, url: PostgresUrl): TelemetryError {
	const code = readErrorCode(error) ?? "connection failed";
	const isCertificate = /CERT|ERR_TLS|LEAF_SIGNATURE/.test(code);
	const explain = isCertificate ? badCertificate : (advice[code] ?? anythingElse);
	const [message, fix] = explain(
		`${url.host}:${url.port}`,
		url,
		error instanceof Error ? error.message : String(error),
	);
	return new TelemetryError(message, { fix, cause: new Error(code) });
}
