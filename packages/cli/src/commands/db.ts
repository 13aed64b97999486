import { generalSettings, readSettings, settingsOf } from "@tidemark/core";
import { connect, migrate, migrationStatus, UsageError } from "@tidemark/db";
import { type Command, exitCode } from "../command.ts";
import { jsonFlag, parseFlags } from "../flags.ts";
import { helpPage } from "../help.ts";

/** `telemetry db migrate|status` */
export const db: Command = {
	help: () =>
		helpPage({
			usage: ["db status", "db migrate"],
			words:
				"Every command migrates by itself; `db migrate` is for a role that may create tables where the usual one may not.",
			flags: [jsonFlag],
			settings: [{ title: "Everywhere", settings: settingsOf(generalSettings) }],
		}),
	async run(args, { environment, terminal }) {
		const { flags, positionals } = parseFlags(args, [jsonFlag, ...settingsOf(generalSettings)]);
		const [verb = "status"] = positionals;
		if (verb !== "migrate" && verb !== "status") {
			throw new UsageError(`There is no "db ${verb}".`, { fix: "Use db status or db migrate." });
		}
		const { databaseUrl, databaseDirectory } = readSettings(generalSettings, { flags, environment });
		const database = await connect({ url: databaseUrl, directory: databaseDirectory });
		try {
			const status = verb === "migrate" ? await migrate(database) : await migrationStatus(database);
			const { engine, label } = database;
			if (flags.json) terminal.print(JSON.stringify({ engine, label, ...status }, null, 2));
			else {
				terminal.print(`${engine === "pglite" ? "Embedded database" : "PostgreSQL"} ${label}`);
				terminal.print(`Migrations applied: ${status.applied.join(", ") || "none"}`);
				if (status.pending.length > 0)
					terminal.print(`Pending: ${status.pending.join(", ")} (pnpm telemetry db migrate)`);
			}
			return exitCode.ok;
		} finally {
			await database.close();
		}
	},
};
