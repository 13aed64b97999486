import { acquireLease, type Database, fence, type Lease, releaseLease, renewalSeconds } from "@tidemark/db";

/**
 * Holds the lease of that name while `work` runs, and gives signs of life while it waits for the outside world.
 * @throws LockedError while another holds it
 */
export async function withLease<Result>(
	db: Database,
	name: string,
	work: (lease: Lease) => Promise<Result>,
): Promise<Result> {
	const lease = await acquireLease(db, name);
	// Whether the lease is still ours is proved with every page; here a failure is of no consequence.
	const heartbeat = setInterval(() => fence(db, lease).catch(() => undefined), renewalSeconds * 1000);
	heartbeat.unref();
	try {
		return await work(lease);
	} finally {
		clearInterval(heartbeat);
		await releaseLease(db, lease).catch(() => undefined);
	}
}
