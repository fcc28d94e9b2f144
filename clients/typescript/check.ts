/**
 * How a program uses the TypeScript client, checked against a running service.
 *
 *     node check.js http://127.0.0.1:8000
 */
import { createHash, randomUUID } from "node:crypto";
import {
  Configuration,
  HealthApi,
  ProblemFromJSON,
  RawInputApi,
  ResponseError,
  StandardizedOutputApi,
  type ResultToSave,
} from "benchmark-results-client";

// What real benchmarks, models and dates are called: the client encodes it all into one path segment.
const benchmarks = [
  "Evalchemy",
  "vllm benchmark, 2 GPUs",
  "helm/mmlu:subject=philosophy",
  "C++ & C#: 100% + more?",
  "Größe – 数学 – 🏁",
];
const timestamps = ["2026-04-21T12:45:25.391040Z", "2026-04-21T14:45:25+02:00", "21 April 2026, 12:45"];

function check(holds: boolean, what: string): void {
  if (!holds) {
    throw new Error(what);
  }
}

/** What the service answered instead: the status and the problem document. */
async function refusal(request: Promise<unknown>) {
  try {
    await request;
  } catch (error) {
    if (error instanceof ResponseError) {
      return { status: error.response.status, problem: ProblemFromJSON(await error.response.json()) };
    }
    throw error;
  }
  throw new Error("a request that had to be refused was not");
}

async function checkResult(raw: RawInputApi, timestamp: string, benchmark: string): Promise<void> {
  const data = { results: { aime24: { "exact_match,none": 0.4333, alias: null } } };
  // Members that the contract does not name, such as tasks, are kept.
  const resultToSave: ResultToSave = {
    run_id: `run ${randomUUID()}`,
    benchmark_name: benchmark,
    timestamp,
    model_id: "Qwen/Qwen3-8B",
    tasks: "aime24",
    data,
  };

  const saved = await raw.saveRawInput({ resultToSave });
  const resultName = saved.saved_as;
  check(saved.outcome === "stored", `storing ${resultName} answered ${saved.outcome}`);
  check(resultName === `${timestamp}-${benchmark}-${resultToSave.run_id}`, `${resultName} is not timestamp-benchmark-run`);

  const again = await raw.saveRawInput({ resultToSave });
  check(again.outcome === "already_stored", `storing ${resultName} again answered ${again.outcome}`);
  check(again.version === saved.version, `storing ${resultName} again made version ${again.version}`);

  const found = await raw.findRawInput({ resultName });
  check(found.result_name === resultName, `${resultName} is found as ${found.result_name}`);
  check(JSON.stringify(found.data) === JSON.stringify(data), `${resultName} was found with other data`);
  check(found.model_id === "Qwen/Qwen3-8B", `${resultName} lost its model id`);
  check(found.tasks === "aime24", `${resultName} lost a member of the sender's own`);
  check(found.received_at instanceof Date, `${resultName} has no moment of receiving`);

  // The raw response holds the bytes: they are the ones that were sent.
  const received = await (await raw.readRawInputDataRaw({ resultName })).raw.arrayBuffer();
  const digest = `sha256:${createHash("sha256").update(new Uint8Array(received)).digest("hex")}`;
  check(digest === saved.digest, `the data of ${resultName} has ${digest}, not ${saved.digest}`);
  const read = await raw.readRawInputData({ resultName });
  check(JSON.stringify(read) === JSON.stringify(data), `the data of ${resultName} is not what was sent`);

  const refused = await refusal(raw.saveRawInput({ resultToSave: { ...resultToSave, data: {} }, ifNoneMatch: "*" }));
  check(refused.status === 412, `If-None-Match: * on ${resultName} answered ${refused.status}`);

  const changed = await raw.saveRawInput({ resultToSave: { ...resultToSave, data: { results: {} } } });
  check(changed.outcome === "new_version", `other data for ${resultName} answered ${changed.outcome}`);
  const newest = await raw.findRawInput({ resultName });
  check(JSON.stringify(newest.data) === '{"results":{}}', `${resultName} does not read as its newest version`);
  const first = await raw.findRawInput({ resultName, version: saved.version });
  check(JSON.stringify(first.data) === JSON.stringify(data), `version 1 of ${resultName} is lost`);
  const versions = await raw.listRawInputVersions({ resultName });
  check(versions.map((row) => row.version).join() === "2,1", `${resultName} has the versions ${JSON.stringify(versions)}`);
  check(versions[1].digest === saved.digest, `version 1 of ${resultName} has another digest`);

  const listed = (await raw.listRawInput()).filter((row) => row.pk === resultName);
  check(listed.length === 1, `${resultName} is listed ${listed.length} times`);
  check(listed[0].version === 2, `${resultName} is listed with version ${listed[0].version}`);
}

