import type { HttpAnswer } from "@tidemark/core";
import { TelemetryError } from "@tidemark/db";
import { objectOf } from "../json/json-object.ts";

/** What PortKey says of a request that it refused: `{"success": false, "data": {"message", "errorCode"}}`. */
export function refusalText(text: string): string {
	const answer = objectOf(text);
	const { message, errorCode } = { ...answer, ...objectOf(answer?.data) };
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
