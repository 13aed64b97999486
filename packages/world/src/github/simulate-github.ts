import type { Clock } from "../clock.ts";
import type { Faults } from "../faults.ts";
import { type RecordedRequest, type RequestListener, Simulator } from "../simulator.ts";
import { answerGraphql } from "./graphql/answer.ts";
import { answerRest } from "./http/rest.ts";
import { isFilteredList } from "./http/route.ts";
import type { TokenOptions, Tokens } from "./http/tokens.ts";
import type { RepositoryOptions, SimulatedRepository } from "./script/repository.ts";
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
	const simulator = new Simulator(options.now);
	const { clock, requests, faults, violations } = simulator;
	const { world } = await simulator.listen((url) => serveWorld(new World(options, url, clock)));
	return {
		url: world.apiUrl,
		clock,
		requests,
		tokens: world.tokens,
		faults,
		violations,
		addRepository: (fullName, repositoryOptions) => world.addRepository(fullName, repositoryOptions),
		addToken: (token, tokenOptions) => {
			world.tokens.add(token, tokenOptions);
		},
		onRequest: (listener) => simulator.onRequest(listener),
		[Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
	};
}

function serveWorld(world: World) {
	const isGraphql = ({ path, method }: RecordedRequest) => path === "/graphql" && method === "POST";
	return {
		world,
		answer: (request: RecordedRequest, isEmpty: boolean) =>
			isGraphql(request) ? answerGraphql(world, request) : answerRest(world, request, isEmpty),
		refuse: (_status: number, message: string) => ({ message: `Simulated GitHub: ${message}` }),
		headers: (request: RecordedRequest) => {
			const token = world.tokens.find(request.token);
			const budget = isGraphql(request) ? token?.graphql : token?.core;
			return { server: "github.com", ...budget?.headers(world.clock.now(), world.clock.skewMs) };
		},
		isFilteredList: ({ path, query }: RecordedRequest) => isFilteredList(path, new URLSearchParams(query)),
	};
}
