import type { ServerResponse } from "node:http";
import { errorBody } from "./api-error.ts";
import type { Switches } from "./switches.ts";

/** What goes wrong with one request. */
export type Fault =
	| {
			readonly status: 400 | 404 | 429 | 500 | 502 | 503 | 504;
			/** Seconds, or a date. */
			readonly retryAfter?: string;
			/** In the refusal's message, after the words of the status. */
			readonly words?: string;
			/** Only requests whose path ends so. */
			readonly path?: string;
	  }
	| { readonly kind: "reset" | "hang" | "html"; readonly path?: string };

/** Takes the fault that hits a request, if any. */
export function takeFault(switches: Switches, path: string, random: () => number): Fault | undefined {
	const at = switches.faults.findIndex((fault) => fault.path === undefined || path.endsWith(fault.path));
	if (at !== -1) return switches.faults.splice(at, 1)[0];
	const { storm } = switches;
	if (!storm || random() >= storm.share) return undefined;
	return storm.faults[Math.floor(random() * storm.faults.length)];
}

/** Lets it happen. */
export function inflict(fault: Fault, response: ServerResponse): void {
	if ("kind" in fault) {
		if (fault.kind === "reset") response.destroy();
		if (fault.kind === "html") response.writeHead(200, { "content-type": "text/html" }).end("<html>Welcome</html>");
		return;
	}
	const { status, retryAfter, words = "" } = fault;
	response
		.writeHead(status, {
			"content-type": "application/json",
			...(retryAfter !== undefined && { "retry-after": retryAfter }),
		})
		.end(JSON.stringify(errorBody(status, words)));
}
