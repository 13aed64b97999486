import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { readErrorCode, TelemetryError } from "./errors.ts";

export const megabyte = 1_000_000;

/** Bytes that are left free: PostgreSQL panics if its next log file of 16 MiB finds no room, and never comes back from it. */
export const minDiskBytes = 18 * megabyte;

/** Bytes that may still be written to the disk of a path, which need not exist yet; undefined if the system does not say. */
function readFreeBytes(path: string): number | undefined {
	try {
		const { bavail, bsize } = statfsSync(path);
		return bavail * bsize;
	} catch (error) {
		const parent = dirname(path);
		return readErrorCode(error) === "ENOENT" && parent !== path ? readFreeBytes(parent) : undefined;
	}
}

/** @returns an error in words if fewer bytes than needed are left */
export function findLackOfSpace(path: string, neededBytes: number): TelemetryError | undefined {
	const free = readFreeBytes(path);
	if (free === undefined || free >= neededBytes) return undefined;
	return new TelemetryError(
		`The disk of ${path} is full: ${formatMegabytes(free)} are left, the embedded database needs ${formatMegabytes(neededBytes)}.`,
		{
			why: "What was stored before is safe; nothing more was written.",
			fix: `Free ${formatMegabytes(neededBytes - free)} or more there and run it again, or set TELEMETRY_DB_DIR to another disk, or DATABASE_URL to a PostgreSQL server.`,
		},
	);
}

function formatMegabytes(bytes: number): string {
	return `${Math.ceil(bytes / megabyte)} MB`;
}
