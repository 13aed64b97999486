import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Exports } from "./exports.ts";
import type { Switches } from "./switches.ts";

/** Where the files of exports lie: another host, which knows no keys but signed addresses that expire. */
export class Storage {
	readonly #exports: Exports;
	readonly #switches: Switches;
	/** Uses of each signature that was handed out. */
	readonly #signatures = new Map<string, number>();

	constructor(exports: Exports, switches: Switches) {
		this.#exports = exports;
		this.#switches = switches;
	}

	/** The path and query of a new address for an export. */
	sign(id: string): string {
		const signature = randomBytes(32).toString("hex");
		this.#signatures.set(signature, 0);
		return `/exports/${id}.jsonl?${new URLSearchParams({ "X-Amz-Expires": "3600", "X-Amz-Signature": signature })}`;
	}

	answer(request: IncomingMessage, response: ServerResponse): void {
		const url = new URL(request.url ?? "/", "http://storage");
		if (request.headers["x-portkey-api-key"] !== undefined || request.headers.authorization !== undefined) {
			response.writeHead(403).end("Only one auth mechanism allowed");
			return;
		}
		if (!this.#isValid(url.searchParams.get("X-Amz-Signature") ?? "")) {
			response.writeHead(403).end("Request has expired");
			return;
		}
		this.#send(this.#fileOf(/([^/]+)\.jsonl$/.exec(url.pathname)?.[1] ?? ""), request, response);
	}

	#isValid(signature: string): boolean {
		const uses = this.#signatures.get(signature);
		if (uses === undefined || uses >= this.#switches.usesOfAddress) return false;
		this.#signatures.set(signature, uses + 1);
		return true;
	}

	#fileOf(id: string): Buffer {
		const { lines } = this.#exports.get(id);
		const kept = lines.slice(0, lines.length - (this.#switches.missingLines.shift() ?? 0));
		return Buffer.from(kept.map((line) => `${line}\n`).join(""));
	}

	#send(file: Buffer, request: IncomingMessage, response: ServerResponse): void {
		const { hasRanges, hasLength, changesFile, cuts } = this.#switches;
		const etag = `"${changesFile ? randomBytes(8).toString("hex") : createHash("sha1").update(file).digest("hex")}"`;
		const start = Number(hasRanges ? (/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0) : 0);
		if (start > 0 && start >= file.length) {
			response.writeHead(416, { "content-range": `bytes */${file.length}` }).end();
			return;
		}
		const content = file.subarray(start);
		response.writeHead(start > 0 ? 206 : 200, {
			etag,
			"content-type": "binary/octet-stream",
			...(start > 0 && { "content-range": `bytes ${start}-${file.length - 1}/${file.length}` }),
			...(hasLength && { "content-length": content.length }),
		});
		const cut = cuts.shift();
		if (cut === undefined) {
			response.end(content);
			return;
		}
		response.flushHeaders();
		const length = cut === "last byte" ? content.length - 1 : Math.floor(content.length * cut);
		// Let what was written arrive before the connection is gone.
		response.write(content.subarray(0, length), () => setTimeout(() => response.destroy(), 20));
	}
}
