import type { Context, Target } from "@tidemark/core";
import { GithubClient } from "./api/client.ts";
import { type Found, findOrigin, findRepositories, findToken, type Repository } from "./repositories.ts";
import type { GithubConfig } from "./settings.ts";

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

const sessions = new WeakMap<object, Promise<Session | undefined>>();

/** The repositories as targets; none if none is named and the git remote names none. */
export async function* listTargets(source: string, context: SessionContext): AsyncIterable<Target> {
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

function findSession(context: SessionContext): Promise<Session | undefined> {
	const session = sessions.get(context.invocation) ?? openSession(context);
	sessions.set(context.invocation, session);
	return session;
}

async function openSession({ config, report, signal }: SessionContext): Promise<Session | undefined> {
	const token = await findToken(config);
	const origin = config.repositories.length === 0 && token ? await findOrigin(config.apiUrl) : undefined;
	const patterns = origin ? [origin] : config.repositories;
	if (patterns.length === 0) return undefined;
	if (!token) report.warn("No GitHub token: GitHub allows 60 requests an hour, and shows only what is public.");
	const client = new GithubClient({ ...config, token, report });
	return { client, repositories: await findRepositories(client, patterns, signal), waiting: new Map() };
}
