import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UsageError } from "@tidemark/db";
import { z } from "zod";
import type { GithubClient } from "./api/client.ts";
import { isGone } from "./api/failures.ts";
import type { GithubConfig } from "./settings.ts";
import { forgiving } from "./shapes.ts";

const run = promisify(execFile);

/** A repository as GitHub answers it, by its present name. */
export interface Repository {
	readonly id: number;
	/** `owner/name` */
	readonly name: string;
	readonly defaultBranch: string | null;
	readonly visibility: string | null;
	readonly archived: boolean | null;
}

const answered = z
	.object({
		id: z.number().int(),
		full_name: z.string(),
		default_branch: forgiving(z.string()),
		private: forgiving(z.boolean()),
		visibility: forgiving(z.string()),
		archived: forgiving(z.boolean()),
	})
	.transform(
		(raw): Repository => ({
			id: raw.id,
			name: raw.full_name,
			defaultBranch: raw.default_branch,
			visibility: raw.visibility ?? (raw.private === null ? null : raw.private ? "private" : "public"),
			archived: raw.archived,
		}),
	);

/** `acme/app`, `acme/*`; the parts as GitHub allows them. */
const pattern = /^([\w-]+)\/(\*|[\w.-]+)$/;

/** @throws UsageError for what is not `owner/name` */
export function readPattern(text: string): { owner: string; isAll: boolean } {
	const [, owner, name] = pattern.exec(text) ?? [];
	if (owner && name && name !== "." && name !== "..") return { owner, isAll: name === "*" };
	throw new UsageError(`"${text}" is not a repository.`, {
		fix: 'Use owner/name, or "owner/*" for all of an owner: --repo acme/app (GITHUB_REPOSITORY).',
	});
}

/** Follows a rename: the answer names the repository as it is called now. */
export async function readRepository(client: GithubClient, name: string, signal: AbortSignal): Promise<Repository> {
	const { data } = await client.get(`/repos/${name}`, {}, { signal });
	return answered.parse(data);
}

/** All repositories of an organization or a person that are not archived. */
export async function listRepositories(
	client: GithubClient,
	owner: string,
	signal: AbortSignal,
): Promise<Repository[]> {
	const read = async (path: string) => {
		const found = await client.getAll(path, {}, signal, (data) => z.array(answered).parse(data));
		return found.filter(({ archived }) => !archived);
	};
	try {
		return await read(`/orgs/${owner}/repos`);
	} catch (error) {
		if (!isGone(error)) throw error;
		return read(`/users/${owner}/repos`);
	}
}

/** `owner/name` of the git remote `origin`, if that is on this GitHub. */
export async function findOrigin(apiUrl: string): Promise<string | undefined> {
	try {
		const { stdout } = await run("git", ["remote", "get-url", "origin"], { timeout: 5000 });
		const [, host, path] =
			/^(?:\w+:\/\/)?(?:[^@/]+@)?([^/:]+)(?::\d+)?[/:](.+?)(?:\.git)?\/?$/.exec(stdout.trim()) ?? [];
		return host === findWebHost(apiUrl) && path && pattern.test(path) ? path : undefined;
	} catch {
		return undefined;
	}
}

/** GITHUB_TOKEN, else GITHUB_PERSONAL_TOKEN, else that of the GitHub CLI if it is there and logged in. */
export async function findToken({ token, personalToken, apiUrl }: GithubConfig): Promise<string | undefined> {
	if (token ?? personalToken) return token ?? personalToken;
	try {
		const { stdout } = await run("gh", ["auth", "token", "--hostname", findWebHost(apiUrl)], { timeout: 5000 });
		return stdout.trim() || undefined;
	} catch {
		return undefined;
	}
}

/** The host that people see, `github.com` for `api.github.com`. */
function findWebHost(apiUrl: string): string {
	return new URL(apiUrl).host.replace(/^api\./, "");
}
