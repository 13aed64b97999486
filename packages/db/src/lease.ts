import { randomUUID } from "node:crypto";
import type { Database, Queryable } from "./database.ts";
import { LockedError, readErrorCode, TelemetryError } from "./errors.ts";
import { findProcess, identifyProcess, type ProcessIdentity } from "./process-identity.ts";

/** The right to write for one name, until it expires by the database's clock. */
export interface Lease {
	readonly name: string;
	readonly holder: string;
}

type Holder = ProcessIdentity & { readonly acquired: string };

/** How long a lease lasts without a sign of life, and how often its holder gives one. Seconds. */
const leaseSeconds = 60;
export const renewalSeconds = 15;

/**
 * Takes the lease of that name if it is free, expired, or left behind by a process of this machine that is gone.
 * A row instead of an advisory lock: it works through poolers and on the embedded database.
 *
 * @throws LockedError naming the holder while it is held
 */
export async function acquireLease(db: Database, name: string): Promise<Lease> {
	const lease = { name, holder: randomUUID() };
	const { host, bootId, pid } = identifyProcess();
	const taking = db.transaction(async (tx) => {
		// A holder in the middle of a page keeps the row locked; if it is suspended there, until the server ends its transaction.
		await tx.query("SELECT set_config('lock_timeout', '5s', true)");
		const [current] = await tx.query<Holder & { holder: string; expired: boolean }>(
			`SELECT holder, host, boot_id AS "bootId", pid, expires_at <= clock_timestamp() AS expired, acquired_at AS acquired
FROM locks WHERE name = $1 FOR UPDATE`,
			[name],
		);
		const mayBeHeld = current && !current.expired && ["alive", "unknown"].includes(findProcess(current));
		if (mayBeHeld) throw refuseHeld(name, current);
		const taken = await tx.query(
			`INSERT INTO locks (name, holder, host, boot_id, pid, acquired_at, expires_at)
VALUES ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp() + make_interval(secs => $6))
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, host = excluded.host, boot_id = excluded.boot_id,
pid = excluded.pid, acquired_at = excluded.acquired_at, expires_at = excluded.expires_at
WHERE locks.holder = $7 RETURNING holder`,
			[name, lease.holder, host, bootId, pid, leaseSeconds, current?.holder ?? ""],
		);
		// Another process took it after we looked.
		if (taken.length === 0) throw refuseHeld(name, undefined);
		return lease;
	});
	return taking.catch((error) => {
		// The wait for the row's lock ran out of time.
		throw readErrorCode(error) === "55P03" ? refuseHeld(name, undefined) : error;
	});
}

/**
 * Proves inside a transaction that the lease is still ours, and extends it. Nobody can take it over until that transaction
 * ends: what it commits was written by the holder, however long the process had been suspended before.
 *
 * @throws TelemetryError when another process has taken over
 */
export async function fence(tx: Queryable, lease: Lease): Promise<void> {
	const held = await tx.query(
		`UPDATE locks SET expires_at = clock_timestamp() + make_interval(secs => $3) WHERE name = $1 AND holder = $2 RETURNING name`,
		[lease.name, lease.holder, leaseSeconds],
	);
	if (held.length > 0) return;
	throw new TelemetryError(`Another process has taken over ${lease.name}; nothing more was written by this one.`, {
		why: "This process was suspended or cut off from the database for longer than its lease.",
		fix: "Nothing is lost: the other process goes on from what was committed.",
	});
}

/** Gives the lease back; does nothing if it was taken over. */
export async function releaseLease(db: Queryable, lease: Lease): Promise<void> {
	await db.query("DELETE FROM locks WHERE name = $1 AND holder = $2", [lease.name, lease.holder]);
}

function refuseHeld(name: string, holder: Holder | undefined): LockedError {
	const { pid, host, acquired } = holder ?? {};
	const who = acquired ? `process ${pid} on ${host} since ${acquired.slice(0, 19)}Z` : "another process";
	return new LockedError(`${name} is being ingested by ${who}.`, {
		fix: `Wait for it, or stop it; a lease without a sign of life is free again after ${leaseSeconds} seconds.`,
	});
}
