import { type DocumentNode, type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import type { JsonObject } from "../view/json.ts";

export interface QueryCost {
	readonly points: number;
	/** How many nodes the query may answer with. */
	readonly nodes: number;
}

/**
 * What a query costs by GitHub's documentation ("Rate limits and query limits for the GraphQL API"): the requests that
 * are needed to fulfil each connection, divided by 100 and rounded, and at least one point. A connection is needed once
 * for each parent that its arguments allow, however many there are.
 */
export function computeCost(document: DocumentNode, variables: JsonObject): QueryCost {
	let requests = 0;
	let nodes = 0;
	const fragments = new Map(
		document.definitions.flatMap((each) =>
			each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each.selectionSet] as const] : [],
		),
	);
	const walk = (selections: SelectionSetNode | undefined, parents: number): void => {
		for (const selection of selections?.selections ?? []) {
			if (selection.kind === Kind.FRAGMENT_SPREAD) walk(fragments.get(selection.name.value), parents);
			else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, parents);
			else {
				const rows = countRows(selection, variables);
				if (rows !== undefined) {
					requests += selection.name.value === "nodes" ? 1 : parents;
					nodes += parents * rows;
				}
				walk(selection.selectionSet, parents * (rows ?? 1));
			}
		}
	};
	const isOperation = (each: { kind: string }): each is OperationDefinitionNode =>
		each.kind === Kind.OPERATION_DEFINITION;
	for (const operation of document.definitions.filter(isOperation)) walk(operation.selectionSet, 1);
	return { points: Math.max(1, Math.round(requests / 100)), nodes };
}

/** How many rows a field may have: `first` or `last` of a connection, the number of ids in `nodes(ids)`; otherwise undefined. */
function countRows(field: FieldNode, variables: JsonObject): number | undefined {
	for (const { name, value } of field.arguments ?? []) {
		const given = givenValue(value, variables);
		if ((name.value === "first" || name.value === "last") && typeof given === "number") return given;
		if (name.value === "ids" && Array.isArray(given)) return given.length;
	}
	return undefined;
}

type ValueNode = NonNullable<FieldNode["arguments"]>[number]["value"];

function givenValue(value: ValueNode, variables: JsonObject): unknown {
	if (value.kind === Kind.VARIABLE) return variables[value.name.value];
	if (value.kind === Kind.INT) return Number(value.value);
	return value.kind === Kind.LIST ? value.values : undefined;
}
