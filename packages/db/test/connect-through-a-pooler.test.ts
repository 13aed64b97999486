import { connect as dial, type Socket } from "node:net";
import { expect, test } from "vitest";
import { migrate } from "../src/migrate.ts";
import { openPostgres } from "../src/postgres.ts";
import { save } from "../src/save.ts";
import { createPostgresDatabase } from "../src/testing/postgres-database.ts";
import { connectionRefusal } from "./connection-refusal.ts";
import { loopbackServer } from "./loopback-server.ts";
import { awaitStartup, errorMessage } from "./postgres-protocol.ts";
import { call } from "./sample-rows.ts";

/** Those that PgBouncer keeps for each client, https://www.pgbouncer.org/config.html#track_extra_parameters, and its own. */
const tracked = ["user", "database", "client_encoding", "datestyle", "timezone", "application_name"];

/** A pooler in front of a server: refuses clients that send settings it does not know, and passes on everything else. */
function pooler(server: URL, known: readonly string[]): Promise<string> {
	return loopbackServer((socket: Socket) =>
		awaitStartup(socket, (startup, message) => {
			const unknown = Object.keys(startup).find((name) => !known.includes(name.toLowerCase()));
			if (unknown) {
				socket.end(errorMessage("08P01", `unsupported startup parameter: ${unknown}`));
				return;
			}
			const beyond = dial(Number(server.port), server.hostname).on("error", () => socket.destroy());
			beyond.write(message);
			socket.pipe(beyond).pipe(socket);
		}),
	);
}

test("a pooler that refuses settings is asked again without them", async () => {
	const url = new URL(await createPostgresDatabase());
	const server = await openPostgres(url.href);
	await server.query(`ALTER DATABASE ${url.pathname.slice(1)} SET TimeZone = 'Asia/Kathmandu'`);
	await server.close();
	url.host = await pooler(new URL(url), tracked);
	const db = await openPostgres(url.href);
	try {
		await migrate(db);
		await db.transaction((tx) => save(tx, { llm_calls: [call()] }));
		expect(await db.query("SELECT timestamp FROM llm_calls")).toEqual([{ timestamp: call().timestamp }]);
	} finally {
		await db.close();
	}
});

test("a pooler that refuses every setting is reported", async () => {
	const url = new URL(await createPostgresDatabase());
	url.host = await pooler(new URL(url), ["user", "database"]);
	expect((await connectionRefusal(url.href)).replace(url.pathname, "/<database>")).toMatchInlineSnapshot(`
		"Could not connect to 127.0.0.1:<port>/<database>: unsupported startup parameter: client_encoding.
		Check DATABASE_URL; sslmode in it decides how TLS is used."
	`);
});
