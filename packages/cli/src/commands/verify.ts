import { EndedEarly, listSettings, openDatabase, parseSince } from "@tidemark/core";
import { UsageError } from "@tidemark/db";
import { type Comparison, githubSettings, type Verification, verifyGithub } from "@tidemark/sources";
import { formatCount, pluralize } from "@tidemark/text";
import { defineCommand, exitCode } from "../define-command.ts";
import { everywhere, jsonFlag, sinceFlag } from "../flags.ts";
import { createReporter } from "../terminal.ts";

/** How many complaints of each list are printed. */
const maxComplaints = 10;

/** `telemetry verify github` */
export const command = defineCommand({
	name: "verify",
	about:
		"Compares what is stored with GitHub's own lists: every run and attempt, pull request and commit. It changes nothing. What came or changed since the last collection is no gap; the next one will bring it.",
	flags: { ...sinceFlag, ...jsonFlag },
	settings: [everywhere, { title: "GitHub", settings: listSettings(githubSettings) }],
	positionals: { label: "github", max: 1 },
	after: "Exit codes: 0 no gap, 1 gaps or a failure, 2 usage, 75 the requests are used up.",
	async run({ given, positionals: [what], terminal, interrupt, show }) {
		if (what !== "github") {
			throw new UsageError(what ? `"${what}" cannot be verified.` : "Verify what?", {
				fix: "Use: pnpm telemetry verify github [--repo owner/name] [--since 30d].",
			});
		}
		const since = parseSince(String(given.flags.since ?? "30d"), Date.now());
		await using db = await openDatabase(given, terminal.note);
		const report = createReporter(terminal);
		const results: Verification[] = [];
		try {
			for await (const result of verifyGithub({ db, given, since, signal: interrupt, report })) results.push(result);
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
		show(
			results,
			results.flatMap((result) => formatVerification(result, since)),
		);
		const gaps = results.flatMap(({ runs, pulls, commits }) => [runs, pulls, commits]).flatMap(listGaps);
		return gaps.length === 0 ? exitCode.ok : exitCode.failed;
	},
});

function formatVerification(
	{ repository, runs, pulls, commits, attemptsWithoutJobs }: Verification,
	since: string,
): string[] {
	return [
		`${repository} since ${since.slice(0, 10)}`,
		...formatComparison("attempts", runs),
		...formatComparison("pulls", pulls),
		...formatComparison("commits", commits),
		...(attemptsWithoutJobs > 0 ? [`  jobs      of ${pluralize(attemptsWithoutJobs, "attempt")} still to come`] : []),
	];
}

function formatComparison(name: string, comparison: Comparison): string[] {
	const { listed, missing, stale, later } = comparison;
	const gaps = listGaps(comparison);
	const counts = `${pluralize(missing.length, "row")} missing, ${pluralize(stale.length, "row")} stale`;
	const coming = later > 0 ? `; ${formatCount(later)} newer than the last collection` : "";
	const left = gaps.length - maxComplaints;
	return [
		`  ${name.padEnd(10)}${formatCount(listed)} at GitHub, ${gaps.length === 0 ? "no gap" : counts}${coming}`,
		...gaps.slice(0, maxComplaints).map((gap) => `    ${gap}`),
		...(left > 0 ? [`    and ${formatCount(left)} more; --json has all of them`] : []),
	];
}

function listGaps({ missing, stale }: Comparison): string[] {
	return [...missing.map((each) => `missing: ${each}`), ...stale.map((each) => `stale: ${each}`)];
}
