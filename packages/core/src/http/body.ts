import { TelemetryError } from "@tidemark/db";

const defaultMaxBytes = 16 * 1024 * 1024;

/** A whole answer as text. @throws TelemetryError if it is larger than allowed */
export async function readText({ body }: Response, label: string, maxBytes = defaultMaxBytes): Promise<string> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	for await (const piece of body ?? []) {
		length += piece.length;
		if (length > maxBytes) {
			throw new TelemetryError(`${label} answered with more than ${maxBytes} bytes.`, {
				fix: "Check its address in the settings.",
			});
		}
		pieces.push(piece);
	}
	return Buffer.concat(pieces).toString("utf8");
}

/** The chunks of an answer, with a limit for the pause before each. Only the service is timed, not whoever takes them. */
export async function* readChunks(
	{ body }: Response,
	maxPauseMs: number,
	stop: AbortController,
): AsyncIterable<Buffer> {
	try {
		const chunks = body?.[Symbol.asyncIterator]();
		while (chunks) {
			const { done, value } = await abortAfter(maxPauseMs, stop, chunks.next());
			if (done) return;
			yield Buffer.from(value.buffer, value.byteOffset, value.length);
		}
	} finally {
		stop.abort();
	}
}

/** Aborts what is waited for if it takes too long. */
export async function abortAfter<Result>(ms: number, stop: AbortController, wait: Promise<Result>): Promise<Result> {
	const expired = () => stop.abort(new DOMException("the other side paused for too long", "TimeoutError"));
	const timer = setTimeout(expired, ms);
	return wait.finally(() => clearTimeout(timer));
}
