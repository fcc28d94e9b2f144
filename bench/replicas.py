"""Three mongods as one replica set, that can be killed, frozen and told to step down."""

import functools
import pathlib
import signal
import subprocess
import threading
import time

import machine
import pymongo
import pymongo.errors
from pymongo.write_concern import WriteConcern

COUNT = 3
PATIENCE_SECONDS = 60


class ReplicaSet:
    def __init__(self, folder: pathlib.Path):
        self.binary = subprocess.run(
            [machine.TOP / ".ci/mongod"], check=True, text=True, stdout=subprocess.PIPE).stdout.strip()
        self.folder = folder
        self.ports = [machine.free_port() for _ in range(COUNT)]
        self.members = {}
        for port in self.ports:
            self.start(port)
        members = [{"_id": at, "host": f"127.0.0.1:{port}"} for at, port in enumerate(self.ports)]
        for port in self.ports:
            self._wait(lambda: self._admin(port).command("ping"))
        self._admin(self.ports[0]).command("replSetInitiate", {"_id": "rs0", "members": members})
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.ports)
        self.url = f"mongodb://{hosts}/?replicaSet=rs0"
        # Or nobody stands for the first election before ten seconds have passed.
        self._wait(lambda: self._admin(self.ports[0]).command("replSetStepUp"))
        self.wait_until_whole()

    def start(self, port: int) -> None:
        data = self.folder / f"mongod-{port}"
        data.mkdir(exist_ok=True)
        self.members[port] = machine.Process(f"mongod-{port}", self.folder, [
            self.binary, "--replSet", "rs0", "--bind_ip", "127.0.0.1", "--port", str(port), "--nounixsocket",
            "--dbpath", str(data), "--quiet", "--wiredTigerCacheSizeGB", "0.3", "--oplogSize", "256",
            "--setParameter", "shutdownTimeoutMillisForSignaledShutdown=100",
            "--setParameter", "diagnosticDataCollectionEnabled=false"])

    @functools.cache
    def _admin(self, port: int):
        """Of the member alone, whatever it is."""
        return pymongo.MongoClient(
            "127.0.0.1", port, directConnection=True, serverSelectionTimeoutMS=500, socketTimeoutMS=1000).admin

    def hello(self, port: int) -> dict:
        """What the member says of itself; empty when it says nothing."""
        try:
            return self._admin(port).command("hello")
        except pymongo.errors.PyMongoError:
            return {}

    def primary(self) -> int:
        """The port of the primary, when there is one; 0 otherwise."""
        return next((port for port in self.ports if self.hello(port).get("isWritablePrimary")), 0)

    def _whole(self) -> bool:
        said = [self.hello(port) for port in self.ports]
        return (sum(bool(one.get("isWritablePrimary")) for one in said) == 1
                and sum(bool(one.get("secondary")) for one in said) == COUNT - 1)

    def wait_until_whole(self) -> None:
        self._wait(self._whole)

    def wait_until_same(self, database: str) -> None:
        """Until every member holds the same documents, which a member that took a wrong turn never does."""
        members = [pymongo.MongoClient("127.0.0.1", port, directConnection=True)[database] for port in self.ports]
        self._wait(lambda: len({str(member.command("dbHash")["collections"]) for member in members}) == 1)

    @staticmethod
    def _wait(condition) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                if condition():
                    return
            except pymongo.errors.PyMongoError:
                pass
            if time.monotonic() > deadline:
                raise SystemExit("the members of the replica set do not come together")
            time.sleep(0.1)

    def kill(self, port: int) -> None:
        self.members[port].popen.kill()
        self.members[port].popen.wait()

    def freeze(self, port: int) -> None:
        self.members[port].popen.send_signal(signal.SIGSTOP)

    def go_on(self, port: int) -> None:
        self.members[port].popen.send_signal(signal.SIGCONT)

    def step_down(self, port: int) -> None:
        self._admin(port).command("replSetStepDown", 10, secondaryCatchUpPeriodSecs=5)


class Elections:
    """Notes when a member other than the one before is primary, and when it takes majority writes.

    The second may be some seconds later: a secondary that copied from a frozen primary notices late.
    """

    def __init__(self, replicas: ReplicaSet, before: int):
        self.replicas = replicas
        self.before = before
        self.elected_at = None
        self.writable_at = None
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def _watch(self) -> None:
        others = [port for port in self.replicas.ports if port != self.before]
        while True:
            for port in others:
                if self.replicas.hello(port).get("isWritablePrimary"):
                    self.elected_at = self.elected_at or time.monotonic()
                    if self._takes_writes(port):
                        self.writable_at = time.monotonic()
                        return
            time.sleep(0.02)

    @staticmethod
    def _takes_writes(port: int) -> bool:
        client = pymongo.MongoClient("127.0.0.1", port, directConnection=True, serverSelectionTimeoutMS=1000)
        probes = client.probes.get_collection("probes", write_concern=WriteConcern("majority", j=True))
        try:
            probes.insert_one({})
            return True
        except pymongo.errors.PyMongoError:
            return False
        finally:
            client.close()
