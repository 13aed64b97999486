import type { ServerResponse } from "node:http";

/** What goes wrong with one request. */
export type Fault =
	/** This answer instead of the right one. */
	| { readonly kind: "status"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
	/** The right answer, cut off in its middle; the connection is closed as if that were all. */
	| { readonly kind: "cut" }
	/** The right answer, cut off in its middle by a connection that is lost. */
	| { readonly kind: "torn" }
	/** The connection is lost before any answer. */
	| { readonly kind: "reset" };

/** Answers with a fault in place of `body`, or with what it leaves of it. */
export function answerWith(fault: Fault, response: ServerResponse, body: string): void {
	const half = body.slice(0, Math.floor(body.length / 2));
	switch (fault.kind) {
		case "status":
			response.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
			response.end('{"error":{"message":"scripted","type":"None","param":"None","code":"None"}}');
			break;
		case "cut":
			response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(half) });
			response.end(half);
			break;
		case "torn":
			response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
			response.write(half, () => response.destroy());
			break;
		case "reset":
			response.destroy();
			break;
	}
}
