import { EndedEarly, generalSettings, openDatabase, parseSince, settingsOf } from "@tidemark/core";
import { UsageError } from "@tidemark/db";
import { type Comparison, githubSettings, type Verification, verifyGithub } from "@tidemark/sources";
import { type Command, exitCode } from "../command.ts";
import { type Flag, jsonFlag, parseFlags } from "../flags.ts";
import { formatCount, plural } from "../format.ts";
import { helpPage } from "../help.ts";
import { reporterFor } from "../reporter.ts";

const flags: readonly Flag[] = [
	{ flag: "since", value: "<time>", words: "From when on: 30d, 2026-02-01 or a timestamp. Default: 30d." },
	jsonFlag,
];
const shown = 10;

/** `telemetry verify github` */
export const verify: Command = {
	help: () =>
		helpPage({
			usage: ["verify github [--repo owner/name] [--since 30d]"],
			words:
				"Compares what is stored with GitHub's own lists: every run and attempt, pull request and commit. Changes nothing. What came or changed since the last collection is no gap; the next one will bring it.",
			flags,
			settings: [
				{ title: "Everywhere", settings: settingsOf(generalSettings) },
				{ title: "GitHub", settings: settingsOf(githubSettings) },
			],
			after: "Exit codes: 0 no gap, 1 gaps or a failure, 2 usage, 75 the requests are used up.",
		}),
	async run([what, ...args], shell) {
		if (what !== "github") {
			throw new UsageError(what ? `"${what}" cannot be verified.` : "Verify what?", {
				fix: "Use: pnpm telemetry verify github [--repo owner/name] [--since 30d].",
			});
		}
		const known = [...flags, ...settingsOf(generalSettings), ...settingsOf(githubSettings)];
		const given = { flags: parseFlags(args, known).flags, environment: shell.environment };
		const since = parseSince(String(given.flags.since ?? "30d"), Date.now());
		const { terminal, interrupt: signal } = shell;
		await using db = await openDatabase(given);
		const report = reporterFor(terminal);
		const results: Verification[] = [];
		try {
			for await (const result of verifyGithub({ db, given, since, signal, report })) results.push(result);
		} catch (error) {
			if (!(error instanceof EndedEarly)) throw error;
			terminal.note(`Not finished: ${error.message}.`);
			return exitCode.unfinished;
		}
		if (results.length === 0) {
			throw new UsageError("There is no repository to verify.", {
				fix: "Name it: --repo owner/name (GITHUB_REPOSITORY).",
			});
		}
		if (given.flags.json) terminal.print(JSON.stringify(results, null, 2));
		else for (const result of results) for (const line of linesOf(result, since)) terminal.print(line);
		return results.every(isComplete) ? exitCode.ok : exitCode.failed;
	},
};

function isComplete({ runs, pulls, commits }: Verification): boolean {
	return [runs, pulls, commits].every(({ missing, stale }) => missing.length + stale.length === 0);
}

function linesOf({ repository, runs, pulls, commits, attemptsWithoutJobs }: Verification, since: string): string[] {
	return [
		`${repository} since ${since.slice(0, 10)}`,
		...partOf("attempts", runs),
		...partOf("pulls", pulls),
		...partOf("commits", commits),
		...(attemptsWithoutJobs > 0 ? [`  jobs      of ${plural(attemptsWithoutJobs, "attempt")} still to come`] : []),
	];
}

function partOf(name: string, { listed, missing, stale, later }: Comparison): string[] {
	const gaps = missing.length + stale.length;
	const verdict =
		gaps === 0 ? "no gap" : `${plural(missing.length, "row")} missing, ${plural(stale.length, "row")} stale`;
	const coming = later > 0 ? `; ${formatCount(later)} newer than the last collection` : "";
	const complaints = [...missing.map((each) => `missing: ${each}`), ...stale.map((each) => `stale: ${each}`)];
	const left = complaints.length - shown;
	return [
		`  ${name.padEnd(10)}${formatCount(listed)} at GitHub, ${verdict}${coming}`,
		...complaints.slice(0, shown).map((complaint) => `    ${complaint}`),
		...(left > 0 ? [`    and ${formatCount(left)} more; --json has all of them`] : []),
	];
}
