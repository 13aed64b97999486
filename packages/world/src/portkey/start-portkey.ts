import type { Clock } from "../clock.ts";
import type { Faults } from "../faults.ts";
import { type RecordedRequest, type Reply, Simulator } from "../simulator.ts";
import { ApiError, formatError } from "./api-error.ts";
import { type Operations, replyByContract } from "./contract.ts";
import { type Export, Exports } from "./exports.ts";
import type { PortkeyLog } from "./log.ts";
import { Storage } from "./storage.ts";
import { defaultSwitches, type Switches } from "./switches.ts";

/** A simulated PortKey on the loopback interface: its API, and its storage on another port. */
export interface PortkeyWorld extends AsyncDisposable {
	/** The base address of the API. */
	readonly url: string;
	readonly key: string;
	readonly clock: Clock;
	/** More may be added at any time: a late log is one with an old time. */
	readonly logs: PortkeyLog[];
	readonly switches: Switches;
	/** They hit requests to the API and to the storage. */
	readonly faults: Faults;
	readonly exports: readonly Export[];
	/** The requests to the API and the storage, in order. */
	readonly requests: readonly RecordedRequest[];
	/** The address of every download, with its signature. */
	readonly addresses: readonly string[];
	/** Requests and answers that broke the contract. */
	readonly violations: readonly string[];
}

export interface PortkeyOptions {
	readonly logs?: readonly PortkeyLog[];
	readonly key?: string;
	readonly switches?: Partial<Switches>;
}

export async function startPortkey(options: PortkeyOptions = {}): Promise<PortkeyWorld> {
	const { key = "portkey-test-key" } = options;
	const logs = [...(options.logs ?? [])];
	const switches = { ...defaultSwitches(), ...options.switches };
	const simulator = new Simulator();
	const { clock, faults, requests, violations } = simulator;
	const exports = new Exports(logs, switches, clock);
	const storage = await simulator.listen((url) => new Storage(url, exports, switches));
	const addresses: string[] = [];
	const operations: Operations = {
		"post /logs/exports": (_, body) => exports.create(body),
		"get /logs/exports": () => exports.all(),
		"get /logs/exports/{exportId}": (id) => exports.show(id),
		"post /logs/exports/{exportId}/start": (id) => exports.start(id),
		"post /logs/exports/{exportId}/cancel": (id) => exports.cancel(id),
		"get /logs/exports/{exportId}/download": (id) => {
			if (exports.get(id).status !== "success") throw new ApiError(400, "Export is not ready");
			const address = storage.sign(id);
			addresses.push(address);
			return { signed_url: address };
		},
	};
	const api = await simulator.listen((url) => ({
		url,
		async answer(request: RecordedRequest): Promise<Reply> {
			const { status, body } =
				refuseKey(request, key, switches) ??
				restrictions(request.path, switches) ??
				(await replyByContract(request, operations, violations));
			return { status, body: JSON.stringify(status === 200 ? bend(body, switches) : body) };
		},
		refuse: (status: number) => formatError(status),
	}));
	return {
		url: `${api.url}/v1`,
		key,
		clock,
		logs,
		switches,
		faults,
		exports: exports.list,
		requests,
		addresses,
		violations,
		[Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
	};
}

interface Answer {
	readonly status: number;
	readonly body: unknown;
}

function refuseKey({ headers }: RecordedRequest, key: string, { auth, refuses }: Switches): Answer | undefined {
	const given = auth === "portkey" ? headers["x-portkey-api-key"] : headers.authorization?.replace(/^Bearer /, "");
	if (given !== key) return { status: 401, body: formatError(401) };
	if (refuses === undefined) return undefined;
	const status = refuses === "scopes" ? 403 : 402;
	return { status, body: formatError(status) };
}

/** Newer than the contract. */
function restrictions(path: string, { deniedFields }: Switches): Answer | undefined {
	if (path !== "/v1/logs/exports/field-restrictions") return undefined;
	return { status: 200, body: { deniedFields } };
}

/** Differences from the contract that were seen. */
function bend(body: unknown, { isWrapped, isUrlNamed, endsAs }: Switches): unknown {
	if (typeof body !== "object" || body === null) return body;
	const hasEnded = "status" in body && (body.status === "success" || body.status === "failed");
	const worded = hasEnded ? { ...body, status: endsAs } : body;
	const named = isUrlNamed && "signed_url" in worded ? { url: worded.signed_url } : worded;
	return isWrapped ? { success: true, data: named } : named;
}
