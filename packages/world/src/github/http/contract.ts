import { readFileSync } from "node:fs";
import { OpenAPIValidator, ValidationContext } from "openapi-backend";
import { Violation } from "../../simulator.ts";
import { isObject, isUnchecked, type JsonObject, readObject } from "../view/json.ts";
import { correctContract } from "./contract-corrections.ts";

type Check = (value: unknown) => string | undefined;
type Ajv = ReturnType<OpenAPIValidator["getAjv"]>;

/** GitHub's own description of the operations that are simulated; holds requests and answers to it. */
class Contract {
	readonly #paths: JsonObject;
	readonly #parameters: JsonObject;
	readonly #answers: Ajv;
	readonly #requests: Ajv;
	readonly #checks = new Map<string, Check>();

	constructor() {
		const document = correctContract(
			JSON.parse(readFileSync(new URL("../../../contracts/github.openapi.json", import.meta.url), "utf8")),
		);
		this.#paths = readObject(document, "paths");
		this.#parameters = readObject(readObject(document, "components"), "parameters");
		// References are resolved by name: the validator's own way copies what they mean into every place.
		const validator = new OpenAPIValidator({
			definition: { openapi: "3.0.3", info: { title: "", version: "" }, paths: {} },
		});
		this.#answers = validator.getAjv(ValidationContext.Response, { logger: false, formats });
		this.#answers.addSchema({ paths: this.#paths, components: document.components }, "contract");
		this.#requests = validator.getAjv(ValidationContext.Params, { logger: false, formats, coerceTypes: true });
	}

	/** @throws Violation for a parameter that the operation does not know, or a value that it does not take */
	checkRequest(path: string, query: URLSearchParams): void {
		const check = this.#check(`request ${path}`, () => this.#requests.compile(this.#querySchema(path)));
		const problem = check(Object.fromEntries(query));
		if (problem) throw new Violation(`The query of ${path} ${problem}`);
	}

	/**
	 * Objects that were recorded, or bent by a script, are left out.
	 * @throws Violation for a body that is not as the operation's schema says: the simulation is wrong then
	 */
	checkAnswer(path: string, body: unknown): void {
		const schema = `paths/${escapePointer(path)}/get/responses/200/content/application~1json/schema`;
		const check = this.#check(path, () => this.#answers.compile({ $ref: `contract#/${schema}` }));
		const problem = isUnchecked(body) ? undefined : check(withoutUnchecked(body));
		if (problem) throw new Violation(`The answer of ${path} ${problem}`);
	}

	#check(key: string, compile: () => ReturnType<Ajv["compile"]>): Check {
		const known = this.#checks.get(key);
		if (known) return known;
		const validate = compile();
		const check: Check = (value) => {
			if (validate(value)) return undefined;
			const [error] = validate.errors ?? [];
			return `${error?.instancePath} ${error?.message} ${JSON.stringify(error?.params)}`.trim();
		};
		this.#checks.set(key, check);
		return check;
	}

	#querySchema(path: string): JsonObject {
		const given = readObject(readObject(this.#paths, path), "get").parameters;
		const parameters = Array.isArray(given) ? given.map((each) => this.#resolved(each)) : [];
		const properties = parameters.flatMap((each) => (each.in === "query" ? [[String(each.name), each.schema]] : []));
		return { type: "object", properties: Object.fromEntries(properties), additionalProperties: false };
	}

	#resolved(parameter: JsonObject): JsonObject {
		const name = typeof parameter.$ref === "string" ? parameter.$ref.split("/").at(-1) : undefined;
		return name === undefined ? parameter : readObject(this.#parameters, name);
	}
}

const formats = {
	"date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
	uri: /^[a-z]+:\/\/\S+$/,
	email: /^\S+@\S+$/,
	int64: true,
} as const;

let contract: Contract | undefined;

/** The one contract of this process: compiling it takes longer than a test. */
export function loadContract(): Contract {
	contract ??= new Contract();
	return contract;
}

/** A list, or an object that holds one, without its unchecked members. */
function withoutUnchecked(body: unknown): unknown {
	if (Array.isArray(body)) return body.some(isUnchecked) ? body.filter((each) => !isUnchecked(each)) : body;
	if (!isObject(body)) return body;
	return Object.fromEntries(
		Object.entries(body).map(([key, value]) => [key, Array.isArray(value) ? withoutUnchecked(value) : value]),
	);
}

function escapePointer(part: string): string {
	return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
