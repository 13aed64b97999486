import { describe, expect, test } from "vitest";
import { connect } from "../src/connect.ts";
import { freePort } from "../src/testing/free-port.ts";
import { createPostgresDatabase } from "../src/testing/postgres-database.ts";
import { connectionRefusal } from "./connection-refusal.ts";
import { loopbackServer } from "./loopback-server.ts";
import { awaitStartup, errorMessage, oneText, welcome } from "./postgres-protocol.ts";
import { refusal } from "./refusal.ts";

/** `p@ss:/%w0rd`, as a URL takes it. */
const anna = "anna:p%40ss%3A%2F%25w0rd";

describe.concurrent("a database that cannot be reached", () => {
	test("is reported when nothing listens at its port", async ({ expect }) => {
		expect(await connectionRefusal(`postgresql://${anna}@127.0.0.1:${await freePort()}/tide`)).toMatchInlineSnapshot(`
			"Nothing answers at 127.0.0.1:<port>: the connection was refused.
			Start PostgreSQL there, or correct host and port in DATABASE_URL."
		`);
	});

	test("is looked for at an IPv6 address, not at a host of that name", async ({ expect }) => {
		const words = await connectionRefusal(`postgresql://${anna}@[::1]:${await freePort()}/tide`);
		expect(words).toContain("[::1]:<port>");
		expect(words).not.toContain("not known");
	});

	test("is reported when its host does not exist", async ({ expect }) => {
		expect(await connectionRefusal(`postgresql://${anna}@tide.invalid/tide`)).toMatchInlineSnapshot(`
			"The host tide.invalid is not known.
			Correct the host in DATABASE_URL, or check the network's name service."
		`);
	});

	test("is reported when it does not exist on its server", async ({ expect }) => {
		const url = new URL(await createPostgresDatabase());
		url.pathname = "no%20such%20tide";
		expect(await connectionRefusal(url.href)).toMatchInlineSnapshot(`
			"There is no database "no such tide" at 127.0.0.1:<port>.
			Create it (createdb "no such tide"), or correct the name in DATABASE_URL."
		`);
	});

	test("is reported when its server does not know the role", async ({ expect }) => {
		const url = new URL(await createPostgresDatabase());
		url.username = "nobody_we_know";
		expect(await connectionRefusal(url.href)).toMatchInlineSnapshot(`
			"The server at 127.0.0.1:<port> does not let role nobody_we_know in: role "nobody_we_know" does not exist.
			Check the role's name, pg_hba.conf, and whether TLS is demanded (sslmode=require)."
		`);
	});

	test("is reported when its server is too old", async ({ expect }) => {
		const host = await loopbackServer((socket) =>
			awaitStartup(socket, () => {
				socket.write(welcome());
				socket.on("data", () => socket.write(oneText("version", "14.9 (Debian 14.9-1.pgdg120+1)")));
			}),
		);
		expect(await connectionRefusal(`postgresql://${anna}@${host}/tide`)).toMatchInlineSnapshot(`
			"The server at 127.0.0.1:<port> is PostgreSQL 14.9 (Debian 14.9-1.pgdg120+1); Tidemark needs 15 or newer.
			Upgrade the server, or point DATABASE_URL at a newer one."
		`);
	});

	test("is reported when its server has no connection left", async ({ expect }) => {
		const host = await loopbackServer((socket) =>
			awaitStartup(socket, () => socket.end(errorMessage("53300", "sorry, too many clients already"))),
		);
		expect(await connectionRefusal(`postgresql://${anna}@${host}/tide`)).toMatchInlineSnapshot(`
			"The server at 127.0.0.1:<port> has no connection left.
			Close other clients, use a pooler, or raise max_connections."
		`);
	});

	test("is reported when its server is only just starting", async ({ expect }) => {
		const host = await loopbackServer((socket) =>
			awaitStartup(socket, () => socket.end(errorMessage("57P03", "the database system is starting up"))),
		);
		expect(await connectionRefusal(`postgresql://${anna}@${host}/tide`)).toMatchInlineSnapshot(`
			"The server at 127.0.0.1:<port> is not ready: the database system is starting up.
			Try again in a moment."
		`);
	});

	test("is reported when its server says nothing", async ({ expect }) => {
		const host = await loopbackServer(() => undefined);
		expect(await connectionRefusal(`postgresql://${anna}@${host}/tide?connect_timeout=1`)).toMatchInlineSnapshot(`
			"127.0.0.1:<port> does not answer.
			Check the host in DATABASE_URL, the firewall and the allowed addresses."
		`);
	});

	test("is reported when its server hangs up on everybody", async ({ expect }) => {
		const host = await loopbackServer((socket) => socket.end());
		expect(await connectionRefusal(`postgresql://${anna}@${host}/tide?connect_timeout=1`)).toMatchInlineSnapshot(`
			"127.0.0.1:<port> closes every connection at once.
			Check that PostgreSQL runs there, behind whatever tunnel or proxy accepts the connections."
		`);
	});

	test("is reported when its server is not PostgreSQL", async ({ expect }) => {
		const host = await loopbackServer((socket) =>
			socket.on("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
		);
		expect(await connectionRefusal(`postgresql://${anna}@${host}/tide?connect_timeout=1`)).toMatchInlineSnapshot(`
			"127.0.0.1:<port> closes every connection at once.
			Check that PostgreSQL runs there, behind whatever tunnel or proxy accepts the connections."
		`);
	});
});

test("an address that is none is refused before anything is opened", async () => {
	const words = await refusal(() => connect({ url: "tide", directory: "unused" }));
	expect(words).toMatchInlineSnapshot(`
		"DATABASE_URL is not a PostgreSQL address.
		It should look like postgresql://user:password@host:5432/database.
		Correct DATABASE_URL (--database-url). In a password, write @ : / # ? % as %40 %3A %2F %23 %3F %25."
	`);
});
