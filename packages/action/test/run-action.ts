import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { temporaryDirectory } from "@tidemark/db/testing";
import { inputList } from "../src/inputs/input-list.ts";

interface Step {
	/** What stands under `with:`. */
	readonly inputs?: Readonly<Record<string, string>>;
	/** What the runner itself says, and what stands under `env:`. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Where the repository is checked out. */
	readonly workspace?: string;
	/** The payload of the event that started the workflow. */
	readonly event?: object;
}

export interface Ended {
	readonly code: number | null;
	/** The step's log, as the runner is given it. */
	readonly log: string;
	readonly outputs: Readonly<Record<string, string>>;
	readonly summary: string;
}

const action = fileURLToPath(new URL("../", import.meta.url));

/** The folder of the Action as the runner has it: without node_modules. */
function installed(): string {
	const folder = temporaryDirectory();
	for (const path of ["dist", "package.json"]) cpSync(join(action, path), join(folder, path), { recursive: true });
	return folder;
}

/** Starts the Action as the runner does, with every input that action.yml gives a default. */
export function startAction(step: Step): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
	const folder = installed();
	const { workspace = temporaryDirectory(), event = {} } = step;
	const files = { GITHUB_OUTPUT: "output", GITHUB_STEP_SUMMARY: "summary", GITHUB_EVENT_PATH: "event" };
	for (const file of Object.values(files)) writeFileSync(join(folder, file), "");
	writeFileSync(join(folder, files.GITHUB_EVENT_PATH), JSON.stringify(event));
	mkdirSync(join(folder, "temp"));
	const runner: Record<string, string> = {
		PATH: process.env.PATH ?? "",
		HOME: folder,
		RUNNER_TEMP: join(folder, "temp"),
		GITHUB_ACTIONS: "true",
		GITHUB_EVENT_NAME: "schedule",
		GITHUB_REPOSITORY: "acme/app",
		...Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(folder, file)])),
		...step.environment,
	};
	const child = spawn(process.execPath, [join(folder, "dist/index.js")], {
		cwd: workspace,
		env: { ...runner, ...inputVariables(step.inputs ?? {}, runner) },
	});
	const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
	const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(([code, out, err]) => ({
		code,
		log: out + err,
		outputs: outputsOf(readFileSync(join(folder, files.GITHUB_OUTPUT), "utf8")),
		summary: readFileSync(join(folder, files.GITHUB_STEP_SUMMARY), "utf8"),
	}));
	return { child, ended };
}

export async function runAction(step: Step): Promise<Ended> {
	return startAction(step).ended;
}

/** `INPUT_DATABASE-URL`; the defaults are filled in from the list that action.yml is made of. */
function inputVariables(inputs: Readonly<Record<string, string>>, runner: Readonly<Record<string, string>>) {
	const github: Readonly<Record<string, string | undefined>> = {
		repository: runner.GITHUB_REPOSITORY,
		api_url: runner.GITHUB_API_URL,
		token: "test-token",
	};
	return Object.fromEntries(
		inputList.map(({ name, fallback = "" }) => [
			`INPUT_${name.toUpperCase()}`,
			inputs[name] ?? fallback.replace(/\$\{\{ github\.(\w+) \}\}/, (_, key: string) => github[key] ?? ""),
		]),
	);
}

/** The file holds `name<<delimiter`, the value, and the delimiter again. */
function outputsOf(file: string): Record<string, string> {
	const found = file.matchAll(/^([\w-]+)<<(.+)\n([\s\S]*?)\n\2$/gm);
	return Object.fromEntries([...found].map(([, name = "", , value = ""]) => [name, value]));
}
