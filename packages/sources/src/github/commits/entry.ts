import type { Rows } from "@tidemark/db";
import { z } from "zod";
import { forgiving, inRepository, instant, isRecord, login, maybeInstant, text } from "../shapes.ts";

/** What is used of a commit as GitHub answers it; `trimCommit` leaves everything else out. */
const answeredCommit = z.object({
	sha: z.string().min(1),
	html_url: text,
	author: login,
	committer: login,
	parents: forgiving(z.array(z.object({ sha: z.string() }))),
	commit: z.object({
		message: text,
		author: forgiving(z.object({ name: text, date: maybeInstant })),
		committer: z.object({ date: instant }),
	}),
});

export const commitEntry = z.object({ repository: inRepository, commit: answeredCommit });

export type CommitEntry = z.infer<typeof commitEntry>;

export function commitRows({ repository, commit: answer }: CommitEntry): Rows {
	const { sha, html_url: htmlUrl, author, committer, parents, commit } = answer;
	return {
		commits: [
			{
				repositoryId: repository.id,
				sha,
				repository: repository.name,
				title: commit.message,
				author,
				authorName: commit.author?.name ?? null,
				authoredAt: commit.author?.date ?? null,
				committer,
				committedAt: commit.committer.date,
				parentCount: parents?.length ?? null,
				htmlUrl,
			},
		],
	};
}

/** Without e-mail addresses, and of the message the first line: not even a dead letter holds the rest. */
export function trimCommit(answer: unknown): unknown {
	if (!isRecord(answer)) return answer;
	const { sha, html_url, author, committer, parents, commit } = answer;
	const people = { author: only(author, ["login"]), committer: only(committer, ["login"]) };
	if (!isRecord(commit)) return { sha, html_url, ...people, parents, commit };
	const message = typeof commit.message === "string" ? commit.message.split("\n", 1)[0] : commit.message;
	const written = { author: only(commit.author, ["name", "date"]), committer: only(commit.committer, ["date"]) };
	const shas = Array.isArray(parents) ? parents.map((parent) => only(parent, ["sha"])) : parents;
	return { sha, html_url, ...people, parents: shas, commit: { message, ...written } };
}

function only(value: unknown, names: readonly string[]): unknown {
	if (!isRecord(value)) return value;
	return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}
