import { type HttpAnswer, readAnswerTimeMs, requestText, Unavailable, type Wait } from "@tidemark/core";
import { TelemetryError } from "@tidemark/db";
import { createRedactor } from "@tidemark/text";
import { z } from "zod";
import { toObject } from "../json/json-object.ts";
import type { PortkeyConfig } from "./settings.ts";

/** Which logs, and which fields of them. */
export interface ExportRequest {
	/** ISO 8601; `to` itself is not in it. */
	readonly from: string;
	readonly to: string;
	/** How many logs at most, and how many times as many to pass over. */
	readonly limit: number;
	readonly page: number;
	readonly fields: readonly string[];
}

export interface Draft {
	readonly id: string;
	readonly total: number;
	/** PortKey's own clock, in milliseconds since 1970. */
	readonly answeredAtMs: number | undefined;
}

interface ClientOptions {
	readonly config: Pick<PortkeyConfig, "baseUrl" | "auth" | "workspace">;
	readonly key: string;
	readonly signal: AbortSignal;
	readonly wait: Wait;
}

const draft = z.object({ id: z.string(), total: z.coerce.number() });
const item = z.object({ status: z.string() });
const restrictions = z.object({ deniedFields: z.array(z.string()) });
const download = z.union([z.object({ signed_url: z.url() }), z.object({ url: z.url() })]);

/** PortKey's endpoints for exports. */
export class PortkeyClient {
	readonly #options: ClientOptions;
	/** A service that repeats the key in its refusal must not carry it into a message. */
	readonly #redact: (text: string) => string;
	#isBearer: boolean;

	constructor(options: ClientOptions) {
		const { auth, baseUrl } = options.config;
		this.#options = options;
		this.#redact = createRedactor([options.key]).redact;
		this.#isBearer = auth === "bearer" || (auth === "auto" && new URL(baseUrl).hostname.startsWith("aigw."));
	}

	/** Counts the logs of a window and drafts their export, which is not started yet. */
	async create({ from, to, limit, page, fields }: ExportRequest): Promise<Draft> {
		const { workspace } = this.#options.config;
		const answer = await this.#send("POST", "/logs/exports", {
			filters: { time_of_generation_min: from, time_of_generation_max: to, page_size: limit, current_page: page },
			requested_data: fields,
			// The specification calls it optional; the service refuses a draft without it.
			description: "Automated ingestion export",
			...(workspace !== undefined && { workspace_id: workspace }),
		}).catch((error: unknown) => {
			throw error instanceof Unavailable && error.status === 500
				? wrongWorkspace(error, this.#redact(error.text))
				: error;
		});
		if (answer.status !== 200) throw new Refusal("an export", answer);
		return { ...parsed(draft, answer), answeredAtMs: readAnswerTimeMs(answer.headers) };
	}

	async start(id: string): Promise<void> {
		const answer = await this.#send("POST", `/logs/exports/${encodeURIComponent(id)}/start`);
		if (answer.status !== 200) throw new Refusal("to start an export", answer);
	}

	/** In small letters. */
	async status(id: string): Promise<string> {
		const answer = await this.#send("GET", `/logs/exports/${encodeURIComponent(id)}`);
		if (answer.status !== 200) throw new Refusal("to show an export", answer);
		return parsed(item, answer).status.toLowerCase();
	}

	/** Asks PortKey to give up; whether it does plays no part. */
	async cancel(id: string): Promise<void> {
		await this.#send("POST", `/logs/exports/${encodeURIComponent(id)}/cancel`);
	}

	/** A secret: whoever has it can read the logs. */
	async signedUrl(id: string): Promise<string> {
		const answer = await this.#send("GET", `/logs/exports/${encodeURIComponent(id)}/download`);
		if (answer.status !== 200) throw new Refusal("to hand over an export", answer);
		const found = parsed(download, answer);
		return "url" in found ? found.url : found.signed_url;
	}

	/** The fields that the workspace does not give away. */
	async deniedFields(): Promise<readonly string[]> {
		const { workspace } = this.#options.config;
		const query = workspace === undefined ? "" : `?${new URLSearchParams({ workspace_id: workspace })}`;
		const answer = await this.#send("GET", `/logs/exports/field-restrictions${query}`);
		return answer.status === 200 ? parsed(restrictions, answer).deniedFields : [];
	}

	async #send(method: "GET" | "POST", path: string, body?: object): Promise<HttpAnswer> {
		const answer = await this.#try(method, path, body);
		if (answer.status !== 401) return answer;
		if (this.#options.config.auth === "auto") {
			this.#isBearer = !this.#isBearer;
			const other = await this.#try(method, path, body);
			if (other.status !== 401) return other;
		}
		throw new Refusal("the key", answer);
	}

	async #try(method: "GET" | "POST", path: string, body: object | undefined): Promise<HttpAnswer> {
		const { config, key, signal, wait } = this.#options;
		const answer = await requestText(`${config.baseUrl.replace(/\/+$/, "")}${path}`, {
			label: "PortKey",
			method,
			signal,
			wait,
			headers: {
				...(this.#isBearer ? { authorization: `Bearer ${key}` } : { "x-portkey-api-key": key }),
				"content-type": "application/json",
			},
			...(body && { body: JSON.stringify(body) }),
		});
		return answer.status === 200 ? answer : { ...answer, text: this.#redact(answer.text) };
	}
}

/** Some answers are wrapped in `data`, some are not. */
function parsed<Shape>(shape: z.ZodType<Shape>, { text }: HttpAnswer): Shape {
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

function wrongWorkspace(cause: Unavailable, text: string): TelemetryError {
	return new TelemetryError(`PortKey cannot make an export: ${cause.status}, ${refusalText(text)}.`, {
		why: "It also answers so where it does not know the workspace.",
		fix: "Check PORTKEY_WORKSPACE (its slug, ws-…), or try again later.",
		cause,
	});
}

/** What PortKey says of a request that it refused: `{"success": false, "data": {"message", "errorCode"}}`. */
function refusalText(text: string): string {
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
		const said = refusalText(text);
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
