import { readFileSync } from "node:fs";
import { type Context, type Document, OpenAPIBackend, type Request } from "openapi-backend";
import { ApiError, errorBody } from "./api-error.ts";
import type { ExportBody } from "./exports.ts";

/** What the service answers. */
export interface Reply {
	readonly status: number;
	readonly body: unknown;
}

/** One operation: what it makes of the export's id and of a body that the contract has proved. */
export type Operation = (exportId: string, body: ExportBody) => object;

type Operations = Readonly<Record<string, Operation>>;

const formats = {
	"date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
	uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
	uri: /^[a-z]+:\/\/\S+$/,
} as const;

/**
 * Answers requests by operations that are named `post /logs/exports`, and holds both to the vendor's contract. Where an
 * answer breaks it the simulation is wrong, and that is thrown.
 */
export class Contract {
	readonly #api: OpenAPIBackend;
	readonly #violated: (words: string) => void;

	/** @param violated told what a request does against the contract, beside its refusal */
	constructor(operations: Operations, violated: (words: string) => void) {
		this.#violated = violated;
		this.#api = new OpenAPIBackend({
			definition: namedOperations(),
			apiRoot: "/v1",
			quick: true,
			ajvOpts: { formats, strict: false },
			handlers: {
				...mapValues(operations, (operation) => ({ request }: Context) => {
					return answered(() => operation(String(request.params.exportId ?? ""), request.requestBody));
				}),
				validationFail: (c): Reply => {
					this.#violated(JSON.stringify(c.validation.errors));
					return { status: 400, body: errorBody(400, JSON.stringify(c.validation.errors)) };
				},
				notFound: (): Reply => ({ status: 404, body: errorBody(404) }),
				methodNotAllowed: (): Reply => ({ status: 405, body: errorBody(405) }),
			},
		});
	}

	async answer(request: Request): Promise<Reply> {
		await this.#api.init();
		const reply: Reply = await this.#api.handleRequest(request);
		const operation = this.#api.matchOperation(request);
		if (reply.status !== 200 || !operation) return reply;
		const { errors } = this.#api.validateResponse(reply.body, operation, 200);
		if (errors) throw new Error(`The simulation breaks the contract: ${JSON.stringify(errors)}`);
		return reply;
	}
}

function answered(work: () => object): Reply {
	try {
		return { status: 200, body: work() };
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return { status: error.status, body: errorBody(error.status, error.message) };
	}
}

function mapValues<From, To>(values: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
	return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}

/** The contract gives its operations no names. */
function namedOperations(): Document {
	const document: Document = JSON.parse(
		readFileSync(new URL("../../contracts/portkey.openapi.json", import.meta.url), "utf8"),
	);
	// It knows one header for the key, where the service takes two; keys are looked at before.
	delete document.security;
	for (const [path, item] of Object.entries(document.paths ?? {})) {
		if (item?.get) item.get.operationId = `get ${path}`;
		if (item?.post) item.post.operationId = `post ${path}`;
		if (item?.put) item.put.operationId = `put ${path}`;
	}
	return document;
}
