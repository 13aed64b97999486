import { createHash } from "node:crypto";
import { Violation } from "../../simulator.ts";

/** Entity tags. One belongs to an address, a token and a content: another token gets another tag for the same bytes. */
export class Etags {
	readonly #addresses = new Map<string, string>();

	/** The tag of an answer, remembered with its address. */
	issue(address: string, token: string | undefined, body: string): string {
		const hash = createHash("sha1")
			.update(`${address}\n${token ?? ""}\n`)
			.update(body);
		const etag = `W/"${hash.digest("hex")}"`;
		this.#addresses.set(etag, address);
		return etag;
	}

	/** @throws Violation for a tag that was issued for another address, as when page 1's is sent for page 2 */
	check(address: string, ifNoneMatch: string | undefined): void {
		for (const etag of ifNoneMatch?.split(",") ?? []) {
			const issuedFor = this.#addresses.get(etag.trim());
			if (issuedFor !== undefined && issuedFor !== address) {
				throw new Violation(`If-None-Match of ${address} carries the ETag of ${issuedFor}`);
			}
		}
	}
}
