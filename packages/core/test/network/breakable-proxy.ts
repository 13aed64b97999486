import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A way to a server that can be cut. */
export interface BreakableProxy {
	/** The server's address, by this way. */
	readonly url: string;
	/** Cuts what is connected at the moment: in order, or as when a machine on the way is gone. */
	cut(how: "end" | "reset"): void;
	/** Cuts, and refuses every connection for a time, as while a server restarts. */
	refuse(forMs: number): Promise<void>;
	close(): Promise<void>;
}

export async function breakableProxy(serverUrl: string): Promise<BreakableProxy> {
	const server = new URL(serverUrl);
	const sockets = new Set<Socket>();
	const proxy = createServer((inbound) => {
		const outbound = connect(Number(server.port || 5432), server.hostname);
		const join = (socket: Socket, other: Socket) => {
			sockets.add(socket);
			socket.on("error", () => undefined);
			socket.once("close", () => {
				sockets.delete(socket);
				other.destroy();
			});
			socket.pipe(other);
		};
		join(inbound, outbound);
		join(outbound, inbound);
	}).listen(0, "127.0.0.1");
	await once(proxy, "listening");
	const address = proxy.address();
	const url = new URL(server);
	url.host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
	const cut = (how: "end" | "reset") => {
		for (const socket of sockets) how === "reset" ? socket.resetAndDestroy() : socket.destroy();
	};
	const close = async () => {
		const closed = once(proxy.close(), "close");
		cut("end");
		await closed;
	};
	return {
		url: url.href,
		cut,
		async refuse(forMs) {
			await close();
			await sleep(forMs);
			await once(proxy.listen(Number(url.port), "127.0.0.1"), "listening");
		},
		close,
	};
}
