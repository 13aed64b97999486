import { buildSchema } from "graphql";

/**
 * The part of GitHub's public schema that is simulated, with its names and nullability. Whatever else is asked for
 * fails as it would there: by the schema. `databaseId` is an Int at GitHub, which answers with larger numbers all the same.
 */
export const githubSchema = buildSchema(/* GraphQL */ `
	scalar DateTime
	scalar GitObjectID
	scalar URI
	scalar BigInt

	interface Node { id: ID! }
	interface Actor { login: String! }
	type User implements Node & Actor { id: ID! login: String! }
	type Bot implements Node & Actor { id: ID! login: String! }

	type Query {
		node(id: ID!): Node
		nodes(ids: [ID!]!): [Node]!
		rateLimit(dryRun: Boolean = false): RateLimit
		repository(owner: String!, name: String!, followRenames: Boolean = true): Repository
		viewer: User!
	}

	type RateLimit { limit: Int! cost: Int! remaining: Int! used: Int! resetAt: DateTime! nodeCount: Int! }
	type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }

	type Repository implements Node {
		id: ID!
		databaseId: Int
		nameWithOwner: String!
		isPrivate: Boolean!
		isArchived: Boolean!
		pullRequest(number: Int!): PullRequest
		pullRequests(
			first: Int last: Int after: String before: String states: [PullRequestState!] orderBy: IssueOrder
		): PullRequestConnection!
	}

	enum PullRequestState { OPEN CLOSED MERGED }
	enum IssueOrderField { CREATED_AT UPDATED_AT COMMENTS }
	enum OrderDirection { ASC DESC }
	input IssueOrder { field: IssueOrderField! direction: OrderDirection! }

	type PullRequestConnection { totalCount: Int! nodes: [PullRequest] pageInfo: PageInfo! }
	type PullRequest implements Node {
		id: ID!
		number: Int!
		title: String!
		state: PullRequestState!
		isDraft: Boolean!
		merged: Boolean!
		closed: Boolean!
		additions: Int!
		deletions: Int!
		changedFiles: Int!
		createdAt: DateTime!
		updatedAt: DateTime!
		closedAt: DateTime
		mergedAt: DateTime
		author: Actor
		headRefName: String!
		headRefOid: GitObjectID!
		baseRefName: String!
		headRepository: Repository
		mergeCommit: Commit
		commits(first: Int last: Int after: String before: String): PullRequestCommitConnection!
		timelineItems(
			first: Int last: Int after: String before: String since: DateTime itemTypes: [PullRequestTimelineItemsItemType!]
		): PullRequestTimelineItemsConnection!
	}

	type Commit implements Node { id: ID! oid: GitObjectID! message: String! authoredDate: DateTime! committedDate: DateTime! }
	type PullRequestCommit implements Node { id: ID! commit: Commit! }
	type PullRequestCommitConnection { totalCount: Int! nodes: [PullRequestCommit] pageInfo: PageInfo! }

	enum PullRequestTimelineItemsItemType {
		CLOSED_EVENT REOPENED_EVENT MERGED_EVENT READY_FOR_REVIEW_EVENT CONVERT_TO_DRAFT_EVENT
		HEAD_REF_FORCE_PUSHED_EVENT BASE_REF_CHANGED_EVENT LABELED_EVENT
	}
	type PullRequestTimelineItemsConnection {
		totalCount: Int!
		filteredCount: Int!
		nodes: [PullRequestTimelineItems]
		pageInfo: PageInfo!
	}
	union PullRequestTimelineItems =
		ClosedEvent | ReopenedEvent | MergedEvent | ReadyForReviewEvent | ConvertToDraftEvent
		| HeadRefForcePushedEvent | BaseRefChangedEvent | LabeledEvent
	type ClosedEvent implements Node { id: ID! createdAt: DateTime! actor: Actor }
	type ReopenedEvent implements Node { id: ID! createdAt: DateTime! actor: Actor }
	type MergedEvent implements Node { id: ID! createdAt: DateTime! actor: Actor }
	type ReadyForReviewEvent implements Node { id: ID! createdAt: DateTime! actor: Actor }
	type ConvertToDraftEvent implements Node { id: ID! createdAt: DateTime! actor: Actor }
	type HeadRefForcePushedEvent implements Node { id: ID! createdAt: DateTime! actor: Actor }
	type BaseRefChangedEvent implements Node { id: ID! createdAt: DateTime! actor: Actor }
	type LabeledEvent implements Node { id: ID! createdAt: DateTime! actor: Actor }

	enum CheckStatusState { REQUESTED QUEUED IN_PROGRESS COMPLETED WAITING PENDING }
	enum CheckConclusionState {
		ACTION_REQUIRED TIMED_OUT CANCELLED FAILURE SUCCESS NEUTRAL SKIPPED STARTUP_FAILURE STALE
	}
	enum CheckRunType { ALL LATEST }
	input CheckRunFilter { checkType: CheckRunType checkName: String }

	type CheckSuite implements Node {
		id: ID!
		databaseId: BigInt
		status: CheckStatusState!
		conclusion: CheckConclusionState
		createdAt: DateTime!
		workflowRun: WorkflowRun
		checkRuns(
			first: Int last: Int after: String before: String filterBy: CheckRunFilter
		): CheckRunConnection
	}
	type WorkflowRun implements Node { id: ID! databaseId: BigInt runNumber: Int! createdAt: DateTime! }
	type CheckRunConnection { totalCount: Int! nodes: [CheckRun] pageInfo: PageInfo! }
	type CheckRun implements Node {
		id: ID!
		databaseId: BigInt
		name: String!
		status: CheckStatusState!
		conclusion: CheckConclusionState
		startedAt: DateTime
		completedAt: DateTime
		permalink: URI!
		steps(first: Int last: Int after: String before: String number: Int): CheckStepConnection
	}
	type CheckStepConnection { totalCount: Int! nodes: [CheckStep] pageInfo: PageInfo! }
	type CheckStep {
		name: String!
		number: Int!
		status: CheckStatusState!
		conclusion: CheckConclusionState
		startedAt: DateTime
		completedAt: DateTime
	}
`);
