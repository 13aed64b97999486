import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { openPostgres } from "../postgres.ts";

/** Creates an empty PostgreSQL database and returns its URL. It is dropped when the test run ends, if not before. */
export async function createPostgresDatabase(): Promise<string> {
	const { serverUrl, databasePrefix } = inject("testRun");
	const name = databasePrefix + randomBytes(6).toString("hex");
	// The same on every server, whatever its own language and encoding are.
	await onServer(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`);
	const url = new URL(serverUrl);
	url.pathname = name;
	return url.href;
}

/** Drops a database that `createPostgresDatabase` made, and ends its connections. */
export async function dropPostgresDatabase(url: string): Promise<void> {
	await onServer(`DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
}

async function onServer(statement: string): Promise<void> {
	const server = await openPostgres(inject("testRun").serverUrl);
	try {
		await server.query(statement);
	} finally {
		await server.close();
	}
}
