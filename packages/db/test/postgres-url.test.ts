import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parsePostgresUrl } from "../src/postgres-url.ts";
import { temporaryDirectory } from "../src/testing/temporary-directory.ts";
import { refusal } from "./refusal.ts";

const parsed = (url: string) => parsePostgresUrl(url);

describe("a connection URL", () => {
	test("names host, port, database and role, decoded", () => {
		expect(parsed("postgresql://an%40na:pw@tide.example:6543/high%20tide")).toMatchObject({
			host: "tide.example",
			port: "6543",
			database: "high tide",
			user: "an@na",
		});
	});

	test("means libpq's default for everything it does not say", () => {
		expect(parsed("postgres://anna@db.example")).toMatchObject({ port: "5432", database: "anna", user: "anna" });
		expect(parsed("postgresql:///tide")).toMatchObject({ host: "localhost", port: "5432", database: "tide" });
	});

	test.each([
		["postgresql://anna@db.example/tide", "prefer"],
		["postgresql://anna@localhost/tide", false],
		["postgresql://anna@127.0.0.1/tide", false],
		["postgresql://anna@[::1]/tide", false],
		["postgresql:///tide?host=/run/postgresql", false],
		["postgresql://anna@db.example/tide?sslmode=disable", false],
		["postgresql://anna@db.example/tide?sslmode=allow", "prefer"],
		["postgresql://anna@localhost/tide?sslmode=prefer", "prefer"],
	])("%s asks for encryption: %s", (url, tls) => {
		expect(parsed(url).tls).toBe(tls);
	});

	test("gives the server none of the parameters that are a client's", () => {
		const ours = "sslmode=require&connect_timeout=3&channel_binding=require&target_session_attrs=any";
		const others = "pgbouncer=true&connection_limit=1&schema=public";
		const { href, connectSeconds } = parsed(`postgresql://anna@db.example/tide?${ours}&${others}&options=-c%20a%3Db`);
		expect([...new URL(href).searchParams]).toEqual([["options", "-c a=b"]]);
		expect(connectSeconds).toBe(3);
	});

	test("may name the certificates of both sides", () => {
		const directory = temporaryDirectory();
		const file = (name: string) => {
			writeFileSync(join(directory, name), `content of ${name}`);
			return join(directory, name);
		};
		const files = `sslrootcert=${file("root")}&sslcert=${file("cert")}&sslkey=${file("key")}`;
		expect(parsed(`postgresql://anna@db.example/tide?sslmode=verify-full&${files}`).tls).toEqual({
			ca: "content of root",
			cert: "content of cert",
			key: "content of key",
			host: "db.example",
		});
		expect(parsed("postgresql://anna@db.example/tide?sslmode=verify-full&sslrootcert=system").tls).toEqual({
			host: "db.example",
		});
	});
});

describe("a connection URL that makes no sense", () => {
	test.each([
		["is no URL", "tide"],
		["is of another database", "mysql://anna:pw@db.example/tide"],
		["has an unencoded / in the password", "postgresql://anna:secret/1@db.example/tide"],
		["has an unencoded / after a digit in it", "postgresql://anna:12/secret@db.example/tide"],
		["has an unencoded @ and / in it", "postgresql://anna:p@secret/1@db.example/tide"],
		["has an unencoded ? in it", "postgresql://anna:12?secret@db.example/tide"],
		["has an unencoded # in it", "postgresql://anna:12#secret@db.example/tide"],
		["has an unencoded % in it", "postgresql://anna:100%secret@db.example/tide"],
	])("is refused when it %s", async (_, url) => {
		const words = await refusal(() => parsed(url));
		expect(words).toMatch(/^DATABASE_URL is not a PostgreSQL address\./);
		expect(words).not.toContain("secret");
	});

	test("is refused with a mode of encryption that does not exist", async () => {
		expect(await refusal(() => parsed("postgresql://anna:pw@db.example/tide?sslmode=requires"))).toMatchInlineSnapshot(`
			"DATABASE_URL has sslmode=requires, which does not exist.
			Use one of disable, prefer, require, verify-ca, verify-full."
		`);
	});

	test("is refused with a certificate that is not there", async () => {
		const url = "postgresql://anna:pw@db.example/tide?sslmode=verify-full&sslrootcert=/no/such/root.pem";
		expect(await refusal(() => parsed(url))).toMatchInlineSnapshot(`
			"DATABASE_URL names sslrootcert=/no/such/root.pem, which cannot be read.
			Put the certificate there, or change sslrootcert in DATABASE_URL."
		`);
	});
});
