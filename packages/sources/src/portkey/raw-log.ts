import { type JsonObject, objectOf } from "../json/json-object.ts";
import { type Usage, usageOf } from "./usage.ts";
import { lastUserText } from "./user-text.ts";

/** What a cost is counted in; of an unknown one only the raw number is kept. */
export type CostUnit = "usd" | "cents" | "unknown";

/** The fields of a line that are stored as they come. */
const keptFields = [
	"id",
	"trace_id",
	"created_at",
	"is_success",
	"ai_org",
	"ai_model",
	"req_units",
	"res_units",
	"total_units",
	"cost",
	"cost_currency",
	"response_time",
	"response_status_code",
	"mode",
	"config",
	"prompt_slug",
] as const;

/**
 * A log as it was read: what is stored of it, and nothing interpreted. Kept whole in a dead letter, so that headers,
 * queries of addresses and - unless they are wanted - texts are left out here already.
 */
export interface RawLog {
	readonly fields: Readonly<Partial<Record<(typeof keptFields)[number], unknown>>>;
	readonly metadata?: JsonObject;
	/** Of the address that was called; its query may hold a key. */
	readonly path?: string;
	readonly usage?: Usage;
	readonly errorType?: string;
	readonly errorMessage?: string;
	readonly userText?: string;
	/** Settled when the page that it stands on is complete. */
	costUnit: CostUnit;
}

export function rawLogOf(line: JsonObject, withTexts: boolean): RawLog {
	const fields: Partial<Record<(typeof keptFields)[number], unknown>> = {};
	for (const name of keptFields) {
		const value = line[name];
		if (value !== null && value !== undefined && value !== "") fields[name] = value;
	}
	const answer = objectOf(line.response);
	const request = withTexts ? objectOf(line.request) : undefined;
	const userText = request ? lastUserText(request) : null;
	const metadata = objectOf(line.metadata);
	return {
		fields,
		...(metadata && { metadata }),
		...(typeof line.request_url === "string" && { path: pathOf(line.request_url) }),
		...(answer && answerParts(answer, withTexts)),
		...(userText !== null && { userText }),
		costUnit: "unknown",
	};
}

function answerParts(answer: JsonObject, withTexts: boolean): Partial<RawLog> {
	const usage = usageOf(answer);
	const error = objectOf(answer.error);
	const type = error?.type ?? error?.code;
	return {
		...(usage && { usage }),
		...(typeof type === "string" && { errorType: type }),
		...(withTexts && typeof error?.message === "string" && { errorMessage: error.message }),
	};
}

function pathOf(url: string): string {
	return url.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
}
