import { type Context, type HttpAnswer, readAnswerTimeMs, requestText, Unavailable, type Wait } from "@tidemark/core";
import { TelemetryError } from "@tidemark/db";
import { createRedactor } from "@tidemark/text";
import { z } from "zod";
import { toObject } from "../json/json-object.ts";
import type { PortkeyConfig } from "./settings.ts";

/** How logs are fetched; tests have neither the time nor 50,000 logs. */
export interface Manner {
	readonly wait: Wait;
	/** How many logs one export holds at most. */
	readonly exportLimit: number;
	/** How many logs are stored together. */
	readonly pageSize: number;
}

/** The logs of a span, ISO 8601; `to` itself is not in it. */
export interface LogWindow {
	readonly from: string;
	readonly to: string;
}

export interface Draft {
	readonly id: string;
	readonly total: number;
	/** PortKey's own clock, in milliseconds since 1970. */
	readonly answeredAtMs: number | undefined;
}

/** Without these a log is none. */
const neededFields = ["id", "created_at"];

const figureFields = [
	"trace_id",
	"is_success",
	"ai_org",
	"ai_model",
	"req_units",
	"res_units",
	"total_units",
	"request_url",
	"cost",
	"cost_currency",
	"response_time",
	"response_status_code",
	"mode",
	"config",
	"prompt_slug",
	"metadata",
];

/** Whole bodies, with everything that was said. They also have cached tokens and errors. */
const textFields = ["request", "response"];

const draft = z.object({ id: z.string(), total: z.coerce.number() });
const item = z.object({ status: z.string() });
const restrictions = z.object({ deniedFields: z.array(z.string()) });
const download = z.object({ signed_url: z.url() }).or(z.object({ url: z.url() }));

/** PortKey's endpoints for exports. */
export class PortkeyClient {
	readonly context: Context<PortkeyConfig>;
	readonly manner: Manner;
	readonly #key: string;
	/** A service that repeats the key in its refusal must not carry it into a message. */
	readonly #redact: (text: string) => string;
	#isBearer: boolean;
	/** Texts are asked for only if they are wanted, and nothing that the workspace does not give away. */
	#fields: readonly string[];

	constructor(context: Context<PortkeyConfig>, key: string, manner: Manner) {
		const { auth, baseUrl, storePrompts } = context.config;
		this.context = context;
		this.manner = manner;
		this.#key = key;
		this.#redact = createRedactor([key]).redact;
		this.#isBearer = auth === "bearer" || (auth === "auto" && new URL(baseUrl).hostname.startsWith("aigw."));
		this.#fields = [...neededFields, ...figureFields, ...(storePrompts ? textFields : [])];
	}

	/**
	 * Counts the logs of a window and drafts the export of one page of them, which is not started yet.
	 * @throws Refusal if PortKey refuses it for another reason than its fields
	 */
	async draft(window: LogWindow, page: number): Promise<Draft> {
		try {
			return await this.#create(window, page);
		} catch (error) {
			if (!(error instanceof Refusal) || error.status === 401) throw error;
			const denied = await this.#findDeniedFields();
			if (denied.length === 0) throw error;
			this.#fields = this.#fields.filter((field) => !denied.includes(field));
			const names = denied.join(", ");
			this.context.report.warn(`PortKey's workspace does not give away ${names}: the logs are read without.`);
			return await this.#create(window, page);
		}
	}

