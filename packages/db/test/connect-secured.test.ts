import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPostgres } from "../src/postgres.ts";
import { connectionRefusal } from "./connection-refusal.ts";
import { loopbackServer } from "./loopback-server.ts";
import { awaitStartup } from "./postgres-protocol.ts";
import { certificatePath, type SecuredPostgres, securedPostgres } from "./secured-postgres.ts";

const password = "p@ss:/%w0rd";
const encoded = "p%40ss%3A%2F%25w0rd";

describe("a server that demands passwords and encryption", () => {
	let server: SecuredPostgres;
	beforeAll(async () => {
		server = await securedPostgres(password);
	});
	afterAll(() => server.stop());

	const url = (role: string, parameters = "", host = "127.0.0.1") =>
		`postgresql://${role}@${host}:${server.port}/postgres${parameters}`;

	async function isEncrypted(address: string): Promise<boolean | undefined> {
		const db = await openPostgres(address);
		const [session] = await db
			.query<{ ssl: boolean }>("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
			.finally(() => db.close());
		return session?.ssl;
	}

	test("lets in clients with the password, encrypted as far as they ask for it", async () => {
		const trusted = `sslrootcert=${server.certificate}`;
		expect(await isEncrypted(url(`plain:${encoded}`))).toBe(false);
		expect(await isEncrypted(url(`plain:${encoded}`, "?sslmode=prefer"))).toBe(true);
		expect(await isEncrypted(url(`sealed:${encoded}`, "?sslmode=require"))).toBe(true);
		expect(await isEncrypted(url(`sealed:${encoded}`, `?sslmode=require&${trusted}`))).toBe(true);
		expect(await isEncrypted(url(`sealed:${encoded}`, `?sslmode=verify-ca&${trusted}`))).toBe(true);
		expect(await isEncrypted(url(`sealed:${encoded}`, `?sslmode=verify-full&${trusted}`))).toBe(true);
	});

	test("lets nobody in with a wrong password, or with none", async () => {
		expect(await connectionRefusal(url(`plain:${encoded}x`))).toMatchInlineSnapshot(`
			"The password for role plain at 127.0.0.1:<port> is wrong.
			Correct the password in DATABASE_URL (special characters percent-encoded)."
		`);
		expect(await connectionRefusal(url("plain"))).toMatch("The password for role plain");
	});

	test("lets nobody in unencrypted if that is forbidden", async () => {
		expect(await connectionRefusal(url(`sealed:${encoded}`, "?sslmode=disable"))).toMatchInlineSnapshot(`
			"The server at 127.0.0.1:<port> does not let role sealed in: no pg_hba.conf entry for host "127.0.0.1", user "sealed", database "postgres", no encryption.
			Check the role's name, pg_hba.conf, and whether TLS is demanded (sslmode=require)."
		`);
	});

	test("is not trusted without its root certificate", async () => {
		const words = await connectionRefusal(url(`sealed:${encoded}`, "?sslmode=verify-full"));
		expect(words).toMatchInlineSnapshot(`
			"The certificate of the server at 127.0.0.1:<port> was refused: self-signed certificate.
			Name its root certificate with sslrootcert=<file> in DATABASE_URL; sslmode=verify-ca allows another host name."
		`);
		expect(await connectionRefusal(url(`sealed:${encoded}`, "?sslmode=verify-ca"))).toBe(words);
	});

	test("is not trusted with the root certificate of another", async () => {
		const certificate = certificatePath("other.pem");
		const parameters = `?sslmode=require&sslrootcert=${certificate}`;
		expect(await connectionRefusal(url(`sealed:${encoded}`, parameters))).toMatch(
			"was refused: self-signed certificate",
		);
	});

	test("is not trusted under a name that its certificate does not have", async () => {
		const trusted = `sslrootcert=${server.certificate}`;
		const address = url(`sealed:${encoded}`, `?sslmode=verify-full&${trusted}`, "localhost");
		expect(await connectionRefusal(address)).toMatchInlineSnapshot(`
			"The certificate of the server at localhost:<port> was refused: Hostname/IP does not match certificate's altnames: Host: localhost. is not cert's CN: tide.
			Name its root certificate with sslrootcert=<file> in DATABASE_URL; sslmode=verify-ca allows another host name."
		`);
		expect(await isEncrypted(url(`sealed:${encoded}`, `?sslmode=verify-ca&${trusted}`, "localhost"))).toBe(true);
	});
});

describe("a server without encryption", () => {
	test("is refused if encryption is demanded", async () => {
		const host = await loopbackServer((socket) => awaitStartup(socket, () => socket.end()));
		expect(
			await connectionRefusal(`postgresql://sealed:${encoded}@${host}/tide?sslmode=require`),
		).toMatchInlineSnapshot(`
			"127.0.0.1:<port> closed the connection when TLS was demanded.
			Check that PostgreSQL listens there, and that sslmode in DATABASE_URL asks for TLS only if the server offers it."
		`);
	});
});
