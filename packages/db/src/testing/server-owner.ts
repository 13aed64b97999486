import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";

/** The user that a server runs as. */
export interface ServerOwner {
	readonly uid: number;
	readonly gid: number;
}

/** The user to run a server as: PostgreSQL refuses root, so root borrows another user; undefined if nothing has to change. */
export function serverOwner(): ServerOwner | undefined {
	if (process.getuid?.() !== 0) return undefined;
	return unprivileged(existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8") : "");
}

/** The users that fit, best first: the one made for PostgreSQL, else the one made for owning nothing. */
export function unprivileged(passwd: string): ServerOwner | undefined {
	for (const name of ["postgres", "nobody"]) {
		const line = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, "m").exec(passwd);
		if (line) return { uid: Number(line[1]), gid: Number(line[2]) };
	}
	return undefined;
}

/** Whether every user may read a path and pass all the folders above it. */
export function isOpenToAll(path: string): boolean {
	const readAndEnter = 0o005;
	const enter = 0o001;
	let current = realpathSync(path);
	if ((statSync(current).mode & readAndEnter) !== readAndEnter) return false;
	while (current !== dirname(current)) {
		current = dirname(current);
		if ((statSync(current).mode & enter) === 0) return false;
	}
	return true;
}

/** A directory in which an owner can have a folder; TMPDIR may lie in another user's private folder. */
export function temporaryRoot(owner: ServerOwner | undefined): string {
	return owner && !isOpenToAll(tmpdir()) ? "/tmp" : tmpdir();
}
