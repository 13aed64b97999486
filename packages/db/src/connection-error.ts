import { codeOf, TelemetryError } from "./errors.ts";
import type { PostgresUrl } from "./postgres-url.ts";

/** Says why a PostgreSQL could not be reached and what to do, naming host, database and role but never the password. */
export function connectionError(error: unknown, { host, port, database, user, tls }: PostgresUrl): TelemetryError {
	const at = `${host}:${port}`;
	const say = (message: string, fix: string) =>
		new TelemetryError(message, { fix, cause: new Error(codeOf(error) ?? "connection failed") });
	const code = codeOf(error);
	if (/CERT|ERR_TLS|LEAF_SIGNATURE/.test(code ?? "")) {
		const [reason] = messageOf(error).split(";");
		return say(
			`The certificate of the server at ${at} was refused: ${reason}.`,
			"Name its root certificate with sslrootcert=<file> in DATABASE_URL; sslmode=verify-ca allows another host name.",
		);
	}
	switch (code) {
		case "ECONNREFUSED":
			return say(
				`Nothing answers at ${at}: the connection was refused.`,
				"Start PostgreSQL there, or correct host and port in DATABASE_URL.",
			);
		case "ENOTFOUND":
		case "EAI_AGAIN":
			return say(
				`The host ${host} is not known.`,
				"Correct the host in DATABASE_URL, or check the network's name service.",
			);
		case "CONNECT_TIMEOUT":
		case "ETIMEDOUT":
		case "EHOSTUNREACH":
			return say(`${at} does not answer.`, "Check the host in DATABASE_URL, the firewall and the allowed addresses.");
		case "CONNECTION_DESTROYED":
			return say(
				`${at} closes every connection at once.`,
				"Check that PostgreSQL runs there, behind whatever tunnel or proxy accepts the connections.",
			);
		case "ECONNRESET":
			return say(
				`${at} closed the connection${typeof tls === "object" ? " when TLS was demanded" : ""}.`,
				"Check that PostgreSQL listens there, and that sslmode in DATABASE_URL asks for TLS only where the server offers it.",
			);
		case "28P01":
			return say(
				`The password for role ${user} at ${at} is wrong.`,
				"Correct the password in DATABASE_URL (special characters percent-encoded).",
			);
		case "28000":
			return say(
				`The server at ${at} does not let role ${user} in: ${messageOf(error)}.`,
				"Check the role's name, pg_hba.conf, and whether TLS is demanded (sslmode=require).",
			);
		case "3D000":
			return say(
				`There is no database "${database}" at ${at}.`,
				`Create it (createdb "${database}"), or correct the name in DATABASE_URL.`,
			);
		case "57P03":
			return say(`The server at ${at} is not ready: ${messageOf(error)}.`, "Try again in a moment.");
		case "42501":
			return say(
				`Role ${user} may not connect to database "${database}" at ${at}.`,
				"Name another role in DATABASE_URL, or grant it: GRANT CONNECT ON DATABASE … TO ….",
			);
		case "53300":
			return say(
				`The server at ${at} has no connection left.`,
				"Close other clients, use a pooler, or raise max_connections.",
			);
		default:
			return say(
				`Could not connect to ${at}/${database}: ${messageOf(error)}.`,
				"Check DATABASE_URL; sslmode in it decides how TLS is used.",
			);
	}
}

/** The server's version was older than what the statements here need. */
export function tooOld(version: string, { host, port }: PostgresUrl): TelemetryError {
	return new TelemetryError(`The server at ${host}:${port} is PostgreSQL ${version}; Tidemark needs 15 or newer.`, {
		fix: "Upgrade the server, or point DATABASE_URL at a newer one.",
	});
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
