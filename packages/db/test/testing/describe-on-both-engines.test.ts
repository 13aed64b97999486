import { expect, test } from "vitest";
import { readMigrationStatus } from "../../src/migrate.ts";
import { describeOnBothEngines } from "../../src/testing/describe-on-engines.ts";

describeOnBothEngines("describeOnBothEngines", (open) => {
	test("gives a database with the tables in it", async () => {
		const db = await open();
		expect((await readMigrationStatus(db)).pending).toEqual([]);
	});

	test("gives an empty database when asked for one", async () => {
		const db = await open({ migrated: false });
		expect((await readMigrationStatus(db)).applied).toEqual([]);
	});

	test("begins each time without anything left from before", async () => {
		const before = await open({ migrated: false });
		await before.query("CREATE TABLE leftover (id int)");
		await before.query("SET TIME ZONE 'Asia/Kathmandu'");
		const after = await open({ migrated: false });
		expect(await after.query("SELECT to_regclass('leftover') AS found")).toEqual([{ found: null }]);
		expect(await after.query("SELECT current_setting('TimeZone') AS zone")).toEqual([{ zone: "UTC" }]);
	});

	test("hands instants over alike, to the microsecond", async () => {
		const db = await open({ migrated: false });
		const [row] = await db.query(
			"SELECT '2026-02-23 22:19:28.123456+05:45'::timestamptz AS instant, 9::bigint AS count",
		);
		expect(row).toEqual({ instant: "2026-02-23T16:34:28.123456Z", count: 9 });
	});
});
