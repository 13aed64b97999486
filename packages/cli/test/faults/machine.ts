import { execFileSync, spawnSync } from "node:child_process";
import { temporaryDirectory } from "@tidemark/db/testing";
import { onTestFinished, test } from "vitest";

/** What a fault needs of the machine, and how to find out whether it is there. */
const needs = {
	/** A file system of a given size. */
	mount: () => isPossible("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", temporaryDirectory()], ["umount"]),
	/** A process id namespace of its own, as a container has. */
	namespaces: () => isPossible("unshare", ["--pid", "--fork", "--mount-proc", "true"]),
	/** Another user, whom permissions stop: nothing stops root. */
	user: () => isPossible("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "true"]),
	pipes: () => isPossible("mkfifo", ["--help"]),
	/** A clock that is wrong for whatever it starts. */
	faketime: () => isPossible("faketime", ["-f", "+1d", "true"]),
} as const;

/** A test that really does a fault. On a machine that cannot, it is skipped with a word; in CI only what Debian does not bring by itself may be missing. */
export function testFault(
	name: string,
	needed: keyof typeof needs,
	run: () => Promise<void>,
	timeoutMs = 120_000,
): void {
	const isThere = needs[needed]();
	if (!isThere && process.env.CI && needed !== "faketime")
		throw new Error(`"${name}" needs ${needed}: run it as root.`);
	if (!isThere) console.warn(`SKIPPED: "${name}" needs ${needed}, which this machine does not offer.`);
	test.skipIf(!isThere)(name, run, timeoutMs);
}

/** A file system of its own, of that many megabytes. It is gone after the test. */
export function mountDisk(megabytes: number): string {
	const path = temporaryDirectory();
	execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path]);
	onTestFinished(() => {
		spawnSync("umount", ["-l", path]);
	});
	return path;
}

/** Starts a program where it sees no other processes, as in a container. */
export const inContainer = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];

function isPossible(program: string, args: readonly string[], undo?: readonly string[]): boolean {
	const isDone = spawnSync(program, args, { stdio: "ignore" }).status === 0;
	const [undoing, ...rest] = undo ?? [];
	if (isDone && undoing) spawnSync(undoing, [...rest, String(args.at(-1))]);
	return isDone;
}
