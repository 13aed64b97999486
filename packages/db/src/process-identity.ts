import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** Names one process across machines and reboots, so that a lock left by a dead one can be told from a held one. */
export interface ProcessIdentity {
	readonly host: string;
	/** Changes with every boot of the machine: process ids are reused after one. */
	readonly bootId: string;
	readonly pid: number;
}

export function thisProcess(): ProcessIdentity {
	return { host: hostname(), bootId: bootId(), pid: process.pid };
}

/** True where the process may still be running; another machine's is taken to be. */
export function isSameProcessAlive(identity: ProcessIdentity): boolean {
	if (identity.host !== hostname()) return true;
	return identity.bootId === bootId() && isRunning(identity.pid);
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it runs, as somebody else.
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}

function bootId(): string {
	try {
		return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
	} catch {
		// Not told outside Linux; there a reused process id makes a stale lock look held, never a held one stale.
		return "";
	}
}
