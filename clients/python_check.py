"""How a program uses the Python client, checked against a running service.

    python python_check.py http://127.0.0.1:8000

TOKEN in the environment is sent to a service that asks who calls.
"""

import hashlib
import os
import sys
import time
import urllib.parse
import uuid

from urllib3.exceptions import HTTPError

from benchmark_results_client import (
    AliasesApi,
    AliasesToSet,
    AnnotationPatch,
    AnnotationsApi,
    ApiClient,
    ApiException,
    AttachmentsApi,
    BulkOperationsApi,
    BulkRequest,
    Configuration,
    Exclusion,
    HealthApi,
    RawInputApi,
    ResultToSave,
    StandardizedOutputApi,
)

# What real benchmarks, models and dates are called: the client encodes it all into one path segment.
BENCHMARKS = [
    "Evalchemy",
    "vllm benchmark, 2 GPUs",
    "helm/mmlu:subject=philosophy",
    "C++ & C#: 100% + more?",
    "Größe – 数学 – 🏁",
]
TIMESTAMPS = ["2026-04-21T12:45:25.391040Z", "2026-04-21T14:45:25+02:00", "21 April 2026, 12:45"]


def check(holds: bool, what: str) -> None:
    if not holds:
        sys.exit(f"python client: {what}")


def check_result(raw: RawInputApi, timestamp: str, benchmark: str) -> None:
    run_id = f"run {uuid.uuid4()}"
    data = {"results": {"aime24": {"exact_match,none": 0.4333, "alias": None}}, "seed": 2**70}
    # from_dict takes the members as they are in JSON; ones that the contract does not name are kept.
    result = ResultToSave.from_dict(
        {
            "run_id": run_id,
            "benchmark_name": benchmark,
            "timestamp": timestamp,
            "model_id": "Qwen/Qwen3-8B",
            "tasks": "aime24",
            "data": data,
        }
    )

    saved = raw.save_raw_input(result)
    name = saved.saved_as
    check(saved.outcome == "stored", f"storing {name!r} answered {saved.outcome}")
    check(name == f"{timestamp}-{benchmark}-{run_id}", f"{name!r} is not timestamp-benchmark-run")

    again = raw.save_raw_input(result)
    check(again.outcome == "already_stored", f"storing {name!r} again answered {again.outcome}")
    check(again.version == saved.version, f"storing {name!r} again made version {again.version}")

    found = raw.find_raw_input(name)
    check(found.result_name == name, f"{name!r} is found as {found.result_name!r}")
    check(found.data == data, f"{name!r} was found with other data: {found.data}")
    check(found.model_id == "Qwen/Qwen3-8B", f"{name!r} lost its model id")
    check(found.additional_properties["tasks"] == "aime24", f"{name!r} lost a member of the sender's own")

    # Without preloading, the client leaves the bytes alone: they are the ones that were sent.
    received = raw.read_raw_input_data_without_preload_content(name).data
    digest = f"sha256:{hashlib.sha256(received).hexdigest()}"
    check(digest == saved.digest, f"the data of {name!r} has {digest}, not {saved.digest}")
    check(raw.read_raw_input_data(name) == data, f"the data of {name!r} is not what was sent")

    try:
        raw.save_raw_input(result.model_copy(update={"data": {}}), if_none_match="*")
        check(False, f"If-None-Match: * made a new version of {name!r}")
    except ApiException as refused:
        check(refused.status == 412, f"If-None-Match: * on {name!r} answered {refused.status}")
        check(refused.data.title != "", "a refusal is not a problem document")

    changed = raw.save_raw_input(result.model_copy(update={"data": {"results": {}}}))
    check(changed.outcome == "new_version", f"other data for {name!r} answered {changed.outcome}")
    check(raw.find_raw_input(name).data == {"results": {}}, f"{name!r} does not read as its newest version")
    check(raw.find_raw_input(name, version=saved.version).data == data, f"version 1 of {name!r} is lost")
    versions = raw.list_raw_input_versions(name)
    check([row.version for row in versions] == [2, 1], f"{name!r} has the versions {versions}")
    check(versions[1].digest == saved.digest, f"version 1 of {name!r} has another digest")

    listed = [row for row in raw.list_raw_input() if row.pk == name]
    check(len(listed) == 1, f"{name!r} is listed {len(listed)} times")
    check(listed[0].version == 2, f"{name!r} is listed with version {listed[0].version}")


def check_pair(raw: RawInputApi, standardized: StandardizedOutputApi) -> None:
    """A raw input and its standardized output share their result name."""
    raw_input = raw.save_raw_input(
        ResultToSave.from_dict({"benchmark_name": "python pair", "timestamp": "1754481600.25", "data": [float("nan"), 1]})
    )
    check(raw_input.run_id != "", "no run id was made")
    check(raw.find_raw_input(raw_input.saved_as).data == [None, 1], "NaN is not read as null")
    output = standardized.save_standardized_output(
        ResultToSave.from_dict(
            {
                "benchmark_name": "python pair",
                "timestamp": "1754481600.25",
                "run_id": raw_input.run_id,
                "data": {"throughput": 12.5},
            }
        )
    )
    check(output.saved_as == raw_input.saved_as, f"{output.saved_as!r} is not {raw_input.saved_as!r}")
    check(standardized.find_standardized_output(output.saved_as).data == {"throughput": 12.5}, "other data")
    check(output.saved_as in [row.pk for row in standardized.list_standardized_output()], "it is not listed")


