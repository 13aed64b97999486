import { spawn } from "node:child_process";
import { Socket } from "node:net";

// Removing is tried again, because what was cut short may still be writing.
const script = `
read -r _
server=$(head -n 1 "$1/data/postmaster.pid") && kill -INT "$server"
while kill -0 "$server"; do sleep 0.1; done
for _ in 1 2 3 4 5 6 7 8 9; do rm -rf "$1" && exit; sleep 1; done`;

/**
 * Removes a directory, and stops the PostgreSQL that keeps its data in it, when this process dies, however it dies:
 * a shell beside it waits for its end of a pipe to close. Call what is returned once the directory was removed in order.
 */
export function removeWithThisProcess(directory: string): () => void {
	const watcher = spawn("/bin/sh", ["-c", script, "sh", directory], {
		stdio: ["pipe", "ignore", "ignore"],
		cwd: "/",
		// Ctrl-C must not end it before its work begins.
		detached: true,
	});
	// Without a shell only an orderly end removes anything.
	watcher.once("error", () => undefined);
	watcher.unref();
	if (watcher.stdin instanceof Socket) watcher.stdin.unref();
	return () => watcher.kill();
}
