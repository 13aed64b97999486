import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import { UsageError } from "./errors.ts";

/** A connection URL taken apart: what may be shown, what the driver needs. */
export interface PostgresUrl {
	/** For the driver: role and password, and those parameters that are the server's. */
	readonly href: string;
	readonly tls: ConnectionOptions | "prefer" | false;
	readonly connectSeconds: number;
	/** A name, an address (IPv6 in brackets), or the directory of a socket. */
	readonly host: string;
	readonly port: string;
	readonly database: string;
	readonly user: string;
}

/** Parameters that are settings of the server. It would refuse all others, which libpq or other clients know. */
const serverParameters = new Set(["application_name", "options", "search_path"]);

/**
 * Reads `postgresql://user:password@host:port/database?sslmode=verify-full`.
 * TLS as libpq means it: `disable`, `prefer` (the default, except on this machine), `require` (encrypts, checks nothing),
 * `verify-ca` and `verify-full` (check against `sslrootcert` or the system's roots), client certificates by `sslcert` and `sslkey`.
 */
export function parsePostgresUrl(text: string): PostgresUrl {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !/^postgres(ql)?:$/.test(url.protocol) || isMisread(url)) {
		throw new UsageError("DATABASE_URL is not a PostgreSQL address.", {
			why: "It should look like postgresql://user:password@host:5432/database.",
			fix: "Correct DATABASE_URL (--database-url). In a password, write @ : / # ? % as %40 %3A %2F %23 %3F %25.",
		});
	}
	const option = (name: string) => {
		const value = url.searchParams.get(name) ?? undefined;
		url.searchParams.delete(name);
		return value;
	};
	const host = option("host") || decodeURIComponent(url.hostname) || "localhost";
	const isLocal = host === "localhost" || host.startsWith("127.") || host === "[::1]" || host.startsWith("/");
	const mode = option("sslmode") ?? (isLocal ? "disable" : "prefer");
	const tls = readTls(mode, option);
	const connectSeconds = Number(option("connect_timeout")) || 15;
	const port = option("port") || url.port || "5432";
	for (const name of [...url.searchParams.keys()]) if (!serverParameters.has(name)) url.searchParams.delete(name);
	return {
		href: url.href,
		tls: typeof tls === "object" ? { ...tls, host: stripBrackets(host) } : tls,
		connectSeconds,
		host,
		port,
		database: decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username),
		user: decodeURIComponent(url.username),
	};
}

/** `[::1]`, as a URL writes it, is `::1` to everybody else. */
export function stripBrackets(host: string): string {
	return host.replace(/^\[(.*)\]$/, "$1");
}

/** A special character that is not encoded ends the password early; its rest would be taken for a host or a name. */
function isMisread({ hostname, username, password, pathname, search, hash }: URL): boolean {
	if (hash !== "" || pathname.includes("@") || (username === "" && search.includes("@"))) return true;
	try {
		decodeURIComponent([hostname, username, password, pathname].join(" "));
		return false;
	} catch {
		return true;
	}
}

function readTls(mode: string, option: (name: string) => string | undefined): PostgresUrl["tls"] {
	const root = option("sslrootcert");
	const certificates = {
		...(root !== "system" && readCertificate("ca", "sslrootcert", root)),
		...readCertificate("cert", "sslcert", option("sslcert")),
		...readCertificate("key", "sslkey", option("sslkey")),
	};
	if (mode === "disable") return false;
	if (mode === "allow" || mode === "prefer") return "prefer";
	if (mode === "verify-full") return certificates;
	// As in libpq: a given root certificate turns `require` into verify-ca.
	if (mode === "verify-ca" || (mode === "require" && root))
		return { ...certificates, checkServerIdentity: () => undefined };
	if (mode === "require") return { ...certificates, rejectUnauthorized: false };
	throw new UsageError(`DATABASE_URL has sslmode=${mode}, which does not exist.`, {
		fix: "Use one of disable, prefer, require, verify-ca, verify-full.",
	});
}

function readCertificate(property: "ca" | "cert" | "key", option: string, path: string | undefined): ConnectionOptions {
	try {
		return path ? { [property]: readFileSync(path, "utf8") } : {};
	} catch (cause) {
		throw new UsageError(`DATABASE_URL names ${option}=${path}, which cannot be read.`, {
			fix: `Put the certificate there, or change ${option} in DATABASE_URL.`,
			cause,
		});
	}
}
