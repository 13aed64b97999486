import { TelemetryError } from "@tidemark/db";

const defaultMaxBytes = 16 * 1024 * 1024;

/** A whole answer as text. @throws TelemetryError if it is larger than allowed */
export async function readText(response: Response, label: string, maxBytes = defaultMaxBytes): Promise<string> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	for await (const piece of response.body ?? []) {
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

/** The chunks of an answer, with a limit for the pause before each. */
export async function* readChunks(
	response: Response | undefined,
	idle: IdleTimer,
	stop: AbortController,
): AsyncIterable<Buffer> {
	try {
		idle.start();
		for await (const { buffer, byteOffset, length } of response?.body ?? []) {
			// Only the service is timed, not whoever takes the chunks.
			idle.clear();
			yield Buffer.from(buffer, byteOffset, length);
			idle.start();
		}
	} finally {
		idle.clear();
		stop.abort();
	}
}

export interface IdleTimer {
	start(): void;
	clear(): void;
}

/** Aborts when it is not cleared in time. */
export function startIdleTimer(ms: number, controller: AbortController): IdleTimer {
	const expire = () => controller.abort(new DOMException("the other side paused for too long", "TimeoutError"));
	let timer: NodeJS.Timeout | undefined;
	return {
		start() {
			clearTimeout(timer);
			timer = setTimeout(expire, ms);
		},
		clear: () => clearTimeout(timer),
	};
}
