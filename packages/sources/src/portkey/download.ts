import { isIP } from "node:net";
import { type HttpStream, requestStream, Unavailable } from "@tidemark/core";
import { readErrorCode, TelemetryError } from "@tidemark/db";
import type { PortkeyClient } from "./client.ts";

/** Thrown if the rest of a file cannot be asked for: it has to be read from its beginning. */
export class CannotResume extends Error {
	override readonly name = "CannotResume";
}

/** How often one download may break off. */
const cutsAllowed = 20;

/**
 * The content of a finished export. A cut download goes on where it broke off (Range), under a new address if the old
 * one has expired. The address is asked for without the key, which is PortKey's and not its storage's to see.
 *
 * @throws CannotResume, Unavailable if it breaks off too often
 */
export async function* downloadExport(id: string, client: PortkeyClient): AsyncIterable<Buffer> {
	const { signal, config } = client.context;
	const { wait } = client.manner;
	let url: URL | undefined;
	let [offset, cuts, refusals] = [0, 0, 0];
	let first: FileHead | undefined;
	for (;;) {
		url ??= checkDownloadUrl(await client.requestUrl(id), config.baseUrl);
		const stream = await requestStream(url, {
			label: "PortKey's storage",
			signal,
			wait,
			headers: { "accept-encoding": "identity", ...(offset > 0 && { range: `bytes=${offset}-` }) },
		});
		if (stream.status !== 200 && stream.status !== 206) {
			await close(stream);
			// Nothing is left: the last byte was there before the connection was closed.
			if (stream.status === 416 && offset > 0) return;
			// Signed addresses expire.
			if (++refusals > 2) {
				throw new TelemetryError(
					`PortKey's storage refuses the download: ${stream.status}, under three addresses in a row.`,
					{
						fix: "The next run asks for a new export. If that does not help, compare the clocks, then ask PortKey's support.",
					},
				);
			}
			url = undefined;
			continue;
		}
		const head = readHead(stream);
		first ??= head;
		if (offset > 0 && !goesOn(first, head, offset)) {
			await close(stream);
			throw new CannotResume("the file has changed");
		}
		let skip = offset - head.start;
		try {
			for await (const chunk of stream.body) {
				const rest = chunk.subarray(skip);
				skip -= chunk.length - rest.length;
				offset += rest.length;
				refusals = 0;
				if (rest.length > 0) yield rest;
			}
			if (first.size === undefined || offset >= first.size) return;
		} catch (cause) {
			signal.throwIfAborted();
			if (!isCut(cause)) throw cause;
		}
		if (++cuts > cutsAllowed) throw new Unavailable(`PortKey's storage broke off the download ${cuts} times.`, {});
		await wait(100 * cuts, signal);
	}
}

interface FileHead {
	/** Bytes; undefined if the storage does not say. */
	readonly size: number | undefined;
	/** Which of its bytes comes first; NaN if the storage does not say. */
	readonly start: number;
	readonly etag: string | null;
	/** Compressed on the way: its bytes are not those that are counted. */
	readonly isEncoded: boolean;
}

function readHead({ status, headers }: HttpStream): FileHead {
	const isEncoded = (headers.get("content-encoding") ?? "identity") !== "identity";
	const length = headers.get("content-length");
	const [, start] = /^bytes (\d+)-/.exec(headers.get("content-range") ?? "") ?? [];
	return {
		size: isEncoded || length === null ? undefined : Number(length),
		start: status === 200 ? 0 : Number(start),
		etag: headers.get("etag"),
		isEncoded,
	};
}

/** True if the answer holds the same file from a byte on that is known already, or is the next one. */
function goesOn(first: FileHead, { isEncoded, etag, start }: FileHead, offset: number): boolean {
	return !first.isEncoded && !isEncoded && etag === first.etag && start <= offset;
}

/** Gives the connection back without reading the rest. */
async function close({ body }: HttpStream): Promise<void> {
	for await (const _ of body) break;
}

/** What undici says of a connection that ended too soon, and a pause that was too long. */
function isCut(error: unknown): boolean {
	return error instanceof DOMException || (error instanceof TypeError && readErrorCode(error.cause) !== undefined);
}

/**
 * Proves that the address PortKey hands out for a download leads to a service like PortKey's own: https if the API is
 * https, and no bare IP address or this machine if the API is none. A forged answer could otherwise make us read what
 * only our network can see.
 * @throws TelemetryError which does not show the address, because it holds a signature
 */
export function checkDownloadUrl(signedUrl: string, baseUrl: string): URL {
	const [url, base] = [new URL(signedUrl), new URL(baseUrl)];
	const isSecure = url.protocol === "https:" || (url.protocol === "http:" && base.protocol === "http:");
	if (isSecure && (!isLocal(url.hostname) || isLocal(base.hostname))) return url;
	throw new TelemetryError(`PortKey's download address leads to ${url.protocol}//${url.hostname}, which is not read.`, {
		fix: "Check PORTKEY_BASE_URL. A PortKey of your own has to hand out https addresses with a host name.",
	});
}

function isLocal(hostname: string): boolean {
	return isIP(hostname.replace(/^\[|\]$/g, "")) !== 0 || /(^|\.)(localhost|local|internal)\.?$/i.test(hostname);
}
