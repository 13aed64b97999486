import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { findLackOfSpace, minDiskBytes } from "./disk-space.ts";
import { LockedError, readErrorCode, TelemetryError } from "./errors.ts";
import { findProcess, identifyProcess, type ProcessIdentity } from "./process-identity.ts";

/** How often the holder gives a sign of life, and how long a lock of another machine or container lasts without one. Milliseconds. */
const beatMs = 1000;
const lastsMs = 60_000;

/**
 * Guards a PGlite directory: two processes on one corrupt it silently, and PGlite itself does not notice.
 * The file names its holder, and its time of change is the holder's last sign of life; one left behind by a process
 * that is gone is taken over.
 *
 * @param onLost called if another process has taken the lock over, as after this one was suspended
 * @returns a function that gives the lock back
 * @throws LockedError while its holder is alive
 */
export function holdLockFile(path: string, onLost: () => void = () => undefined): () => void {
	if (!tryCreate(path)) takeOver(path);
	const own = JSON.stringify(identifyProcess());
	const isOwn = () => JSON.stringify(readHolderNow(path)) === own;
	const beat = setInterval(() => {
		if (isOwn()) return touch(path);
		clearInterval(beat);
		onLost();
	}, beatMs);
	beat.unref();
	const release = () => {
		if (isOwn()) rmSync(path, { force: true });
	};
	process.once("exit", release);
	return () => {
		clearInterval(beat);
		process.off("exit", release);
		release();
	};
}

/** Only one process at a time may check a stale lock and replace it, else two could both believe they did. */
function takeOver(path: string): void {
	const breaking = `${path}.breaking`;
	if (!tryCreate(breaking)) {
		throw new TelemetryError(`Another process is taking over ${path} right now.`, {
			fix: `Try again; if this stays, no other process is running, and you may delete ${breaking}.`,
		});
	}
	try {
		const holder = readHolder(path);
		if (holder && mayBeAlive(path, holder)) throw refuseHeld(path, holder);
		rmSync(path, { force: true });
		if (!tryCreate(path)) throw refuseHeld(path, readHolder(path));
	} finally {
		rmSync(breaking, { force: true });
	}
}

/** A process that cannot be looked for shows by its signs of life whether it is there. */
function mayBeAlive(path: string, holder: ProcessIdentity): boolean {
	const found = findProcess(holder);
	if (found === "alive" || found === "gone") return found === "alive";
	const seen = readChangeMs(path);
	// The clocks of two machines may differ.
	if (found === "unknown" && Math.abs(Date.now() - seen) < lastsMs) return true;
	sleep(3 * beatMs);
	return readChangeMs(path) !== seen;
}

function touch(path: string): void {
	try {
		const now = new Date();
		utimesSync(path, now, now);
	} catch {
		// The next sign of life may succeed; a lock that is gone is noticed there.
	}
}

function readChangeMs(path: string): number {
	return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function sleep(ms: number): void {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function tryCreate(path: string): boolean {
	try {
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, JSON.stringify(identifyProcess()), { flag: "wx" });
		return true;
	} catch (cause) {
		const code = readErrorCode(cause);
		if (code === "EEXIST" && statSync(dirname(path)).isDirectory()) return false;
		// It was made, and nothing could be written into it.
		if (code === "ENOSPC") rmSync(path, { force: true });
		const lack = code === "ENOSPC" ? findLackOfSpace(dirname(path), minDiskBytes) : undefined;
		if (lack) throw lack;
		throw new TelemetryError(`${path} cannot be written.`, {
			fix: "Make the directory writable, or set DATABASE_URL to a PostgreSQL server.",
			cause,
		});
	}
}

/** Undefined if the file is gone by now, or was left by a process that was killed between creating and filling it. */
function readHolder(path: string): ProcessIdentity | undefined {
	const holder = readHolderNow(path);
	if (holder || !existsSync(path)) return holder;
	// A process that has just created it fills it at once.
	sleep(500);
	return readHolderNow(path);
}

function readHolderNow(path: string): ProcessIdentity | undefined {
	try {
		const holder = JSON.parse(readFileSync(path, "utf8"));
		return typeof holder?.pid === "number" ? holder : undefined;
	} catch {
		return undefined;
	}
}

function refuseHeld(path: string, holder: ProcessIdentity | undefined): LockedError {
	const who = `The embedded database is in use by process ${holder?.pid ?? "?"} on ${holder?.host ?? "?"}`;
	if (holder === undefined || findProcess(holder) === "alive") {
		return new LockedError(`${who}.`, {
			why: "It serves one process at a time.",
			fix: `Wait for that process, stop it, or set DATABASE_URL to a PostgreSQL server, which serves many. (${path})`,
		});
	}
	return new LockedError(`${who}, in another container or on another machine.`, {
		why: `It serves one process at a time. Without a sign of life from that process it is free again after ${lastsMs / 1000} seconds.`,
		fix: `Wait for that process, or set DATABASE_URL to a PostgreSQL server, which serves many. Only if it has ended for certain, you may delete ${path}.`,
	});
}
