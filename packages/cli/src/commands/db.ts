import { generalSettings, readSettings } from "@tidemark/core";
import { connect, type Database, type MigrationStatus, migrate, readMigrationStatus } from "@tidemark/db";
import { cleanPath, formatJson } from "@tidemark/text";
import { type Call, type DefinedCommand, defineCommand, exitCode, groupCommands } from "../define-command.ts";
import { everywhere, jsonFlag } from "../flags.ts";

/** `telemetry db status|migrate` */
export const db = groupCommands(
	{
		name: "db",
		summary: "Show the state of the database's tables, or bring them up to date.",
		about:
			"Every command migrates by itself; `db migrate` is for a role that may create tables when the usual one may not. Without a name, `db` is `db status`.",
	},
	[
		defineDbCommand("db status", "Show which migrations are applied and which are pending.", readMigrationStatus),
		defineDbCommand("db migrate", "Apply the pending migrations.", migrate),
	],
);

function defineDbCommand(
	name: string,
	about: string,
	readStatus: (db: Database) => Promise<MigrationStatus>,
): DefinedCommand {
	const run = async ({ given, terminal }: Call) => {
		const { databaseUrl, databaseDirectory } = readSettings(generalSettings, given);
		const database = await connect({ url: databaseUrl, directory: databaseDirectory });
		const { engine, label } = database;
		const { applied, pending } = await readStatus(database).finally(() => database.close());
		if (given.flags.json) {
			terminal.print(formatJson({ engine, label, applied, pending }));
			return exitCode.ok;
		}
		terminal.print(`${engine === "pglite" ? "Embedded database" : "PostgreSQL"} ${cleanPath(label)}`);
		terminal.print(`Migrations applied: ${applied.join(", ") || "none"}`);
		if (pending.length > 0) terminal.print(`Pending: ${pending.join(", ")} (pnpm telemetry db migrate)`);
		return exitCode.ok;
	};
	return defineCommand({ name, summary: about, about, flags: [jsonFlag], settings: [everywhere], run });
}