/** A raw input and its standardized output share their result name. */
async function checkPair(raw: RawInputApi, standardized: StandardizedOutputApi): Promise<void> {
  const envelope = { benchmark_name: "pair", timestamp: "1754481600.25" };
  const rawInput = await raw.saveRawInput({ resultToSave: { ...envelope, data: [1] } });
  check(rawInput.run_id !== "", "no run id was made");
  const output = await standardized.saveStandardizedOutput({
    resultToSave: { ...envelope, run_id: rawInput.run_id, data: { throughput: 12.5 } },
  });
  const resultName = output.saved_as;
  check(resultName === rawInput.saved_as, `${resultName} is not ${rawInput.saved_as}`);
  const found = await standardized.findStandardizedOutput({ resultName });
  check(found.data.throughput === 12.5, `${resultName} was found with other data`);
  const listed = (await standardized.listStandardizedOutput()).map((row) => row.pk);
  check(listed.includes(resultName), `${resultName} is not listed`);
}

async function checkPagesAndDeletion(raw: RawInputApi): Promise<void> {
  const runId = `pages ${randomUUID()}`;
  for (const benchmark_name of benchmarks) {
    await raw.saveRawInput({
      resultToSave: { run_id: runId, benchmark_name, timestamp: "2026-04-21T12:45:25Z", data: { a: 1 } },
    });
  }
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await raw.listRawInputRaw({ runId: [runId], limit: 2, cursor });
    names.push(...(await page.value()).map((row) => row.pk ?? ""));
    const link = /<([^>]*)>/.exec(page.raw.headers.get("Link") ?? "");
    cursor = link ? (new URL(link[1], page.raw.url).searchParams.get("cursor") ?? undefined) : undefined;
  } while (cursor);
  check(new Set(names).size === benchmarks.length, `the pages hold ${names}`);
  for (const resultName of names) {
    const deleted = await raw.deleteRawInput({ resultName });
    check(deleted.result_name === resultName, `${resultName} was not deleted`);
  }
  check((await raw.listRawInput({ runId: [runId] })).length === 0, "deleted results are listed");
}

async function checkNotFound(raw: RawInputApi): Promise<void> {
  const missing = await refusal(raw.findRawInput({ resultName: "nothing/here" }));
  check(missing.status === 404, `a result that nobody stored answered ${missing.status}`);
  check(missing.problem.detail === "File not found", `its detail is ${missing.problem.detail}`);
}

async function main(basePath: string): Promise<void> {
  const configuration = new Configuration({ basePath, accessToken: process.env.TOKEN });
  const health = await new HealthApi(configuration).health();
  check(health.mongodb_status === "connected", `the database is ${health.mongodb_status}`);
  const raw = new RawInputApi(configuration);
  for (const [at, benchmark] of benchmarks.entries()) {
    await checkResult(raw, timestamps[at % timestamps.length], benchmark);
  }
  await checkPair(raw, new StandardizedOutputApi(configuration));
  await checkPagesAndDeletion(raw);
  await checkNotFound(raw);
  console.log(`typescript client: ${benchmarks.length} results stored, listed in pages, found, read and deleted`);
}

main(process.argv[2]).catch(async (error) => {
  const answer = error instanceof ResponseError ? `: ${error.response.status} ${await error.response.text()}` : "";
  console.error(`typescript client: ${error.message}${answer}`);
  process.exitCode = 1;
});
