import { isIP } from "node:net";
import { type HttpStream, requestStream, Unavailable, type Wait } from "@tidemark/core";
import { readErrorCode, TelemetryError } from "@tidemark/db";
import type { PortkeyClient } from "./client.ts";

interface DownloadOptions {
	readonly client: Pick<PortkeyClient, "signedUrl">;
	readonly baseUrl: string;
	readonly signal: AbortSignal;
	readonly wait: Wait;
}

/** Thrown where the rest of a file cannot be asked for: it has to be read from its beginning. */
export class CannotResume extends Error {
	override readonly name = "CannotResume";
}

/** How often one download may break off. */
const cutsAllowed = 20;

/**
 * The content of a finished export. A cut download goes on where it broke off (Range), under a new address where the old
 * one has expired. The address is asked for without the key, which is PortKey's and not its storage's to see.
 *
 * @throws CannotResume, Unavailable where it breaks off too often
 */
export async function* downloadExport(id: string, options: DownloadOptions): AsyncIterable<Buffer> {
	const { client, baseUrl, signal, wait } = options;
	let url = checkDownloadUrl(await client.signedUrl(id), baseUrl);
	let [offset, cuts, refusals] = [0, 0, 0];
	let first: FileHead | undefined;
	for (;;) {
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
			if (++refusals > 2) throw refused(stream.status);
			url = checkDownloadUrl(await client.signedUrl(id), baseUrl);
			continue;
		}
		const head = headOf(stream, offset);
		first ??= head;
		let skip = skippedOf(stream, { head, first, offset });
		if (skip === undefined) {
			await close(stream);
			throw new CannotResume("the file has changed");
		}
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

function refused(status: number): TelemetryError {
	return new TelemetryError(`PortKey's storage refuses the download: ${status}, under three addresses in a row.`, {
		fix: "The next run asks for a new export. If that does not help, compare the clocks, then ask PortKey's support.",
	});
}

interface FileHead {
	/** Bytes of the whole file; undefined where the storage does not say. */
	readonly size: number | undefined;
	readonly etag: string | null;
	/** Compressed on the way: its bytes are not those that are counted. */
	readonly isEncoded: boolean;
}

function headOf({ status, headers }: HttpStream, offset: number): FileHead {
	const isEncoded = (headers.get("content-encoding") ?? "identity") !== "identity";
	const length = Number(headers.get("content-length") ?? Number.NaN);
	const whole = Number(/\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1] ?? offset + length);
	const size = status === 206 ? whole : length;
	return { size: isEncoded || Number.isNaN(size) ? undefined : size, etag: headers.get("etag"), isEncoded };
}

/** How many bytes at the beginning of an answer are known already; undefined where it does not go on with the first. */
function skippedOf(
	{ status, headers }: HttpStream,
	{ head, first, offset }: { head: FileHead; first: FileHead; offset: number },
): number | undefined {
	if (offset === 0) return 0;
	if (first.isEncoded || head.isEncoded || head.etag !== first.etag) return undefined;
	if (status === 200) return offset;
	const start = /^bytes (\d+)-/.exec(headers.get("content-range") ?? "")?.[1];
	return Number(start) === offset ? 0 : undefined;
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
 * Proves that the address PortKey hands out for a download leads to a service like PortKey's own: https where the API is
 * https, and no bare IP address or this machine where the API is none. A forged answer could otherwise make us read what
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
