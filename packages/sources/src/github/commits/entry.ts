import type { Rows } from "@tidemark/db";
import { z } from "zod";
import { forgiving, inRepository, instant, login, maybeInstant, renameFields, text } from "../shapes.ts";

const written = renameFields({
	title: ["message", text],
	author: ["author", forgiving(z.object({ name: text, date: maybeInstant }))],
	committedAt: ["committer", z.object({ date: instant }).transform(({ date }) => date)],
});

/** What is used of a commit as GitHub answers it; `trimCommit` leaves everything else out. */
const answeredCommit = renameFields({
	sha: ["sha", z.string().min(1)],
	author: ["author", login],
	committer: ["committer", login],
	parentCount: ["parents", forgiving(z.array(z.object({ sha: z.string() })).transform(({ length }) => length))],
	commit: ["commit", written],
	htmlUrl: ["html_url", text],
});

export const commitEntry = z.object({ repository: inRepository, commit: answeredCommit });

export function makeCommitRows({ repository, commit: { commit, ...columns } }: z.infer<typeof commitEntry>): Rows {
	const { title, committedAt, author } = commit;
	const written = { title, committedAt, authorName: author?.name ?? null, authoredAt: author?.date ?? null };
	return { commits: [{ ...repository, ...columns, ...written }] };
}

const used = /^(sha|html_url|author|committer|login|parents|commit|name|date|message|\d*)$/;

/** Without e-mail addresses, and of the message the first line: not even a dead letter holds the rest. */
export function trimCommit(answer: unknown): unknown {
	const trimmed = JSON.stringify(answer, (name, value) => {
		if (name === "message" && typeof value === "string") return value.split("\n", 1)[0];
		return used.test(name) ? value : undefined;
	});
	return JSON.parse(trimmed);
}
