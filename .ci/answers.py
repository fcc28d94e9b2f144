"""Stores results of every kind, and prints what the service answers of them, a line each.

store URL   stores them, with several versions, deleted ones and chunks
read URL    prints digests of everything that store stored, in an order that does not change
go-on URL   stores others until it is stopped
"""

import hashlib
import http.client
import itertools
import json
import sys
import urllib.parse

KEY = {"timestamp": "2026-04-21T12:45:25Z", "run_id": "kept"}
DATA = {
    "small": b'{"a": 1.10, "b": 1e400}',
    "not finite": b'{"a": NaN, "b": [Infinity]}',
    "lines": b'{\n  "a":\t1.10\n}',
    "large": b'{"text": "' + b"x" * 300_000 + b'"}',
    "é/%": b'"\xf0\x9d\x84\x9e\\u0000"',
}


class Client:
    def __init__(self, url: str):
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=60)

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        self.connection.request(method, path, body, {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        return response.status, response.read()

    def must(self, method: str, path: str, body: bytes | None = None) -> bytes:
        status, answer = self.ask(method, path, body)
        if status != 200:
            sys.exit(f"{method} {path} was answered {status}: {answer[:300]!r}")
        return answer

    def post(self, stage: str, benchmark: str, data: bytes, **more) -> None:
        envelope = json.dumps(KEY | {"benchmark_name": benchmark} | more)
        self.must("POST", f"/{stage}", envelope[:-1].encode() + b', "data": ' + data + b"}")


def path(stage: str, benchmark: str) -> str:
    name = f'{KEY["timestamp"]}-{benchmark}-{KEY["run_id"]}'
    return f"/{stage}/{urllib.parse.quote(name, safe='')}"


def kinds():
    for stage in "raw_input", "standardized_output":
        for benchmark, data in DATA.items():
            yield stage, benchmark, data


def store(client: Client) -> None:
    for stage, benchmark, data in kinds():
        client.post(stage, benchmark, b'"an earlier version of ' + b"y" * 100_000 + b'"')
        client.post(stage, benchmark, data, model_id="org/model", tasks="further")
        for state in "deleted", "restored":
            client.post(stage, f"{state} {benchmark}", data)
            client.must("DELETE", path(stage, f"{state} {benchmark}"))
        client.must("POST", path(stage, f"restored {benchmark}") + "/restore")


def read(client: Client) -> None:
    for stage, benchmark, _ in kinds():
        for name in benchmark, f"restored {benchmark}", f"deleted {benchmark}":
            for what in "", "/data", "/data?version=1", "/versions":
                status, answer = client.ask("GET", path(stage, name) + what)
                # An answer that is not there has an id of its own.
                digest = hashlib.sha256(answer if status == 200 else b"").hexdigest()
                print(stage, name, what, status, len(answer) if status == 200 else "", digest)
    for query in "", "?deleted=true", "?fields=data&sort=timestamp&run_id=kept":
        for stage in "raw_input", "standardized_output":
            mark = "&" if query else "?"
            answer = client.must("GET", f"/{stage}{query}{mark}filter=run_id==kept")
            print(stage, query, hashlib.sha256(answer).hexdigest())


def go_on(client: Client) -> None:
    for number in itertools.count():
        client.post("raw_input", f"later {number}", b"[%d]" % number, run_id="later")


if __name__ == "__main__":
    {"store": store, "read": read, "go-on": go_on}[sys.argv[1]](Client(sys.argv[2]))
