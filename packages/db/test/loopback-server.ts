import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Listens on the loopback interface until the test ends; answers host and port. */
export async function loopbackServer(serve: (socket: Socket) => void): Promise<string> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		// A client may hang up at any time.
		socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
		serve(socket);
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	onTestFinished(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("The system gave no port.");
	return `127.0.0.1:${address.port}`;
}
