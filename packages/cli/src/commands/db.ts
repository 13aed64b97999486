import { generalSettings, readSettings } from "@tidemark/core";
import { connect, type Database, type MigrationStatus, migrate, readMigrationStatus } from "@tidemark/db";
import { cleanPath } from "@tidemark/text";
import { type Command, defineCommand, exitCode, groupCommands } from "../define-command.ts";
import { jsonFlag } from "../flags.ts";

/** `telemetry db status|migrate` */
export const command = groupCommands(
	"db",
	"Every command migrates by itself; `db migrate` is for a role that may create tables when the usual one may not. Without a name, `db` is `db status`.",
	[
		defineDbCommand("db status", "Show which migrations are applied and which are pending.", readMigrationStatus),
		defineDbCommand("db migrate", "Apply the pending migrations.", migrate),
	],
);

function defineDbCommand(name: string, about: string, readStatus: (db: Database) => Promise<MigrationStatus>): Command {
	return defineCommand({
		name,
		about,
		flags: jsonFlag,
		async run({ given, show }) {
			const { databaseUrl, databaseDirectory } = readSettings(generalSettings, given);
			const database = await connect({ url: databaseUrl, directory: databaseDirectory });
			const { engine, label } = database;
			const { applied, pending } = await readStatus(database).finally(() => database.close());
			const todo = pending.length > 0 ? [`Pending: ${pending.join(", ")} (pnpm telemetry db migrate)`] : [];
			show({ engine, label, applied, pending }, [
				`${engine === "pglite" ? "Embedded database" : "PostgreSQL"} ${cleanPath(label)}`,
				`Migrations applied: ${applied.join(", ") || "none"}`,
				...todo,
			]);
			return exitCode.ok;
		},
	});
}
