import type { Socket } from "node:net";

/** What a client says of itself when it connects: `user`, `database`, and settings for its session. */
export type Startup = Readonly<Record<string, string>>;

const sslRequest = 80_877_103;

/** Takes a client's first message and declines TLS before it. https://www.postgresql.org/docs/current/protocol-flow.html */
export function awaitStartup(socket: Socket, begin: (startup: Startup, message: Buffer) => void): void {
	socket.once("data", (message) => {
		if (!Buffer.isBuffer(message)) return;
		if (message.readInt32BE(4) === sslRequest) {
			socket.write("N");
			awaitStartup(socket, begin);
			return;
		}
		const words = message.subarray(8).toString().split("\u0000");
		const pairs = words.flatMap((word, index) => (index % 2 === 0 && word ? [[word, words[index + 1] ?? ""]] : []));
		begin(Object.fromEntries(pairs), message);
	});
}

/** The server's refusal of a client, with an SQLSTATE. */
export function errorMessage(code: string, message: string): Buffer {
	return framed("E", `SFATAL\u0000VFATAL\u0000C${code}\u0000M${message}\u0000\u0000`);
}

/** Lets the client in under any name. */
export function welcome(): Buffer {
	return Buffer.concat([framed("R", "\u0000\u0000\u0000\u0000"), readyForQuery()]);
}

/** The answer to a statement: one row with one text. */
export function oneText(column: string, text: string): Buffer {
	const origin = Buffer.alloc(6);
	const type = Buffer.concat([int32(25), Buffer.from([0xff, 0xff]), int32(-1), Buffer.alloc(2)]);
	const description = Buffer.concat([Buffer.from(`\u0000\u0001${column}\u0000`), origin, type]);
	const value = Buffer.concat([Buffer.from([0, 1]), int32(text.length), Buffer.from(text)]);
	return Buffer.concat([framed("T", description), framed("D", value), framed("C", "SELECT 1\u0000"), readyForQuery()]);
}

function readyForQuery(): Buffer {
	return framed("Z", "I");
}

function framed(type: string, content: string | Buffer): Buffer {
	const body = Buffer.from(content);
	return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeInt32BE(value);
	return bytes;
}
