import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Clock } from "./clock.ts";
import { type Fault, Faults } from "./faults.ts";

/** A request as a simulated service received it. */
export interface RecordedRequest {
	/** From 1. */
	readonly number: number;
	readonly method: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	/** Path and query as they were sent. */
	readonly address: string;
	readonly headers: Readonly<Record<string, string>>;
	/** What the Authorization header carries; undefined without one. */
	readonly token: string | undefined;
	readonly body: string;
	/** 0 until it is answered, and for ever if it never is. */
	status: number;
	/** What GraphQL charged for it. */
	points?: number;
}

/** Called before a request is answered: what it changes in the world is seen in the answer. */
export type RequestListener = (request: RecordedRequest) => void | Promise<void>;

/** An answer before it is sent. */
export interface Reply {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string | number>>;
	readonly body: string | Buffer;
	/** Whether the length of the body is sent; true if not given. */
	readonly hasLength?: boolean;
	/** The number of bytes of the body after which the connection is lost. */
	readonly tornAt?: number;
}

/** What a service makes of the requests to one of its ports. */
export interface Service {
	/** The right answer. @param isEmpty whether a filtered list is to be empty */
	answer(request: RecordedRequest, isEmpty: boolean): Reply | Promise<Reply>;
	/** The body of a refusal in the service's own form. */
	refuse(status: number, message: string): object;
	/** The headers of every answer, right or wrong. */
	headers?(request: RecordedRequest): Readonly<Record<string, string>>;
	/** Whether a request asks for a filtered list, which the fault `empty-list` hits. */
	isFilteredList?(request: RecordedRequest): boolean;
}

/** A request that no client of ours may make, or an answer that breaks the contract; answered 500 and kept in `violations`. */
export class Violation extends Error {
	override readonly name = "Violation";
}

/** One simulated service: its ports on the loopback interface, its clock, its log of requests and its faults. */
export class Simulator implements AsyncDisposable {
	readonly clock: Clock;
	readonly faults = new Faults();
	/** In the order in which they came. */
	readonly requests: RecordedRequest[] = [];
	/** What broke the service's contract, in order. */
	readonly violations: string[] = [];
	readonly #listeners = new Set<RequestListener>();
	readonly #servers: Server[] = [];

	/** @param start the clock at the start, ISO; the machine's clock if not given */
	constructor(start?: string) {
		this.clock = new Clock(start);
	}

	/**
	 * Opens a free port.
	 * @param serve makes the service, of the address under which it is reached: `http://127.0.0.1:41234`
	 */
	async listen<Made extends Service>(serve: (url: string) => Made): Promise<Made> {
		const server = createServer();
		this.#servers.push(server);
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const address = server.address();
		if (address === null || typeof address === "string") throw new Error("The server has no port.");
		const service = serve(`http://127.0.0.1:${address.port}`);
		server.on("request", (incoming, response) => {
			void this.#serve(service, incoming, response);
		});
		return service;
	}

	/** Calls a listener before each answer; what is returned ends that. */
	onRequest(listener: RequestListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		const closed = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)));
		// Hanging requests would keep them open.
		for (const server of this.#servers) server.closeAllConnections();
		await Promise.all(closed);
	}

	/** Records a request, lets the listeners change the world, and answers it: rightly, or with the fault that hits it. */
	async #serve(service: Service, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const request = await recordRequest(incoming, this.requests);
		try {
			for (const listener of this.#listeners) await listener(request);
			const isFilteredList = service.isFilteredList?.(request) ?? false;
			const fault = this.faults.pick({ ...request, isFilteredList });
			if (fault?.kind === "hang") return;
			if (fault?.kind === "reset") incoming.socket.resetAndDestroy();
			else this.#send(service, request, await this.#replyWith(fault, service, request), response);
		} catch (error) {
			// Every other error is a mistake: of the client, of the script, or of the simulation.
			const isViolation = error instanceof Violation;
			const message = isViolation ? error.message : String(error instanceof Error ? error.stack : error);
			this.violations.push(message);
			this.#send(service, request, { status: 500, body: JSON.stringify(service.refuse(500, message)) }, response);
		}
	}

	async #replyWith(fault: Fault | undefined, service: Service, request: RecordedRequest): Promise<Reply> {
		if (fault?.kind === "html") {
			const headers = { "content-type": "text/html; charset=utf-8" };
			return { status: 200, headers, body: "<!DOCTYPE html><html><body>Unicorn!</body></html>" };
		}
		if (fault?.kind === "answer") {
			const { status, headers = {}, body = service.refuse(status, "Scripted fault") } = fault;
			return {
				status,
				headers: typeof headers === "function" ? headers(this.clock) : headers,
				body: typeof body === "string" ? body : JSON.stringify(body),
			};
		}
		const reply = await service.answer(request, fault?.kind === "empty-list");
		const half = Math.floor(reply.body.length / 2);
		if (fault?.kind === "truncate") return { ...reply, body: reply.body.slice(0, half) };
		return fault?.kind === "tear" ? { ...reply, tornAt: half } : reply;
	}

	#send(service: Service, request: RecordedRequest, reply: Reply, response: ServerResponse): void {
		const { status, headers, body, hasLength = true, tornAt } = reply;
		request.status = status;
		response.writeHead(status, {
			...(body.length > 0 && { "content-type": "application/json; charset=utf-8" }),
			...(hasLength && status !== 304 && { "content-length": Buffer.byteLength(body) }),
			date: new Date(this.clock.serverNow()).toUTCString(),
			...service.headers?.(request),
			...headers,
		});
		if (tornAt === undefined) {
			response.end(body);
			return;
		}
		response.flushHeaders();
		// Let what was written arrive before the connection is gone.
		response.write(Buffer.from(body).subarray(0, tornAt), () => setTimeout(() => response.destroy(), 20));
	}
}

async function recordRequest(incoming: IncomingMessage, requests: RecordedRequest[]): Promise<RecordedRequest> {
	const address = incoming.url ?? "/";
	const url = new URL(address, "http://127.0.0.1");
	const headers = Object.fromEntries(
		Object.entries(incoming.headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]),
	);
	let body = "";
	const request: RecordedRequest = {
		// Counted before the body is read, so that the numbers are in the order in which requests came.
		number: requests.length + 1,
		method: incoming.method ?? "GET",
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		address,
		headers,
		token: readToken(headers.authorization),
		get body() {
			return body;
		},
		status: 0,
	};
	requests.push(request);
	for await (const chunk of incoming.setEncoding("utf8")) body += chunk;
	return request;
}

/** What an Authorization header carries: `Bearer x`, `token x`, or a password of basic authentication. */
function readToken(authorization: string | undefined): string | undefined {
	const [scheme = "", value] = authorization?.split(/\s+/, 2) ?? [];
	if (value === undefined) return undefined;
	if (scheme.toLowerCase() !== "basic") return value;
	const decoded = Buffer.from(value, "base64").toString();
	return decoded.slice(decoded.indexOf(":") + 1);
}