def check_pages_and_deletion(raw: RawInputApi) -> None:
    run_id = f"pages {uuid.uuid4()}"
    for benchmark in BENCHMARKS:
        raw.save_raw_input(
            ResultToSave(run_id=run_id, benchmark_name=benchmark, timestamp="2026-04-21T12:45:25Z", data={"a": 1})
        )
    names, cursor = [], None
    while True:
        page = raw.list_raw_input_with_http_info(run_id=[run_id], limit=2, cursor=cursor)
        names += [row.pk for row in page.data]
        link = next((value for name, value in page.headers.items() if name.lower() == "link"), None)
        if link is None:
            break
        query = urllib.parse.urlsplit(link.partition("<")[2].partition(">")[0]).query
        cursor = urllib.parse.parse_qs(query)["cursor"][0]
    check(len(set(names)) == len(names) == len(BENCHMARKS), f"the pages hold {names}")
    for name in names:
        check(raw.delete_raw_input(name).result_name == name, f"{name!r} was not deleted")
    check(raw.list_raw_input(run_id=[run_id]) == [], "deleted results are listed")


def check_annotations(client: ApiClient, raw: RawInputApi) -> None:
    """Labels, exclusion, a file beside the result, and many results at once."""
    run_id = f"annotated {uuid.uuid4()}"
    saved = raw.save_raw_input(
        ResultToSave.from_dict(
            {
                "run_id": run_id,
                "benchmark_name": "annotated",
                "timestamp": "2026-04-21T12:45:25Z",
                "context": {"labels": {"nightly": "main"}},
                "data": {"accuracy": 0.5},
            }
        )
    )
    name = saved.saved_as

    annotations = AnnotationsApi(client)
    changed = annotations.annotate_raw_input(
        name,
        AnnotationPatch(
            labels={"nightly": None, "branch": "release"}, note="Throttled.", excluded=Exclusion(reason="throttled")
        ),
    )
    check(changed.labels == {"branch": "release"}, f"{name!r} has the labels {changed.labels}")
    check(changed.excluded.reason == "throttled", f"{name!r} is excluded as {changed.excluded}")
    check(raw.list_raw_input(run_id=[run_id], excluded="no") == [], "an excluded result is listed")
    check(len(raw.list_raw_input(filter=f"labels.branch==release;run_id=='{run_id}'")) == 1, "no label finds it")
    check(annotations.list_raw_input_annotations(name)[0].note == "Throttled.", "the history lacks the note")

    attachments = AttachmentsApi(client)
    attachments.put_raw_input_attachment(name, "run 1.log", b"started\n")
    check([one.name for one in attachments.list_raw_input_attachments(name)] == ["run 1.log"], "no attachment")
    check(attachments.read_raw_input_attachment(name, "run 1.log") == b"started\n", "the attachment has other bytes")

    bulk = BulkOperationsApi(client)
    shown = bulk.change_results(BulkRequest(action="include", stage="raw_input", run_id=[run_id], dry_run=True))
    check(shown.count == 1, f"the dry run found {shown.count} results")
    operation = bulk.change_results(BulkRequest(token=shown.token))
    until = time.monotonic() + 60
    while operation.state in ("ready", "running") and time.monotonic() < until:
        time.sleep(0.2)
        operation = bulk.find_bulk_operation(operation.id)
    check(operation.state == "done", f"the operation is {operation.state}")
    check(raw.find_raw_input(name).excluded is None, f"{name!r} is still excluded")
    raw.delete_raw_input(name)


def check_aliases(client: ApiClient, raw: RawInputApi) -> None:
    model = f"org/model {uuid.uuid4()}"
    saved = raw.save_raw_input(
        ResultToSave.from_dict(
            {"benchmark_name": "alias", "timestamp": "2026-04-21T12:45:25Z", "model_id": model, "data": 1}
        )
    )
    aliases = AliasesApi(client)
    spelling = f"{model} (local)"
    aliases.set_aliases(model, AliasesToSet(aliases=[spelling]))
    try:
        rows = raw.list_raw_input(model_id=[spelling], fold="aliases")
        check([row.pk for row in rows] == [saved.saved_as], f"the spelling finds {rows}")
        check(rows[0].folded_model == model, f"it is folded into {rows[0].folded_model!r}")
    finally:
        aliases.remove_aliases(model, if_match="*")
    raw.delete_raw_input(saved.saved_as)


def check_not_found(raw: RawInputApi) -> None:
    try:
        raw.find_raw_input("nothing/here")
        check(False, "a result was found that nobody stored")
    except ApiException as missing:
        check(missing.status == 404, f"a result that nobody stored answered {missing.status}")
        check(missing.data.detail == "File not found", f"its detail is {missing.data.detail!r}")


def main(url: str) -> None:
    with ApiClient(Configuration(host=url, access_token=os.environ.get("TOKEN"))) as client:
        health = HealthApi(client).health()
        check(health.mongodb_status == "connected", f"the database is {health.mongodb_status}")
        raw = RawInputApi(client)
        for at, benchmark in enumerate(BENCHMARKS):
            check_result(raw, TIMESTAMPS[at % len(TIMESTAMPS)], benchmark)
        check_pair(raw, StandardizedOutputApi(client))
        check_pages_and_deletion(raw)
        check_annotations(client, raw)
        check_aliases(client, raw)
        check_not_found(raw)
    print(f"python client: {len(BENCHMARKS)} results stored, listed in pages, found, read, annotated and deleted")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except ApiException as answer:
        sys.exit(f"python client: the service answered {answer.status}: {answer.body}")
    except HTTPError as failure:
        sys.exit(f"python client: {failure}")
