import { createServer, type Server } from "node:http";
import type { Clock } from "./clock.ts";
import type { Faults } from "./faults.ts";
import type { RecordedRequest, RequestListener } from "./recorded-request.ts";
import type { RepositoryOptions, SimulatedRepository } from "./repository.ts";
import { serveRequest } from "./serve-request.ts";
import type { TokenOptions, Tokens } from "./tokens.ts";
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
		void serveRequest(world, requests, incoming, response);
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

function urlOf(server: Server): string {
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("The server has no port.");
	return `http://127.0.0.1:${address.port}`;
}
