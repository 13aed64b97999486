import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { readErrorCode } from "./errors.ts";

/** Names one process across machines and reboots, so that a lock left by a dead one can be distinguished from a held one. */
export interface ProcessIdentity {
	readonly host: string;
	/** The machine's, which changes with every boot, and of the container: a process id means nothing in another one. */
	readonly bootId: string;
	readonly pid: number;
	/** Process ids are used again; undefined if the holder did not note it. */
	readonly started?: string;
}

export function identifyProcess(): ProcessIdentity {
	return { host: hostname(), bootId: readBootId(), pid: process.pid, started: readStart(process.pid) };
}

/**
 * Finds out whether a process still runs. It can only be looked for in its own container; `rebooted` is one of a machine
 * of this name before it was started again.
 */
export function findProcess(identity: ProcessIdentity): "alive" | "gone" | "rebooted" | "unknown" {
	if (identity.host !== hostname()) return "unknown";
	const bootId = readBootId();
	const [machine] = bootId.split(" ");
	if (identity.bootId !== bootId) return identity.bootId.split(" ")[0] === machine ? "unknown" : "rebooted";
	const isSame = identity.started === undefined || identity.started === readStart(identity.pid);
	return isRunning(identity.pid) && isSame ? "alive" : "gone";
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		// It runs, as another user.
		return readErrorCode(error) === "EPERM";
	}
}

function readBootId(): string {
	// There is none outside Linux; there a reused process id makes a stale lock look held, never a held one stale.
	return [
		readOr("", () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
		readOr("", () => readlinkSync("/proc/self/ns/pid")),
	].join(" ");
}

/** When a process started, in ticks since the machine did: the 22nd field, counted after the name, which may hold anything. */
function readStart(pid: number): string {
	return readOr("", () => {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
	});
}

function readOr(fallback: string, read: () => string): string {
	try {
		return read();
	} catch {
		return fallback;
	}
}
