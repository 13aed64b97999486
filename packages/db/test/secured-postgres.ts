import { chmodSync, chownSync, copyFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPostgres } from "../src/postgres.ts";
import { findPostgres } from "../src/testing/find-postgres.ts";
import { thisMachine } from "../src/testing/machine.ts";
import { startPostgres } from "../src/testing/start-postgres.ts";

/** The roles and how they may connect: `sealed` only with a password and encrypted, `plain` with a password. */
const rules = `
host    all postgres 127.0.0.1/32 trust
hostssl all sealed     127.0.0.1/32 scram-sha-256
host    all plain    127.0.0.1/32 scram-sha-256
`;

export interface SecuredPostgres {
	readonly port: string;
	/** What vouches for the server: its certificate, for 127.0.0.1 and no name. */
	readonly certificate: string;
	stop(): Promise<void>;
}

export function certificatePath(name: string): string {
	return fileURLToPath(new URL(`certificates/${name}`, import.meta.url));
}

/** A server of its own that has passwords and TLS, which the one that all tests share has not. */
export async function securedPostgres(password: string): Promise<SecuredPostgres> {
	const programs = findPostgres({ ...thisMachine(), testDatabaseUrl: undefined });
	if (!("directory" in programs)) throw new Error("There is no PostgreSQL to start.");
	const server = await startPostgres(programs);
	const [certificate, key] = [certificatePath("server.pem"), certificatePath("server.key.pem")];
	const data = join(server.directory, "data");
	const { uid, gid } = statSync(data);
	for (const [from, to] of [
		[certificate, join(data, "server.crt")],
		[key, join(data, "server.key")],
	] as const) {
		copyFileSync(from, to);
		chmodSync(to, 0o600);
		chownSync(to, uid, gid);
	}
	const admin = await openPostgres(server.url);
	await admin.query(`CREATE ROLE sealed LOGIN PASSWORD '${password}'`);
	await admin.query(`CREATE ROLE plain LOGIN PASSWORD '${password}'`);
	await admin.query("ALTER SYSTEM SET ssl = on");
	writeFileSync(join(data, "pg_hba.conf"), rules);
	const started = "SELECT current_setting('ssl') AS tls";
	await admin.query("SELECT pg_reload_conf()");
	while (JSON.stringify(await admin.query(started)) !== '[{"tls":"on"}]');
	await admin.close();
	return { port: new URL(server.url).port, certificate, stop: server.stop };
}
