import { TelemetryError } from "../errors.ts";
import type { Machine } from "./machine.ts";

/** A server that runs already. */
export interface PostgresServer {
	readonly url: string;
}

/** The programs of PostgreSQL, from which a server can be started. */
export interface PostgresPrograms {
	readonly directory: string;
	/** May be copied elsewhere together with the folders beside it. */
	readonly portable: boolean;
}

const oldestVersion = 15;

/**
 * Decides which PostgreSQL the tests run against: the server in TEST_DATABASE_URL, else one installed on the machine,
 * else the one that came with the dependencies. Fails with the reason of each when there is none.
 */
export function findPostgres(machine: Machine): PostgresServer | PostgresPrograms {
	if (machine.testDatabaseUrl) return { url: machine.testDatabaseUrl };
	const why = ["TEST_DATABASE_URL is not set."];
	if (machine.installed.length === 0) why.push("None is installed in /usr/lib/postgresql or in PATH.");
	for (const directory of machine.installed) {
		const reason = unusable(machine, directory);
		if (!reason) return { directory, portable: false };
		why.push(reason);
	}
	if (machine.embedded === undefined) {
		why.push(`The optional dependency ${machine.embeddedPackage} is not installed.`);
	} else {
		const reason = unusable(machine, machine.embedded);
		if (!reason) return { directory: machine.embedded, portable: true };
		why.push(reason);
	}
	const message = `There is no PostgreSQL to run the tests against:\n${why.map((reason) => `  - ${reason}`).join("\n")}`;
	throw new TelemetryError(message, {
		fix: "Set TEST_DATABASE_URL to a server whose role may create databases, or install PostgreSQL 15 or newer.",
	});
}

function unusable(machine: Machine, directory: string): string | undefined {
	const version = machine.majorVersion(directory);
	if (version === undefined) return `The programs in ${directory} do not run.`;
	if (version < oldestVersion) return `${directory} is PostgreSQL ${version}; ${oldestVersion} or newer is needed.`;
	return undefined;
}
