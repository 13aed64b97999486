import type { Faults } from "../faults.ts";
import { type RecordedRequest, type Reply, type RequestListener, Simulator } from "../simulator.ts";
import type { SpendLog } from "./spend-log.ts";
import { type Answer, answerSpendLogs, answerSpendLogsV2, formatFailure } from "./spend-logs.ts";

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
	/** In the order in which they came. */
	readonly requests: readonly RecordedRequest[];
	readonly faults: Faults;
	/** Calls a listener before each answer, to add rows while somebody reads; what is returned ends that. */
	onRequest(listener: RequestListener): () => void;
}

/** Starts a proxy on a free port of the loopback interface. */
export async function startLitellmProxy(options: LitellmProxyOptions = {}): Promise<LitellmProxy> {
	const rows = [...(options.rows ?? [])];
	const simulator = new Simulator();
	const { url } = await simulator.listen((url) => ({
		url,
		answer: (request: RecordedRequest): Reply => {
			const answer = answerRequest(request, { ...options, rows });
			return { ...answer, body: JSON.stringify(answer.body) };
		},
		refuse: (status: number, message: string) => formatFailure(status, message).body,
	}));
	return {
		url,
		rows,
		requests: simulator.requests,
		faults: simulator.faults,
		onRequest: (listener) => simulator.onRequest(listener),
		[Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
	};
}

function answerRequest(
	{ method, path, query, headers }: RecordedRequest,
	{ key, rows, hasV2 = true, maxPageSize = 1000 }: LitellmProxyOptions & { readonly rows: readonly SpendLog[] },
): Answer {
	if (method !== "GET") return { status: 405, body: { detail: "Method Not Allowed" } };
	if (key !== undefined && headers.authorization !== `Bearer ${key}`) {
		return formatFailure(401, "Authentication Error, Invalid proxy server token passed.", "token_not_found_in_db");
	}
	const parameters = new URLSearchParams(query);
	if (path === "/spend/logs/v2" && hasV2) return answerSpendLogsV2(rows, parameters, maxPageSize);
	if (path === "/spend/logs") return answerSpendLogs(rows, parameters);
	return { status: 404, body: { detail: "Not Found" } };
}
