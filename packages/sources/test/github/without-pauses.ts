import { afterEach, beforeEach, vi } from "vitest";

/** Before it tries again, the client pauses for a random time: in this file for next to none. */
export function withoutPauses(): void {
	const random = Math.random;
	beforeEach(() => {
		vi.spyOn(Math, "random").mockImplementation(() => random() / 1000 - 0.5);
	});
	afterEach(() => {
		vi.restoreAllMocks();
	});
}
