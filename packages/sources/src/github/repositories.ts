import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UsageError } from "@tidemark/db";
import { z } from "zod";
import type { GithubClient } from "./api/client.ts";
import { isGone } from "./api/failures.ts";
import type { GithubConfig } from "./settings.ts";
import { forgiving, renameFields } from "./shapes.ts";

const answered = renameFields({
	id: ["id", z.number().int()],
	/** `owner/name`, as it is called now. */
	name: ["full_name", z.string()],
	defaultBranch: ["default_branch", forgiving(z.string())],
	isPrivate: ["private", forgiving(z.boolean())],
	visibility: ["visibility", forgiving(z.string())],
	archived: ["archived", forgiving(z.boolean())],
}).transform(({ isPrivate, visibility, ...repository }) => ({
	...repository,
	visibility: visibility ?? (isPrivate === null ? null : isPrivate ? "private" : "public"),
}));

export type Repository = z.infer<typeof answered>;

/** `acme/app`, `acme/*`; the parts as GitHub allows them. */
const pattern = /^([\w-]+)\/(\*|[\w.-]+)$/;

/** A repository, or what came of looking it up. */
export type Found = { readonly repository: Repository } | { readonly error: unknown };

/**
 * Looks repositories up; one that is not there fails alone.
 * @param patterns `acme/app`, or `acme/*` for all of an organization or a person that are not archived
 * @returns by their present names, those not found by the given one
 * @throws UsageError for a pattern that is none
 */
export async function findRepositories(
	client: GithubClient,
	patterns: readonly string[],
	signal: AbortSignal,
): Promise<Map<string, Found>> {
	const found = new Map<string, Found>();
	for (const [text, owner, isAll] of patterns.map(readPattern)) {
		try {
			const listed = isAll
				? await listRepositories(client, owner, signal)
				: [answered.parse((await client.get(`/repos/${text}`, {}, { signal })).data)];
			for (const repository of listed) found.set(repository.name, { repository });
		} catch (error) {
			signal.throwIfAborted();
			found.set(text, { error });
		}
	}
	return found;
}

function readPattern(text: string): [text: string, owner: string, isAll: boolean] {
	const [, owner, name] = pattern.exec(text) ?? [];
	if (owner && name && name !== "." && name !== "..") return [text, owner, name === "*"];
	throw new UsageError(`"${text}" is not a repository.`, {
		fix: 'Use owner/name, or "owner/*" for all of an owner: --repo acme/app (GITHUB_REPOSITORY).',
	});
}

async function listRepositories(client: GithubClient, owner: string, signal: AbortSignal): Promise<Repository[]> {
	const read = (path: string) => client.getAll(path, {}, signal, (data) => z.array(answered).parse(data));
	const found = await read(`/orgs/${owner}/repos`).catch((error: unknown) => {
		if (!isGone(error)) throw error;
		return read(`/users/${owner}/repos`);
	});
	return found.filter(({ archived }) => !archived);
}

/** `owner/name` of the git remote `origin`, if that is on this GitHub. */
export async function findOrigin(apiUrl: string): Promise<string | undefined> {
	const origin = await runProgram("git", "remote", "get-url", "origin");
	const [, host, path] = /^(?:\w+:\/\/)?(?:[^@/]+@)?([^/:]+)(?::\d+)?[/:](.+?)(?:\.git)?\/?$/.exec(origin ?? "") ?? [];
	return host === findWebHost(apiUrl) && path && pattern.test(path) ? path : undefined;
}

/** GITHUB_TOKEN, else GITHUB_PERSONAL_TOKEN, else that of the GitHub CLI if it is there and logged in. */
export async function findToken({ token, personalToken, apiUrl }: GithubConfig): Promise<string | undefined> {
	return token ?? personalToken ?? runProgram("gh", "auth", "token", "--hostname", findWebHost(apiUrl));
}

/** What a program prints; undefined if it is not there, fails or prints nothing. */
async function runProgram(file: string, ...args: readonly string[]): Promise<string | undefined> {
	try {
		const { stdout } = await promisify(execFile)(file, args, { timeout: 5000 });
		return stdout.trim() || undefined;
	} catch {
		return undefined;
	}
}

/** The host that people see, `github.com` for `api.github.com`. */
function findWebHost(apiUrl: string): string {
	return new URL(apiUrl).host.replace(/^api\./, "");
}
