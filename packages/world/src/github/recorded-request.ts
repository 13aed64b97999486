/** A request that a world got. */
export interface RecordedRequest {
	/** From 1. */
	readonly number: number;
	readonly method: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	/** Undefined where none was sent. */
	readonly token: string | undefined;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	/** 0 until it is answered, and where it never is. */
	status: number;
	/** What GraphQL took for it. */
	points?: number;
}

/** Called before a request is answered: what it changes in the world is seen in the answer. */
export type RequestListener = (request: RecordedRequest) => void | Promise<void>;
