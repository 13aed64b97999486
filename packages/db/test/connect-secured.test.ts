import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPostgres } from "../src/postgres.ts";
import { connectionRefusal } from "./connection-refusal.ts";
import { type SecuredPostgres, securedPostgres, selfSigned } from "./secured-postgres.ts";

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

	test("lets in who knows the password, encrypted as far as is asked for", async () => {
		const trusted = `sslrootcert=${server.certificate}`;
		expect(await isEncrypted(url(`berta:${encoded}`))).toBe(false);
		expect(await isEncrypted(url(`berta:${encoded}`, "?sslmode=prefer"))).toBe(true);
		expect(await isEncrypted(url(`anna:${encoded}`, "?sslmode=require"))).toBe(true);
		expect(await isEncrypted(url(`anna:${encoded}`, `?sslmode=require&${trusted}`))).toBe(true);
		expect(await isEncrypted(url(`anna:${encoded}`, `?sslmode=verify-ca&${trusted}`))).toBe(true);
		expect(await isEncrypted(url(`anna:${encoded}`, `?sslmode=verify-full&${trusted}`))).toBe(true);
	});

	test("lets nobody in with a wrong password, or with none", async () => {
		expect(await connectionRefusal(url(`berta:${encoded}x`))).toMatchInlineSnapshot(`
			"The password for role berta at 127.0.0.1:<port> is wrong.
			Correct the password in DATABASE_URL (special characters percent-encoded)."
		`);
		expect(await connectionRefusal(url("berta"))).toMatch("The password for role berta");
	});

	test("lets nobody in unencrypted where that is forbidden", async () => {
		expect(await connectionRefusal(url(`anna:${encoded}`, "?sslmode=disable"))).toMatchInlineSnapshot(`
			"The server at 127.0.0.1:<port> does not let role anna in: no pg_hba.conf entry for host "127.0.0.1", user "anna", database "postgres", no encryption.
			Check the role's name, pg_hba.conf, and whether TLS is demanded (sslmode=require)."
		`);
	});

	test("is not trusted without its root certificate", async () => {
		const words = await connectionRefusal(url(`anna:${encoded}`, "?sslmode=verify-full"));
		expect(words).toMatchInlineSnapshot(`
			"The certificate of the server at 127.0.0.1:<port> was refused: self-signed certificate.
			Name its root certificate with sslrootcert=<file> in DATABASE_URL; sslmode=verify-ca allows another host name."
		`);
		expect(await connectionRefusal(url(`anna:${encoded}`, "?sslmode=verify-ca"))).toBe(words);
	});

	test("is not trusted with the root certificate of another", async () => {
		const { certificate } = selfSigned("IP:127.0.0.1");
		const parameters = `?sslmode=require&sslrootcert=${certificate}`;
		expect(await connectionRefusal(url(`anna:${encoded}`, parameters))).toMatch("was refused: self-signed certificate");
	});

	test("is not trusted under a name that its certificate does not have", async () => {
		const trusted = `sslrootcert=${server.certificate}`;
		const address = url(`anna:${encoded}`, `?sslmode=verify-full&${trusted}`, "localhost");
		expect(await connectionRefusal(address)).toMatchInlineSnapshot(`
			"The certificate of the server at localhost:<port> was refused: Hostname/IP does not match certificate's altnames: Host: localhost. is not cert's CN: tide.
			Name its root certificate with sslrootcert=<file> in DATABASE_URL; sslmode=verify-ca allows another host name."
		`);
		expect(await isEncrypted(url(`anna:${encoded}`, `?sslmode=verify-ca&${trusted}`, "localhost"))).toBe(true);
	});
});

describe("a server without encryption", () => {
	test("is refused where encryption is demanded", async () => {
		const { serverUrl } = await import("vitest").then(({ inject }) => inject("testRun"));
		expect(await connectionRefusal(`${serverUrl}?sslmode=require`)).toMatchInlineSnapshot(`
			"127.0.0.1:<port> closed the connection when TLS was demanded.
			Check that PostgreSQL listens there, and that sslmode in DATABASE_URL asks for TLS only where the server offers it."
		`);
	});
});
