import { describeSource } from "@tidemark/core/testing";
import { githubCommits, githubJobs, githubPulls, githubRuns } from "../../src/github/sources.ts";
import { closeWorlds, commitsFixture, jobsFixture, pullsFixture, runsFixture } from "./fixtures.ts";

closeWorlds();
describeSource(githubRuns, runsFixture);
describeSource(githubPulls, pullsFixture);
describeSource(githubCommits, commitsFixture);
describeSource(githubJobs, jobsFixture);
