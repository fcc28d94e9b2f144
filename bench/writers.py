"""Callers that write results, read what they wrote, and remember what they were answered."""

import hashlib
import http.client
import itertools
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator

STAGES = "raw_input", "standardized_output"
CALLERS = 6
LOAD_LINES = 200
LARGE_BYTES = 600 << 10  # three chunks: more than one document has to be there
LARGE_EVERY = 40  # a caller's results from one large one to the next
REPEAT_EVERY = 20  # and from one that is sent again although it was answered 200
TIMEOUT_SECONDS = 30


def fingerprint(data: bytes) -> bytes:
    """In place of the data, which would fill the memory."""
    return hashlib.sha256(data).digest()


class Ledger:
    """What was sent, and when it was first answered 200; what a reader missed."""

    def __init__(self):
        self.lock = threading.Lock()
        self.sent = {}
        self.acknowledged = {}
        self.again = set()
        self.repeats = 0
        self.reads = 0
        self.refused = 0
        self.cut = 0
        self.stale = []
        self.wrong = []

    def note_sent(self, stage: str, name: str, data: bytes) -> None:
        """Before each time that it is sent."""
        with self.lock:
            if (stage, name) in self.sent:
                self.again.add((stage, name))
            self.sent[stage, name] = fingerprint(data)

    def note_acknowledged(self, stage: str, name: str, answer: dict) -> None:
        """The first 200 says stored; already_stored when it was sent before, and always from then on."""
        key = stage, name
        with self.lock:
            allowed = {"already_stored"} if key in self.again else {"stored"}
            if key in self.acknowledged:
                self.repeats += 1
            else:
                self.acknowledged[key] = time.monotonic()
                allowed.add("stored")
            if answer["outcome"] not in allowed or answer["version"] != 1 or answer["saved_as"] != name:
                self.wrong.append(f"{name} is answered {answer}")

    def note_failed(self, status: int | None, answer: bytes = b"") -> None:
        """An answer that is no 200; none at all when the connection was cut."""
        with self.lock:
            if status is None:
                self.cut += 1
                return
            self.refused += 1
            if status != 503:
                self.wrong.append(f"{status} {answer[:200]!r}")

    def longest_silence(self, begin: float) -> float:
        """The longest time without a first 200."""
        moments = sorted(moment for moment in self.acknowledged.values() if begin <= moment)
        return max(later - earlier for earlier, later in itertools.pairwise([begin, *moments]))

    def first_after(self, moment: float) -> float | None:
        with self.lock:
            return min((of for of in self.acknowledged.values() if of > moment), default=None)


def benchmark(token: str) -> str:
    """The benchmark name of what the writers of this token send."""
    return f"faults-{token}"


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

    def _envelope(self, caller: str, number: int, size: int = 0) -> tuple[str, bytes, bytes]:
        """The result's name, its data and the body that sends it."""
        text = f"{caller} " + "x" * (size or number % 700)
        data = f'{{"number": {number}.10, "text": "{text}"}}'.encode()
        key = {"timestamp": "2026-04-21T12:45:25Z", "benchmark_name": benchmark(self.token), "run_id": f"{caller}-{number}"}
        body = json.dumps(key)[:-1].encode() + b', "data": ' + data + b"}"
        return f'{key["timestamp"]}-{key["benchmark_name"]}-{key["run_id"]}', data, body

    def _singles(self, caller: int) -> None:
        stage = STAGES[caller % len(STAGES)]
        connection = self._connection()
        for number in itertools.count():
            if self.ended.is_set():
                return
            large = number % LARGE_EVERY == caller
            name, data, body = self._envelope(f"caller{caller}", number, LARGE_BYTES if large else 0)
            self._save(connection, stage, name, data, body)
            self._read_back(connection, stage, name, data)
            if number % REPEAT_EVERY == 0:
                self._save(connection, stage, name, data, body)

    def _save(self, connection, stage: str, name: str, data: bytes, body: bytes) -> None:
        while True:
            self.ledger.note_sent(stage, name, data)
            answers = list(self._post(connection, f"/{stage}", body, "application/json"))
            if answers:
                self.ledger.note_acknowledged(stage, name, answers[0])
                return
            time.sleep(0.02)

    def _post(self, connection, path: str, body: bytes, media_type: str) -> Iterator[dict]:
        """What a 200 answers, each line as soon as it is here; ends early when the connection does."""
        try:
            connection.request("POST", path, body, {"Content-Type": media_type})
            response = connection.getresponse()
            if response.status != 200:
                self.ledger.note_failed(response.status, response.read())
                return
            while line := response.readline():
                if line.strip():
                    yield json.loads(line)
            response.read()  # or the connection does not know that the answer has ended
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            # Half a line is no answer; of a chunked body that is cut off no more is told than this.
            connection.close()
            self.ledger.note_failed(None)

    def _read_back(self, connection, stage: str, name: str, data: bytes) -> None:
        """A caller sees what it wrote; a read that is not answered says nothing of it."""
        try:
            connection.request("GET", f"/{stage}/{urllib.parse.quote(name, safe='')}/data")
            response = connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            return
        if response.status == 404:
            self.ledger.stale.append(name)
        elif response.status == 200:
            self.ledger.reads += 1
            if answer != data:
                self.ledger.wrong.append(f"{name} reads {answer[:100]!r}")
        elif response.status != 503:
            self.ledger.wrong.append(f"reading {name} is answered {response.status}")

    def _loads(self) -> None:
        connection = self._connection()
        for number in itertools.count():
            if self.ended.is_set():
                return
            lines = [self._envelope(f"load{number}", line) for line in range(LOAD_LINES)]
            body = b"\n".join(body for _, _, body in lines)
            missing = set(range(1, LOAD_LINES + 1))
            while missing:
                for name, data, _ in lines:
                    self.ledger.note_sent("raw_input", name, data)
                for answer in self._post(connection, "/raw_input", body, "application/x-ndjson"):
                    if answer["status"] == 200:
                        missing.discard(answer["line"])
                        self.ledger.note_acknowledged("raw_input", lines[answer["line"] - 1][0], answer)
                    else:
                        self.ledger.note_failed(answer["status"], json.dumps(answer).encode())
                time.sleep(0.3)  # or the single callers hardly get a turn

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_SECONDS)
