import type { Context, Target } from "@tidemark/core";
import { GithubClient } from "./api/client.ts";
import {
	findOrigin,
	findToken,
	listRepositories,
	type Repository,
	readPattern,
	readRepository,
} from "./repositories.ts";
import type { GithubConfig } from "./settings.ts";

type Found = { readonly repository: Repository } | { readonly error: unknown };

/** What the sources of one invocation share: one client with one budget, and the repositories, looked up once. */
interface Session {
	readonly client: GithubClient;
	readonly repositories: ReadonlyMap<string, Found>;
	/** How many repositories have not had their turn, by source. */
	readonly waiting: Map<string, number>;
}

/** A repository in turn, and the client to read it with. */
export interface Turn {
	readonly client: GithubClient;
	readonly repository: Repository;
}

type SessionContext = Pick<Context<GithubConfig>, "invocation" | "config" | "report" | "signal">;

const sessions = new WeakMap<object, Map<string, Promise<Session | undefined>>>();

/** The repositories as targets; none if none is named and the git remote names none. */
export async function* repositoryTargets(source: string, context: SessionContext): AsyncIterable<Target> {
	const session = await findSession(context);
	if (!session) return;
	session.waiting.set(source, session.repositories.size);
	for (const name of session.repositories.keys()) yield { name };
}

/**
 * Begins the turn of a repository: it may use its share of the requests that are left.
 * @throws what came of looking it up, so that one that is not there fails alone
 */
export async function beginTurn(source: string, { name }: Target, context: SessionContext): Promise<Turn> {
	const session = await findSession(context);
	const found = session?.repositories.get(name);
	if (!session || !found) throw new Error(`The repository ${name} was never looked up.`);
	const waiting = session.waiting.get(source) ?? 1;
	session.waiting.set(source, waiting - 1);
	if ("error" in found) throw found.error;
	session.client.budget.beginTurn(waiting);
	return { client: session.client, repository: found.repository };
}

function findSession({ invocation, config, report, signal }: SessionContext): Promise<Session | undefined> {
	const ofInvocation = sessions.get(invocation) ?? new Map<string, Promise<Session | undefined>>();
	sessions.set(invocation, ofInvocation);
	const key = JSON.stringify(config);
	const session = ofInvocation.get(key) ?? openSession(config, report, signal);
	ofInvocation.set(key, session);
	return session;
}

async function openSession(
	config: GithubConfig,
	report: Context<GithubConfig>["report"],
	signal: AbortSignal,
): Promise<Session | undefined> {
	const token = await findToken(config);
	const origin = config.repositories.length === 0 && token ? await findOrigin(config.apiUrl) : undefined;
	const patterns = origin ? [origin] : config.repositories;
	if (patterns.length === 0) return undefined;
	const owners = patterns.map((text) => ({ text, ...readPattern(text) }));
	if (!token) report.warn("No GitHub token: GitHub allows 60 requests an hour, and shows only what is public.");
	const { apiUrl, keepFree, maxRequests } = config;
	const client = new GithubClient({ apiUrl, token, keepFree, maxRequests, report });
	const repositories = new Map<string, Found>();
	for (const { text, owner, isAll } of owners) {
		try {
			const found = isAll
				? await listRepositories(client, owner, signal)
				: [await readRepository(client, text, signal)];
			for (const repository of found) repositories.set(repository.name, { repository });
		} catch (error) {
			signal.throwIfAborted();
			repositories.set(text, { error });
		}
	}
	return { client, repositories, waiting: new Map() };
}
