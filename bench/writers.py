"""Callers that write results, read what they wrote, and remember what they were answered."""

import http.client
import itertools
import json
import threading
import time
import urllib.parse

STAGES = "raw_input", "standardized_output"
CALLERS = 6
LOAD_LINES = 200
TIMEOUT_SECONDS = 30


class Ledger:
    """What was sent, and when it was first answered 200; what a reader missed."""

    def __init__(self):
        self.lock = threading.Lock()
        self.sent = {}
        self.acknowledged = {}
        self.refused = 0
        self.cut = 0
        self.stale = []
        self.wrong = []

    def note_sent(self, stage: str, name: str, data: bytes) -> None:
        with self.lock:
            self.sent[stage, name] = data

    def note_acknowledged(self, stage: str, name: str) -> None:
        with self.lock:
            self.acknowledged.setdefault((stage, name), time.monotonic())

    def note_failed(self, status: int | None, answer: bytes = b"") -> None:
        """An answer that is no 200; none at all when the connection was cut."""
        with self.lock:
            if status is None:
                self.cut += 1
                return
            self.refused += 1
            if status != 503:
                self.wrong.append(f"{status} {answer[:200]!r}")

    def first_after(self, moment: float) -> float:
        """When the first result was acknowledged after the moment."""
        return min(acknowledged for acknowledged in self.acknowledged.values() if acknowledged > moment)

    def longest_silence(self, begin: float, end: float) -> tuple[float, float]:
        """The longest time without a first 200: when it began and when it ended."""
        moments = sorted(moment for moment in self.acknowledged.values() if begin <= moment <= end)
        return max(itertools.pairwise([begin, *moments]), key=lambda pair: pair[1] - pair[0])


class Writers:
    """Go on until they are told to end; what is not answered 200 is sent again until it is."""

    def __init__(self, port: int, token: str):
        self.port = port
        self.token = token
        self.ledger = Ledger()
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self._singles, args=(caller,)) for caller in range(CALLERS)]
        self.threads.append(threading.Thread(target=self._loads))
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        """Comes back when everything that was begun is acknowledged."""
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def _envelope(self, caller: str, number: int) -> tuple[str, bytes, bytes]:
        """The result's name, its data and the body that sends it."""
        data = f'{{"number": {number}.10, "text": "{caller} {"x" * (number % 700)}"}}'.encode()
        key = {"timestamp": "2026-04-21T12:45:25Z", "benchmark_name": f"faults-{self.token}", "run_id": f"{caller}-{number}"}
        body = json.dumps(key)[:-1].encode() + b', "data": ' + data + b"}"
        return f'{key["timestamp"]}-{key["benchmark_name"]}-{key["run_id"]}', data, body

    def _singles(self, caller: int) -> None:
        stage = STAGES[caller % len(STAGES)]
        connection = self._connection()
        for number in itertools.count():
            if self.ended.is_set():
                return
            name, data, body = self._envelope(f"caller{caller}", number)
            self.ledger.note_sent(stage, name, data)
            while not self._post(connection, f"/{stage}", body, "application/json"):
                time.sleep(0.02)
            self.ledger.note_acknowledged(stage, name)
            self._read_back(connection, stage, name, data)

    def _post(self, connection, path: str, body: bytes, media_type: str) -> bytes | None:
        """The answer to a 200, None when it must be sent again."""
        try:
            connection.request("POST", path, body, {"Content-Type": media_type})
            response = connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            self.ledger.note_failed(None)
            return None
        if response.status == 200:
            return answer
        self.ledger.note_failed(response.status, answer)
        return None

    def _read_back(self, connection, stage: str, name: str, data: bytes) -> None:
        """A caller sees what it wrote; a read that fails says nothing of it."""
        try:
            connection.request("GET", f"/{stage}/{urllib.parse.quote(name, safe='')}/data")
            response = connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            return
        if response.status == 404:
            self.ledger.stale.append(name)
        elif response.status == 200 and answer != data:
            self.ledger.wrong.append(f"{name} reads {answer[:100]!r}")

    def _loads(self) -> None:
        connection = self._connection()
        for number in itertools.count():
            if self.ended.is_set():
                return
            lines = [self._envelope(f"load{number}", line) for line in range(LOAD_LINES)]
            for name, data, _ in lines:
                self.ledger.note_sent("raw_input", name, data)
            body = b"\n".join(body for _, _, body in lines)
            missing = set(range(1, LOAD_LINES + 1))
            while missing:
                answer = self._post(connection, "/raw_input", body, "application/x-ndjson") or b""
                for answered in filter(None, answer.split(b"\n")):
                    line = json.loads(answered)
                    if line["status"] == 200:
                        missing.discard(line["line"])
                        self.ledger.note_acknowledged("raw_input", lines[line["line"] - 1][0])
                if missing:
                    time.sleep(0.05)

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_SECONDS)
