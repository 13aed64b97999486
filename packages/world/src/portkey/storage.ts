import { createHash, randomBytes } from "node:crypto";
import type { RecordedRequest, Reply, Service } from "../simulator.ts";
import { formatError } from "./api-error.ts";
import type { Exports } from "./exports.ts";
import type { Switches } from "./switches.ts";

/** Where the files of exports lie: another host, which knows no keys but signed addresses that expire. */
export class Storage implements Service {
	readonly #url: string;
	readonly #exports: Exports;
	readonly #switches: Switches;
	/** Uses of each signature that was handed out. */
	readonly #signatures = new Map<string, number>();

	constructor(url: string, exports: Exports, switches: Switches) {
		this.#url = url;
		this.#exports = exports;
		this.#switches = switches;
	}

	/** A new address for the file of an export. */
	sign(id: string): string {
		const signature = randomBytes(32).toString("hex");
		this.#signatures.set(signature, 0);
		const query = new URLSearchParams({ "X-Amz-Expires": "3600", "X-Amz-Signature": signature });
		return `${this.#url}/exports/${id}.jsonl?${query}`;
	}

	answer({ address, headers }: RecordedRequest): Reply {
		if (headers["x-portkey-api-key"] !== undefined || headers.authorization !== undefined) {
			return { status: 403, body: "Only one auth mechanism allowed" };
		}
		const url = new URL(address, this.#url);
		if (!this.#isValid(url.searchParams.get("X-Amz-Signature") ?? "")) {
			return { status: 403, body: "Request has expired" };
		}
		return this.#replyWith(this.#readFile(/([^/]+)\.jsonl$/.exec(url.pathname)?.[1] ?? ""), headers.range);
	}

	refuse(status: number): object {
		return formatError(status);
	}

	#isValid(signature: string): boolean {
		const uses = this.#signatures.get(signature);
		if (uses === undefined || uses >= this.#switches.usesOfAddress) return false;
		this.#signatures.set(signature, uses + 1);
		return true;
	}

	#readFile(id: string): Buffer {
		const { lines } = this.#exports.get(id);
		const kept = lines.slice(0, lines.length - (this.#switches.missingLines.shift() ?? 0));
		return Buffer.from(kept.map((line) => `${line}\n`).join(""));
	}

	#replyWith(file: Buffer, range: string | undefined): Reply {
		const { hasRanges, hasLength, changesFile, cuts } = this.#switches;
		const etag = `"${changesFile ? randomBytes(8).toString("hex") : createHash("sha1").update(file).digest("hex")}"`;
		const start = Number(hasRanges ? (/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0) : 0);
		if (start > 0 && start >= file.length) {
			return { status: 416, headers: { "content-range": `bytes */${file.length}` }, body: "" };
		}
		const body = file.subarray(start);
		const cut = cuts.shift();
		return {
			status: start > 0 ? 206 : 200,
			headers: {
				etag,
				"content-type": "binary/octet-stream",
				...(start > 0 && { "content-range": `bytes ${start}-${file.length - 1}/${file.length}` }),
			},
			body,
			hasLength,
			...(cut !== undefined && { tornAt: cut === "last byte" ? body.length - 1 : Math.floor(body.length * cut) }),
		};
	}
}
