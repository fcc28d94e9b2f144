"""What became of everything that was ever sent, by mongod itself and by the service's own answers."""

import http.client
import json

import machine
import pymongo
import pymongo.read_concern
import replicas
import writers


class Verdict:
    """Of the results of one fault: those lost, those there twice, and those that are not what was sent."""

    def __init__(self, ledger: writers.Ledger):
        self.ledger = ledger
        self.lost: set[tuple[str, str]] = set()
        self.duplicated: list[str] = []
        self.strange: list[str] = []

    def look(self, where: str, stage: str, found: dict[str, bytes]) -> None:
        """What was acknowledged is there; what is there was sent. Whatever else was sent may be there or not."""
        sent = self.ledger.sent
        self.lost.update(key for key in self.ledger.acknowledged if key[0] == stage and found.get(key[1]) != sent[key])
        self.strange += [f"{where}: {name}" for name, data in found.items() if sent.get((stage, name)) != data]


def verdict(ledger: writers.Ledger, token: str, members: replicas.ReplicaSet, service: machine.Service) -> Verdict:
    reached = Verdict(ledger)
    database = pymongo.MongoClient(members.url).get_database(
        "faults", read_concern=pymongo.read_concern.ReadConcern("majority"))
    for stage in writers.STAGES:
        reached.look("mongod", stage, dict(_documents(database, stage, token, reached)))
        reached.look("service", stage, dict(_exported(service, stage, token, reached)))
    return reached


def _documents(database, stage: str, token: str, reached: Verdict):
    """Name and fingerprint of each result in the collection; a chunk that is missing is missed in its data."""
    query = {"benchmark_name": writers.benchmark(token)}
    for document in database[stage].find(query):
        if document["version"] != 1:
            reached.duplicated.append(document["_id"])
        data = document.get("data")
        if data is None:
            upload = document["upload"]
            chunks = database[f"{stage}_chunks"].find({"_id": {"$gt": f"{upload}/", "$lt": f"{upload}0"}}).sort("_id")
            data = b"".join(chunk["data"] for chunk in chunks)
        yield document["_id"], writers.fingerprint(data)
    reached.duplicated += [version["_id"] for version in database[f"{stage}_versions"].find(query, {"_id": 1})]


def _exported(service: machine.Service, stage: str, token: str, reached: Verdict):
    """The same of the service's export, whose lines hold the data as they were sent."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
    path = f"/{stage}?benchmark_name={writers.benchmark(token)}&fields=data"
    connection.request("GET", path, headers={"Accept": "application/x-ndjson"})
    response = connection.getresponse()
    if response.status != 200:
        service.fail(f"answers {response.status} to an export")
    names = set()
    for line in response:
        envelope, _, data = line.rstrip(b"\n").partition(b',"data":')
        key = json.loads(envelope + b"}")
        name = f'{key["timestamp"]}-{key["benchmark_name"]}-{key["run_id"]}'
        if name in names:
            reached.duplicated.append(f"exported: {name}")
        names.add(name)
        yield name, writers.fingerprint(data[:-1])
    connection.close()
