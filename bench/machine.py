"""Starts and stops what takes part, and reads from /proc what it costs."""

import atexit
import contextlib
import http.client
import os
import pathlib
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

BENCH = pathlib.Path(__file__).resolve().parent
TOP = BENCH.parent
JAVA = os.environ["JAVA_HOME"] + "/bin/java"
JAVA_OPTIONS = shlex.split(os.environ.get("BENCH_JAVA_OPTIONS", ""))
TICKS = os.sysconf("SC_CLK_TCK")

_cleanups = contextlib.ExitStack()
atexit.register(_cleanups.close)
for _signal in signal.SIGTERM, signal.SIGHUP:
    signal.signal(_signal, lambda *_: sys.exit("stopped"))


def work_folder() -> pathlib.Path:
    """A folder that is gone when the program ends, as is all that is started here."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-"))
    _cleanups.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Process:
    """A running program; its output goes to a log in the work folder."""

    def __init__(self, name: str, folder: pathlib.Path, command: list[str], **options):
        self.name = name
        self.log = folder / f"{name}.log"
        with self.log.open("a") as log:
            options.setdefault("stdout", log)
            self.popen = subprocess.Popen(command, stderr=log, **options)
        self.pid = self.popen.pid
        _cleanups.callback(self.stop)

    def stop(self) -> None:
        if self.popen.poll() is None:
            self.popen.terminate()
            try:
                self.popen.wait(20)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()

    def fail(self, why: str):
        sys.exit(f"{self.name} {why}; the end of its log:\n{self.log.read_text()[-2000:]}")


class HttpService(Process):
    """A program that answers GET /health when it is up."""

    def __init__(self, name, folder, port, command, **options):
        self.port = port
        begin = time.monotonic()
        super().__init__(name, folder, command, **options)
        while not self._answers():
            if self.popen.poll() is not None or time.monotonic() > begin + 60:
                self.fail("does not start")
            time.sleep(0.005)
        self.seconds_to_first_answer = time.monotonic() - begin

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Service(HttpService):
    """benchmark-results, from a copy of its classes: a build that goes on beside it does not disturb it."""

    def __init__(self, folder: pathlib.Path, mongo_url: str, database: str, *options: str, port: int = 0):
        classes = folder / "classes"
        if not classes.exists():
            shutil.copytree(TOP / "target/classes", classes)
        port = port or free_port()
        self.gc_log = folder / f"gc-{port}.log"
        libraries = (BENCH / "target/service.classpath").read_text()
        command = [JAVA, "--enable-native-access=ALL-UNNAMED", f"-Xlog:gc:file={self.gc_log}:uptime:filecount=0"]
        command += [*JAVA_OPTIONS, *options, "-cp", f"{classes}:{libraries}", "org.benchmarkresults.Main"]
        environment = os.environ | {
            "MONGO_URL": mongo_url, "MONGO_DATABASE": database,
            "HTTP_HOST": "127.0.0.1", "HTTP_PORT": str(port),
        }
        super().__init__("service", folder, port, command, cwd=TOP, env=environment)

    def heap_peak_mib(self) -> int:
        """The most that the heap held when a collection began."""
        return max(map(int, re.findall(r"(\d+)M->", self.gc_log.read_text())), default=0)


class FastApi(HttpService):
    def __init__(self, folder: pathlib.Path, mongo_url: str, database: str):
        port = free_port()
        command = [str(BENCH / ".venv/bin/uvicorn"), "app:app", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--workers", "1", "--loop", "uvloop", "--http", "httptools", "--no-access-log"]
        environment = os.environ | {"MONGO_URL": mongo_url, "MONGO_DATABASE": database}
        super().__init__("fastapi", folder, port, command, cwd=BENCH / "fastapi_service", env=environment)


class Yardstick(Process):
    """The driver alone; see Yardstick.java for its commands."""

    def __init__(self, folder: pathlib.Path, mongo_url: str, pattern: str, database: str):
        libraries = (BENCH / "target/yardstick.classpath").read_text()
        command = [JAVA, "--enable-native-access=ALL-UNNAMED", "-cp", f"{BENCH / 'target/classes'}:{libraries}"]
        command += ["org.benchmarkresults.bench.Yardstick", mongo_url, pattern, database]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        super().__init__("yardstick", folder, command, **pipes)
        self._answer()

    def ask(self, command: str) -> str:
        self.popen.stdin.write(command + "\n")
        self.popen.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        line = self.popen.stdout.readline()
        return line.strip() or self.fail("has no answer")


class Mongod:
    def __init__(self, folder: pathlib.Path):
        script = TOP / ".ci/replica-set"
        data = folder / "mongod"
        start = [script, "start", data, str(free_port())]
        _cleanups.callback(subprocess.run, [script, "stop", data])
        self.url = subprocess.run(start, check=True, text=True, stdout=subprocess.PIPE).stdout.strip()
        self.pid = int((data / "mongod.pid").read_text())


def cpu_seconds(pid: int) -> float:
    """What the process has used so far."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def busy_seconds() -> float:
    """What all programs of the machine have used so far."""
    user, nice, system, _idle, _iowait, irq, softirq, steal, *_ = map(
        int, pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:])
    return (user + nice + system + irq + softirq + steal) / TICKS


class Watch:
    """What programs other than these and our own take of the machine from now on."""

    def __init__(self, *pids: int):
        self.pids = pids
        self.begin = time.monotonic()
        self.used = self._used_by_others()

    def others(self) -> float:
        """Their part of the machine so far, 0 to 1."""
        seconds = time.monotonic() - self.begin
        return max(0.0, self._used_by_others() - self.used) / seconds / os.cpu_count()

    def _used_by_others(self) -> float:
        return busy_seconds() - sum(os.times()[:4]) - sum(map(cpu_seconds, self.pids))


def memory_mib(pid: int, line: str = "VmRSS") -> int:
    """Resident memory now; with line VmHWM, the most it ever was."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(rf"{line}:\s+(\d+) kB", status)[1]) // 1024


def facts(members: str = "one") -> str:
    """The machine in one line of text, and how many members the replica set has."""
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    jdk = subprocess.run([JAVA, "-version"], capture_output=True, text=True).stderr.splitlines()
    mongod = subprocess.run([TOP / ".ci/mongod"], capture_output=True, text=True).stdout.strip()
    version = subprocess.run([mongod, "--version"], capture_output=True, text=True).stdout.split()[2]
    python = subprocess.run([BENCH / ".venv/bin/python", "-V"], capture_output=True, text=True).stdout.strip()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores ({cpu[1] if cpu else os.uname().machine}), "
        f"{memory:.0f} GiB, {os.uname().sysname} {os.uname().release}, JDK {jdk[1].split('(build ')[-1].rstrip(')')}, "
        f"mongod {version.lstrip('v')} (replica set of {members}), {python}."
    )
