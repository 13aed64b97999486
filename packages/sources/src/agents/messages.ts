import { z } from "zod";

/** Message, request and tokens of the messages that came last. */
export const messagesState = z.array(z.tuple([z.string(), z.string(), z.number()]));

/** One line of a message, as far as it tells repetitions apart. */
export interface MessageLine {
	readonly messageId: string;
	/** Empty where there is none. */
	readonly requestId: string;
	readonly isSidechain: boolean;
	/** All of them together. */
	readonly tokens: number;
}

const remembered = 10_000;
const keptInCursor = 32;

/**
 * Claude Code writes one message in several lines, one for each block of its content, while its count of tokens grows:
 * the line with the most counts. A side conversation repeats messages of the main one under other requests; those do not
 * count at all.
 */
export class Messages {
	readonly #seen: Map<string, { readonly requestId: string; readonly tokens: number }>;

	constructor(state: z.infer<typeof messagesState> = []) {
		this.#seen = new Map(state.map(([id, requestId, tokens]) => [id, { requestId, tokens }]));
	}

	/** What names the message of a line; undefined for a line that adds nothing. */
	take({ messageId, requestId, isSidechain, tokens }: MessageLine): string | undefined {
		const first = this.#seen.get(messageId);
		const isOther = first !== undefined && first.requestId !== requestId;
		if (isOther && isSidechain) return undefined;
		// No two messages share an id, unless a gateway invents its own; then the request tells them apart.
		const id = isOther ? `${messageId}:${requestId}` : messageId;
		const best = this.#seen.get(id);
		if (best && best.tokens >= tokens) return undefined;
		this.#seen.delete(id);
		this.#seen.set(id, { requestId, tokens });
		const [oldest] = this.#seen.keys();
		if (oldest !== undefined && this.#seen.size > remembered) this.#seen.delete(oldest);
		return id;
	}

	state(): z.infer<typeof messagesState> {
		return [...this.#seen].slice(-keptInCursor).map(([id, { requestId, tokens }]) => [id, requestId, tokens]);
	}
}
