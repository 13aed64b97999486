import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { ApiError, errorBody } from "./api-error.ts";
import { type Operations, type Reply, replyByContract } from "./contract.ts";
import { type Export, Exports } from "./exports.ts";
import { inflict, takeFault } from "./faults.ts";
import type { PortkeyLog } from "./log.ts";
import { randomNumbers } from "./random-numbers.ts";
import { Storage } from "./storage.ts";
import { type Switches, usualSwitches } from "./switches.ts";

/** A simulated PortKey on the loopback interface: its API, and its storage on another port. */
export interface PortkeyWorld extends AsyncDisposable {
	/** The base address of the API. */
	readonly url: string;
	readonly key: string;
	/** May be added to at any time: a late log is one with an old time. */
	readonly logs: PortkeyLog[];
	readonly switches: Switches;
	readonly exports: readonly Export[];
	/** What was asked of the API and the storage, in order: `POST /v1/logs/exports`. */
	readonly requests: readonly string[];
	/** Every download's address, with its signature. */
	readonly addresses: readonly string[];
	/** What was asked against the contract. */
	readonly violations: readonly string[];
}

export interface PortkeyOptions {
	readonly logs?: readonly PortkeyLog[];
	readonly key?: string;
	readonly switches?: Partial<Switches>;
	/** Of what happens by chance. */
	readonly seed?: number;
}

export async function startPortkey(options: PortkeyOptions = {}): Promise<PortkeyWorld> {
	const { key = "portkey-test-key", seed = 1 } = options;
	const logs = [...(options.logs ?? [])];
	const switches = { ...usualSwitches(), ...options.switches };
	const exports = new Exports(logs, switches);
	const storage = new Storage(exports, switches);
	const [requests, addresses, violations]: [string[], string[], string[]] = [[], [], []];
	const random = randomNumbers(seed);
	const storageServer = await listening((request, response) => {
		requests.push(`GET ${request.url?.split("?")[0]}`);
		const fault = takeFault(switches, request.url?.split("?")[0] ?? "", random);
		if (fault) inflict(fault, response);
		else storage.answer(request, response);
	});
	const signedUrl = (id: string) => {
		if (exports.get(id).status !== "success") throw new ApiError(400, "Export is not ready");
		const address = `${originOf(storageServer)}${storage.sign(id)}`;
		addresses.push(address);
		return { signed_url: address };
	};
	const operations: Operations = {
		"post /logs/exports": (_, body) => exports.create(body),
		"get /logs/exports": () => exports.all(),
		"get /logs/exports/{exportId}": (id) => exports.show(id),
		"post /logs/exports/{exportId}/start": (id) => exports.start(id),
		"post /logs/exports/{exportId}/cancel": (id) => exports.cancel(id),
		"get /logs/exports/{exportId}/download": (id) => signedUrl(id),
	};
	const violated = (words: string) => void violations.push(words);
	const api = await listening(async (request, response) => {
		const path = request.url?.split("?")[0] ?? "/";
		requests.push(`${request.method} ${path}`);
		const fault = takeFault(switches, path, random);
		if (fault) {
			inflict(fault, response);
			return;
		}
		const { status, body } =
			refused(request, key, switches) ??
			restrictions(path, switches) ??
			(await replyByContract(await received(request, path), operations, violated));
		response.writeHead(status, {
			"content-type": "application/json",
			date: new Date(Date.now() + switches.clockAheadMs).toUTCString(),
		});
		response.end(JSON.stringify(status === 200 ? bent(body, switches) : body));
	});
	return {
		url: `${originOf(api)}/v1`,
		key,
		logs,
		switches,
		exports: exports.list,
		requests,
		addresses,
		violations,
		async [Symbol.asyncDispose]() {
			for (const server of [api, storageServer]) server.close().closeAllConnections();
		},
	};
}

function refused({ headers }: IncomingMessage, key: string, { auth, refuses }: Switches): Reply | undefined {
	const given = auth === "portkey" ? headers["x-portkey-api-key"] : headers.authorization?.replace(/^Bearer /, "");
	if (given !== key) return { status: 401, body: errorBody(401) };
	if (refuses === undefined) return undefined;
	const status = refuses === "scopes" ? 403 : 402;
	return { status, body: errorBody(status) };
}

/** Newer than the contract. */
function restrictions(path: string, { deniedFields }: Switches): Reply | undefined {
	if (path !== "/v1/logs/exports/field-restrictions") return undefined;
	return { status: 200, body: { deniedFields } };
}

async function received(request: IncomingMessage, path: string) {
	const { method = "GET", url = "/", headers } = request;
	const contentType = headers["content-type"] ?? "application/json";
	const { search } = new URL(url, "http://api");
	return { method, path, query: search, headers: { "content-type": contentType }, body: await text(request) };
}

/** What was seen to differ from the contract. */
function bent(body: unknown, { isWrapped, isUrlNamed, endsAs }: Switches): unknown {
	if (typeof body !== "object" || body === null) return body;
	const hasEnded = "status" in body && (body.status === "success" || body.status === "failed");
	const worded = hasEnded ? { ...body, status: endsAs } : body;
	const named = isUrlNamed && "signed_url" in worded ? { url: worded.signed_url } : worded;
	return isWrapped ? { success: true, data: named } : named;
}

async function listening(
	answer: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): Promise<Server> {
	const server = createServer((request, response) => {
		Promise.resolve(answer(request, response)).catch((error: unknown) => {
			response.writeHead(500, { "content-type": "text/plain" }).end(String(error));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return server;
}

function originOf(server: Server): string {
	const address = server.address() as AddressInfo;
	return `http://127.0.0.1:${address.port}`;
}
