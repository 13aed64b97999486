import { timestamp } from "drizzle-orm/pg-core";

/** A point in time with microseconds, kept as text in TypeScript: a Date has only milliseconds and would merge distinct rows. */
export const instant = () => timestamp({ withTimezone: true, mode: "string", precision: 6 });

/** When a row was first stored and when it last changed. `save` tells inserted from updated rows by the first. */
export const stamps = () => ({
	ingestedAt: instant().notNull(),
	changedAt: instant().notNull(),
});
