import { readFileSync } from "node:fs";
import type { SimulatedRepository } from "../script/repository.ts";
import { isObject, type JsonObject, readNumber } from "../view/json.ts";

/** What Apache DevLake recorded of one repository (recorded/devlake): the API's own objects. */
export interface RecordedDevlake {
	readonly fullName: string;
	readonly repositoryId: number;
	readonly runs: readonly JsonObject[];
	/** They belong to other runs. */
	readonly jobs: readonly JsonObject[];
	readonly pulls: readonly JsonObject[];
	readonly pullCommits: readonly { readonly pull: number; readonly commit: JsonObject }[];
	/** With their issue, which need not be one of the pull requests. */
	readonly issueEvents: readonly JsonObject[];
}

const folder = new URL("../../../recorded/devlake/", import.meta.url);

export function readDevlake(): RecordedDevlake {
	const objects = (name: string): JsonObject[] => rawRows(name).map(({ data }) => data);
	return {
		fullName: "panjf2000/ants",
		repositoryId: 134_018_330,
		runs: objects("runs"),
		jobs: objects("jobs"),
		pulls: objects("pull_requests"),
		pullCommits: rawRows("pull_request_commits").map(({ data, input }) => ({
			pull: readNumber(input, "Number") ?? 0,
			commit: data,
		})),
		issueEvents: objects("events"),
	};
}

/** What DevLake itself made of it: the rows of a table of `recorded/devlake/expected`, by column. */
export function readDevlakeRows(table: string): readonly Readonly<Record<string, string>>[] {
	return readCsv(readFileSync(new URL(`expected/${table}.csv`, folder), "utf8"));
}

/** Puts all recorded objects into a repository; each is visible from its own time on. */
export function replayDevlake(recorded: RecordedDevlake, repository: SimulatedRepository): void {
	for (const run of recorded.runs) repository.addRawRun(run);
	for (const job of recorded.jobs) repository.addRawJob(job);
	for (const pull of recorded.pulls) repository.addRawPull(pull);
	for (const { pull, commit } of recorded.pullCommits) repository.addRawCommit(commit, { pull });
	for (const event of recorded.issueEvents) repository.addRawIssueEvent(event);
}

/** The rows of DevLake's first connection, from which its expected tables were made. */
function rawRows(name: string): { readonly data: JsonObject; readonly input: JsonObject }[] {
	const rows = readCsv(readFileSync(new URL(`raw/_raw_github_api_${name}.csv`, folder), "utf8"));
	return rows.flatMap(({ params = "", data = "", input = "" }) =>
		params.includes('"ConnectionId":1,') ? [{ data: parsed(data), input: parsed(input) }] : [],
	);
}

function parsed(json: string): JsonObject {
	const value: unknown = json === "" ? {} : JSON.parse(json);
	return isObject(value) ? value : {};
}

/** The records of a CSV text by their column (RFC 4180: quoted fields may hold commas, line ends and doubled quotes). */
function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
	const [header = [], ...records] = splitRecords(text);
	return records.map((fields) => Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ""])));
}

function splitRecords(text: string): string[][] {
	const records: string[][] = [];
	let fields: string[] = [];
	// A field with its quotes or without, and what ends it.
	for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
		fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
		if (end === ",") continue;
		if (fields.length > 1 || fields[0] !== "") records.push(fields);
		fields = [];
	}
	return records;
}
