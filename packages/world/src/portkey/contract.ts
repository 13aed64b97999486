import { readFileSync } from "node:fs";
import { type Context, type Document, OpenAPIBackend } from "openapi-backend";
import type { RecordedRequest } from "../simulator.ts";
import { ApiError, formatError } from "./api-error.ts";
import type { ExportBody } from "./exports.ts";

interface Answer {
	readonly status: number;
	readonly body: unknown;
}

/** One operation: what it makes of the export's id and of a body that the contract has proved. */
type Operation = (exportId: string, body: ExportBody) => object;

/** By names such as `post /logs/exports`. */
export type Operations = Readonly<Record<string, Operation>>;

const formats = {
	"date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
	uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
	uri: /^[a-z]+:\/\/\S+$/,
} as const;

let shared: Promise<OpenAPIBackend> | undefined;

/** The vendor's contract, compiled once for this process: that takes longer than a test. */
function contract(): Promise<OpenAPIBackend> {
	if (shared) return shared;
	const definition = namedOperations();
	const names = Object.values(definition.paths ?? {}).flatMap((item) => [item?.get, item?.post, item?.put]);
	const handlers = names.flatMap((each) => (each?.operationId ? [[each.operationId, answer] as const] : []));
	shared = new OpenAPIBackend({
		definition,
		apiRoot: "/v1",
		ajvOpts: { formats, strict: false },
		handlers: {
			...Object.fromEntries(handlers),
			validationFail: ({ validation }, _, violations: string[]): Answer => {
				violations.push(JSON.stringify(validation.errors));
				return { status: 400, body: formatError(400, JSON.stringify(validation.errors)) };
			},
			notFound: (): Answer => ({ status: 404, body: formatError(404) }),
			methodNotAllowed: (): Answer => ({ status: 405, body: formatError(405) }),
		},
	}).init();
	return shared;
}

/**
 * Answers a request by one of the operations, and holds both to the vendor's contract.
 *
 * @param violations gets what the request does against the contract, beside its refusal
 * @throws Error if the answer breaks the contract: the simulation is wrong then
 */
export async function replyByContract(
	{ method, path, address, headers, body }: RecordedRequest,
	operations: Operations,
	violations: string[],
): Promise<Answer> {
	const api = await contract();
	const { search } = new URL(address, "http://api");
	const contentType = headers["content-type"] ?? "application/json";
	const request = { method, path, query: search, headers: { "content-type": contentType }, body };
	const reply: Answer = await api.handleRequest(request, operations, violations);
	const operation = api.matchOperation(request);
	if (reply.status !== 200 || !operation) return reply;
	const { errors } = api.validateResponse(reply.body, operation, 200);
	if (errors) throw new Error(`The simulation breaks the contract: ${JSON.stringify(errors)}`);
	return reply;
}

function answer({ request, operation }: Context, operations: Operations): Answer {
	const made = operations[operation.operationId ?? ""];
	if (!made) return { status: 404, body: formatError(404) };
	try {
		return { status: 200, body: made(String(request.params.exportId ?? ""), request.requestBody) };
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return { status: error.status, body: formatError(error.status, error.message) };
	}
}

/** The contract gives its operations no names. */
function namedOperations(): Document {
	const document: Document = JSON.parse(
		readFileSync(new URL("../../contracts/portkey.openapi.json", import.meta.url), "utf8"),
	);
	// It knows one header for the key, but the service takes two; keys are checked before.
	delete document.security;
	for (const [path, item] of Object.entries(document.paths ?? {})) {
		if (item?.get) item.get.operationId = `get ${path}`;
		if (item?.post) item.post.operationId = `post ${path}`;
		if (item?.put) item.put.operationId = `put ${path}`;
	}
	return document;
}
