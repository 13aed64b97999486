import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { LockedError, readErrorCode, TelemetryError } from "./errors.ts";
import { identifyProcess, isSameProcessAlive, type ProcessIdentity } from "./process-identity.ts";

/**
 * Guards a PGlite directory: two processes on one corrupt it silently, and PGlite itself does not notice.
 * The file names its holder; one left behind by a process that is gone is taken over.
 *
 * @returns a function that gives the lock back
 * @throws LockedError while its holder is alive
 */
export function holdLockFile(path: string): () => void {
	makeDirectory(path);
	if (!tryCreate(path)) takeOver(path);
	const release = () => rmSync(path, { force: true });
	process.once("exit", release);
	return () => {
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
		if (holder && isSameProcessAlive(holder)) throw refuseHeld(path, holder);
		rmSync(path, { force: true });
		if (!tryCreate(path)) throw refuseHeld(path, readHolder(path));
	} finally {
		rmSync(breaking, { force: true });
	}
}

function tryCreate(path: string): boolean {
	try {
		writeFileSync(path, JSON.stringify(identifyProcess()), { flag: "wx" });
		return true;
	} catch (error) {
		if (readErrorCode(error) === "EEXIST") return false;
		throw refuseWriting(path, error);
	}
}

function makeDirectory(path: string): void {
	try {
		mkdirSync(dirname(path), { recursive: true });
	} catch (error) {
		throw refuseWriting(path, error);
	}
}

function refuseWriting(path: string, cause: unknown): TelemetryError {
	return new TelemetryError(`${path} cannot be written.`, {
		fix: "Make the directory writable, or set DATABASE_URL to a PostgreSQL server.",
		cause,
	});
}

/** Undefined if the file is gone by now, or was left by a process that was killed between creating and filling it. */
function readHolder(path: string): ProcessIdentity | undefined {
	return readHolderNow(path) ?? readHolderAfter(path, 500);
}

/** A process that has just created the file fills it at once: what cannot be read yet may be readable a moment later. */
function readHolderAfter(path: string, ms: number): ProcessIdentity | undefined {
	if (!existsSync(path)) return undefined;
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
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
	return new LockedError(
		`The embedded database is in use by process ${holder?.pid ?? "?"} on ${holder?.host ?? "?"}.`,
		{
			why: "It serves one process at a time.",
			fix: `Wait for that process, stop it, or set DATABASE_URL to a PostgreSQL server, which serves many. (${path})`,
		},
	);
}
