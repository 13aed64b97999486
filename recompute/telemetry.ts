import { execFile } from "node:child_process";
import { join } from "node:path";

const tsx = import.meta.resolve("tsx");

/** The command line of a copy of the repository, as a process of its own. */
export interface Telemetry {
	/** The root of the repository. */
	readonly root: string;
	readonly databaseUrl: string;
	/** Where it runs. */
	readonly folder: string;
}

export interface Answer {
	readonly out: string;
	/** Milliseconds. */
	readonly started: number;
	readonly ended: number;
}

/** Runs `telemetry …` to its end. Fails if it does. */
export function telemetry({ root, databaseUrl, folder }: Telemetry, args: readonly string[]): Promise<Answer> {
	const started = Date.now();
	const command = ["--import", tsx, join(root, "packages/cli/src/main.ts"), ...args];
	const env = { PATH: process.env.PATH, HOME: folder, NO_COLOR: "1", DATABASE_URL: databaseUrl };
	return new Promise((resolve, reject) => {
		execFile(process.execPath, command, { cwd: folder, env, maxBuffer: 2 ** 26 }, (error, out, err) => {
			if (error) reject(new Error(`telemetry ${args.join(" ")} failed:\n${out}\n${err}`, { cause: error }));
			else resolve({ out, started, ended: Date.now() });
		});
	});
}
