import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** Names one process across machines and reboots, so that a lock left by a dead one can be distinguished from a held one. */
export interface ProcessIdentity {
	readonly host: string;
	/** Changes with every boot of the machine: process ids are reused after one. */
	readonly bootId: string;
	readonly pid: number;
}

export function identifyProcess(): ProcessIdentity {
	return { host: hostname(), bootId: readBootId(), pid: process.pid };
}

/** True if the process may still be running; a process of another machine always may. */
export function isSameProcessAlive(identity: ProcessIdentity): boolean {
	if (identity.host !== hostname()) return true;
	return identity.bootId === readBootId() && isRunning(identity.pid);
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it runs, as another user.
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}

function readBootId(): string {
	try {
		return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
	} catch {
		// There is none outside Linux; there a reused process id makes a stale lock look held, never a held one stale.
		return "";
	}
}
