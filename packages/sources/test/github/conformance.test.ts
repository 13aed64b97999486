import { describeSource } from "@tidemark/core/testing";
import { githubCommits } from "../../src/github/commits/source.ts";
import { githubJobs } from "../../src/github/jobs/source.ts";
import { githubPulls } from "../../src/github/pulls/source.ts";
import { githubRuns } from "../../src/github/runs/source.ts";
import { closeWorlds, commitsFixture, jobsFixture, pullsFixture, runsFixture } from "./fixtures.ts";

closeWorlds();
describeSource(githubRuns, runsFixture);
describeSource(githubPulls, pullsFixture);
describeSource(githubCommits, commitsFixture);
describeSource(githubJobs, jobsFixture);
