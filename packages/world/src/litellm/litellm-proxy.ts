import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { answerWith, type Fault } from "./fault.ts";
import type { SpendLog } from "./spend-log.ts";
import { type Answer, failure, spendLogs, spendLogsV2 } from "./spend-logs.ts";

export interface LitellmProxyOptions {
	/** The key it wants; none if not given. */
	readonly key?: string;
	/** Its spend logs; more may be added while it runs. */
	readonly rows?: readonly SpendLog[];
	/** An old proxy answers 404 to /spend/logs/v2, or takes pages of a hundred only. */
	readonly hasV2?: boolean;
	readonly maxPageSize?: number;
}

/** A running proxy. */
export interface LitellmProxy extends AsyncDisposable {
	/** `http://127.0.0.1:41234` */
	readonly url: string;
	readonly rows: SpendLog[];
	/** What was asked for so far: path and query. */
	readonly requests: string[];
	/** Lets the next requests go wrong, one after the other; undefined lets one go well. */
	fail(...faults: readonly (Fault | undefined)[]): void;
	/** Called before each answer, with the number of the request: to add rows while somebody reads. */
	onRequest: (number: number) => void;
}

/** Starts a proxy on a free port of the loopback interface. */
export async function startLitellmProxy(options: LitellmProxyOptions = {}): Promise<LitellmProxy> {
	const faults: (Fault | undefined)[] = [];
	const rows = [...(options.rows ?? [])];
	const requests: string[] = [];
	const server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
		requests.push(`${pathname}?${searchParams}`);
		proxy.onRequest(requests.length);
		const answer = answerTo(request, pathname, searchParams, { ...options, rows });
		const fault = faults.shift();
		if (fault) answerWith(fault, response, JSON.stringify(answer.body));
		else send(answer, response);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	const port = typeof address === "object" && address !== null ? address.port : 0;
	const proxy: LitellmProxy = {
		url: `http://127.0.0.1:${port}`,
		rows,
		requests,
		fail: (...more) => void faults.push(...more),
		onRequest: () => undefined,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return proxy;
}

function answerTo(
	{ method, headers }: IncomingMessage,
	path: string,
	query: URLSearchParams,
	{ key, rows, hasV2 = true, maxPageSize = 1000 }: LitellmProxyOptions & { readonly rows: readonly SpendLog[] },
): Answer {
	if (method !== "GET") return { status: 405, body: { detail: "Method Not Allowed" } };
	if (key !== undefined && headers.authorization !== `Bearer ${key}`) {
		return failure(401, "Authentication Error, Invalid proxy server token passed.", "token_not_found_in_db");
	}
	if (path === "/spend/logs/v2" && hasV2) return spendLogsV2(rows, query, maxPageSize);
	if (path === "/spend/logs") return spendLogs(rows, query);
	return { status: 404, body: { detail: "Not Found" } };
}

function send({ status, headers = {}, body }: Answer, response: ServerResponse): void {
	response.writeHead(status, { "content-type": "application/json", ...headers });
	response.end(JSON.stringify(body));
}
