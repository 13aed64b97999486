import { GraphQLError } from "graphql";

export interface ConnectionArguments {
	readonly first?: number | null;
	readonly last?: number | null;
	readonly after?: string | null;
}

export interface Connection<Row> {
	readonly totalCount: number;
	readonly nodes: readonly Row[];
	readonly pageInfo: {
		readonly hasNextPage: boolean;
		readonly hasPreviousPage: boolean;
		readonly startCursor: string | null;
		readonly endCursor: string | null;
	};
}

/**
 * A part of rows as GraphQL pages them.
 * @throws GraphQLError if neither `first` nor `last` is given, or more than 100 rows are asked for
 */
export function pageConnection<Row>(rows: readonly Row[], given: ConnectionArguments, name: string): Connection<Row> {
	const { first, last, after } = given;
	const count = first ?? last;
	if (count == null) {
		throw createError(
			"MISSING_PAGINATION_BOUNDARIES",
			`You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
		);
	}
	if (count > 100) {
		throw createError(
			"EXCESSIVE_PAGINATION",
			`Requesting ${count} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`,
		);
	}
	const from = after == null ? 0 : decodeCursor(after) + 1;
	const start = first == null ? Math.max(from, rows.length - count) : from;
	const nodes = rows.slice(start, start + count);
	const end = start + nodes.length;
	return {
		totalCount: rows.length,
		nodes,
		pageInfo: {
			hasNextPage: end < rows.length,
			hasPreviousPage: start > 0,
			startCursor: nodes.length > 0 ? encodeCursor(start) : null,
			endCursor: nodes.length > 0 ? encodeCursor(end - 1) : null,
		},
	};
}

/** An error as GitHub writes it, with a `type` beside the message. */
export function createError(type: string, message: string): GraphQLError {
	return new GraphQLError(message, { extensions: { type } });
}

function encodeCursor(position: number): string {
	return Buffer.from(`cursor:${position}`).toString("base64");
}

function decodeCursor(cursor: string): number {
	const [, position] = /^cursor:(\d+)$/.exec(Buffer.from(cursor, "base64").toString()) ?? [];
	if (position === undefined)
		throw createError("INVALID_CURSOR_ARGUMENTS", `\`${cursor}\` does not appear to be a valid cursor.`);
	return Number(position);
}
