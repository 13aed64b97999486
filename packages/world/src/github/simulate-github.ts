import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answerRequest } from "./answer-request.ts";
import type { Clock } from "./clock.ts";
import type { Fault, Faults } from "./faults.ts";
import type { RecordedRequest, RequestListener } from "./recorded-request.ts";
import type { RepositoryOptions, SimulatedRepository } from "./repository.ts";
import { type Reply, violation } from "./rest.ts";
import { isFilteredList } from "./route.ts";
import { type TokenOptions, type Tokens, tokenOf } from "./tokens.ts";
import { type GithubOptions, World } from "./world.ts";

/** A GitHub of its own, with what was put into it. It ends with `await using`. */
export interface SimulatedGithub extends AsyncDisposable {
	/** What GITHUB_API_URL would be. */
	readonly url: string;
	readonly clock: Clock;
	/** In the order in which they came. */
	readonly requests: readonly RecordedRequest[];
	readonly tokens: Tokens;
	readonly faults: Faults;
	/** What broke the contract; each was answered with 500. */
	readonly violations: readonly string[];
	addRepository(fullName: string, options?: RepositoryOptions): SimulatedRepository;
	/** Adds a token, or gives one that is there other options and fresh limits. `test-token` is there from the beginning. */
	addToken(token: string, options?: TokenOptions): void;
	/** Calls a listener before each answer; what is returned ends that. */
	onRequest(listener: RequestListener): () => void;
}

/** Starts a simulated GitHub on a free port of the loopback interface. */
export async function simulateGithub(options: GithubOptions): Promise<SimulatedGithub> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const world = new World(options, urlOf(server));
	const requests: RecordedRequest[] = [];
	server.on("request", (incoming, response) => {
		serve(world, requests, incoming, response).catch((error: unknown) => {
			send(response, violation(world, error), world);
		});
	});
	return {
		url: world.apiUrl,
		clock: world.clock,
		requests,
		tokens: world.tokens,
		faults: world.faults,
		violations: world.violations,
		addRepository: (fullName, repositoryOptions) => world.addRepository(fullName, repositoryOptions),
		addToken: (token, tokenOptions) => {
			world.tokens.add(token, tokenOptions);
		},
		onRequest(listener) {
			world.listeners.add(listener);
			return () => world.listeners.delete(listener);
		},
		async [Symbol.asyncDispose]() {
			const closed = new Promise((resolve) => server.close(resolve));
			// Hanging requests would keep it open.
			server.closeAllConnections();
			await closed;
		},
	};
}

async function serve(
	world: World,
	requests: RecordedRequest[],
	incoming: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const request = await record(incoming, requests.length + 1, requests);
	for (const listener of world.listeners) await listener(request);
	const isFiltered = isFilteredList(request.path, new URLSearchParams(request.query));
	const fault = world.faults.pick({ number: request.number, address: incoming.url ?? "", isFiltered });
	if (fault?.kind === "hang") return;
	if (fault?.kind === "reset") {
		incoming.socket.resetAndDestroy();
		return;
	}
	const reply = faulty(world, fault) ?? (await answerRequest(world, request, fault?.kind === "empty-list"));
	request.status = reply.status;
	send(
		response,
		fault?.kind === "truncate" ? { ...reply, body: reply.body.slice(0, reply.body.length / 2) } : reply,
		world,
	);
}

async function record(
	incoming: IncomingMessage,
	number: number,
	requests: RecordedRequest[],
): Promise<RecordedRequest> {
	const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
	const headers = Object.fromEntries(
		Object.entries(incoming.headers).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.join(", ") : (value ?? ""),
		]),
	);
	let body = "";
	const request: RecordedRequest = {
		number,
		method: incoming.method ?? "GET",
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		token: tokenOf(headers.authorization),
		headers,
		get body() {
			return body;
		},
		status: 0,
	};
	// Before the body is read, so that numbers are in the order in which requests came.
	requests.push(request);
	for await (const chunk of incoming.setEncoding("utf8")) body += chunk;
	return request;
}

function faulty(world: World, fault: Fault | undefined): Reply | undefined {
	if (fault?.kind === "html") {
		const headers = { "content-type": "text/html; charset=utf-8" };
		return { status: 200, headers, body: "<!DOCTYPE html><html><body>Unicorn!</body></html>" };
	}
	if (fault?.kind !== "answer") return undefined;
	const { status, headers = {}, body = { message: "Simulated fault" } } = fault;
	return {
		status,
		headers: typeof headers === "function" ? headers(world.clock) : headers,
		body: typeof body === "string" ? body : JSON.stringify(body),
	};
}

function send(response: ServerResponse, { status, headers, body }: Reply, { clock }: World): void {
	const type = { "content-type": "application/json; charset=utf-8" };
	const date = { date: new Date(clock.serverNow()).toUTCString() };
	response.writeHead(status, { server: "github.com", ...(body !== "" && type), ...date, ...headers });
	response.end(body);
}

function urlOf(server: Server): string {
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("The server has no port.");
	return `http://127.0.0.1:${address.port}`;
}