	async #create({ from, to }: LogWindow, page: number): Promise<Draft> {
		const { workspace } = this.context.config;
		const limit = this.manner.exportLimit;
		const answer = await this.#ask("an export", "POST", "/logs/exports", {
			filters: { time_of_generation_min: from, time_of_generation_max: to, page_size: limit, current_page: page },
			requested_data: this.#fields,
			// The specification calls it optional; the service refuses a draft without it.
			description: "Automated ingestion export",
			...(workspace !== undefined && { workspace_id: workspace }),
		}).catch((error: unknown) => {
			if (!(error instanceof Unavailable) || error.status !== 500) throw error;
			const text = readRefusal(this.#redact(error.text));
			throw new TelemetryError(`PortKey cannot make an export: 500, ${text}.`, {
				why: "It also answers so where it does not know the workspace.",
				fix: "Check PORTKEY_WORKSPACE (its slug, ws-…), or try again later.",
				cause: error,
			});
		});
		return { ...parseAnswer(draft, answer), answeredAtMs: readAnswerTimeMs(answer.headers) };
	}

	/** Fields asked for that the workspace denies; never those without which there is nothing to store. */
	async #findDeniedFields(): Promise<readonly string[]> {
		const { workspace } = this.context.config;
		const query = workspace === undefined ? "" : `?${new URLSearchParams({ workspace_id: workspace })}`;
		const answer = await this.#send("GET", `/logs/exports/field-restrictions${query}`);
		const denied = answer.status === 200 ? parseAnswer(restrictions, answer).deniedFields : [];
		return this.#fields.filter((field) => denied.includes(field) && !neededFields.includes(field));
	}

	async start(id: string): Promise<void> {
		await this.#ask("to start an export", "POST", `/logs/exports/${encodeURIComponent(id)}/start`);
	}

	/** In small letters. */
	async readStatus(id: string): Promise<string> {
		const answer = await this.#ask("to show an export", "GET", `/logs/exports/${encodeURIComponent(id)}`);
		return parseAnswer(item, answer).status.toLowerCase();
	}

	/** Asks PortKey to give up; whether it does plays no part. */
	async cancel(id: string): Promise<void> {
		await this.#send("POST", `/logs/exports/${encodeURIComponent(id)}/cancel`);
	}

	/** A secret: whoever has it can read the logs. */
	async requestUrl(id: string): Promise<string> {
		const answer = await this.#ask("to hand over an export", "GET", `/logs/exports/${encodeURIComponent(id)}/download`);
		const found = parseAnswer(download, answer);
		return "url" in found ? found.url : found.signed_url;
	}

	/** @throws Refusal that names what was asked, for any status but 200 */
	async #ask(what: string, method: "GET" | "POST", path: string, body?: object): Promise<HttpAnswer> {
		const answer = await this.#send(method, path, body);
		if (answer.status !== 200) throw new Refusal(what, answer);
		return answer;
	}

	async #send(method: "GET" | "POST", path: string, body?: object): Promise<HttpAnswer> {
		const answer = await this.#try(method, path, body);
		if (answer.status !== 401) return answer;
		if (this.context.config.auth === "auto") {
			this.#isBearer = !this.#isBearer;
			const other = await this.#try(method, path, body);
			if (other.status !== 401) return other;
		}
		throw new Refusal("the key", answer);
	}

	async #try(method: "GET" | "POST", path: string, body: object | undefined): Promise<HttpAnswer> {
		const { config, signal } = this.context;
		const answer = await requestText(`${config.baseUrl.replace(/\/+$/, "")}${path}`, {
			label: "PortKey",
			method,
			signal,
			wait: this.manner.wait,
			headers: {
				...(this.#isBearer ? { authorization: `Bearer ${this.#key}` } : { "x-portkey-api-key": this.#key }),
				"content-type": "application/json",
			},
			...(body && { body: JSON.stringify(body) }),
		});
		return answer.status === 200 ? answer : { ...answer, text: this.#redact(answer.text) };
	}
}

/** Some answers are wrapped in `data`, some are not. */
function parseAnswer<Shape>(shape: z.ZodType<Shape>, { text }: HttpAnswer): Shape {
	const answer = toObject(text);
	const { data, error } = shape.safeParse(toObject(answer?.data) ?? answer);
	if (error) {
		throw new TelemetryError("PortKey's answer is not what its API promises.", {
			fix: "Check PORTKEY_BASE_URL; it ends with /v1.",
			cause: error,
		});
	}
	return data;
}

/** What PortKey says of a request that it refused: `{"success": false, "data": {"message", "errorCode"}}`. */
function readRefusal(text: string): string {
	const answer = toObject(text);
	const { message, errorCode } = { ...answer, ...toObject(answer?.data) };
	const parts = [message, errorCode].filter((part) => typeof part === "string");
	return parts.map((part) => part.slice(0, 300).replace(/\.$/, "")).join(", ");
}

/** What to do about a status that no further try would change. Codes: https://portkey.ai/docs/api-reference/admin-api/error */
const fixes: ReadonlyMap<number, string> = new Map([
	[400, "Check PORTKEY_WORKSPACE (its slug, ws-…) and PORTKEY_BASE_URL."],
	[401, "Check PORTKEY_API_KEY, and with newer tenants PORTKEY_BASE_URL and PORTKEY_AUTH."],
	[
		402,
		"Log exports belong to PortKey's Enterprise plan. An export made by hand: pnpm telemetry ingest portkey <file>.",
	],
	[403, "Give the key the scopes logs.export, logs.list and logs.view; a user's key sees only its own exports."],
	[404, "Check PORTKEY_BASE_URL; it ends with /v1."],
]);

/** Says what was asked, what PortKey answered, and what to do. */
export class Refusal extends TelemetryError {
	override readonly name = "Refusal";
	readonly status: number;

	constructor(what: string, { status, text }: Pick<HttpAnswer, "status" | "text">) {
		const said = readRefusal(text);
		super(`PortKey refuses ${what}: ${status}${said && `, ${said}`}.`, {
			fix: fixes.get(status) ?? "Check PORTKEY_BASE_URL.",
		});
		this.status = status;
	}

	/** Another key, scope or plan would do; what was asked for may be right. */
	get isOfTheKey(): boolean {
		return this.status === 401 || this.status === 402 || this.status === 403;
	}
}
