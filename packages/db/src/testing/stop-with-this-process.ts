import { type ChildProcess, spawn } from "node:child_process";
import { Socket } from "node:net";
import type { ServerOwner } from "./server-owner.ts";

const script = `
read -r _
kill -INT "$1"
while kill -0 "$1"; do sleep 0.1; done
rm -rf "$2"`;

/**
 * Stops a server and removes its directory when this process dies, however it dies: a shell waits for its end of a
 * pipe to close. Kill what is returned once the server has been stopped in order.
 */
export function stopWithThisProcess(
	server: ChildProcess,
	directory: string,
	owner: ServerOwner | undefined,
): ChildProcess {
	const watcher = spawn("/bin/sh", ["-c", script, "sh", String(server.pid), directory], {
		stdio: ["pipe", "ignore", "ignore"],
		cwd: "/",
		detached: true,
		...owner,
	});
	// Where there is no shell, an orderly end of this process has to do.
	watcher.once("error", () => process.once("exit", () => server.kill()));
	watcher.unref();
	if (watcher.stdin instanceof Socket) watcher.stdin.unref();
	return watcher;
}
