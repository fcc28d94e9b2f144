"""Restores a backup; see the file beside this one."""

import json
import pathlib
import sys
import time

import copies
import pymongo.errors
from bson.raw_bson import RawBSONDocument
from pymongo.write_concern import WriteConcern

# Says of a database that a restore into it has begun and not ended.
MARK = "restores"
BATCH_DOCUMENTS, BATCH_BYTES = 1000, 16 << 20
DUPLICATE_KEY = 11000


def main(folder: pathlib.Path, url: str) -> None:
    manifest = told(folder)
    database = copies.database(url)
    begin = time.monotonic()
    # Before anything is written: a broken backup leaves the target as it was.
    for name, meant in manifest["collections"].items():
        compare(name, meant, fingerprint(copies.read(folder / f"{name}.bson.gz")), "the backup")
    mark = {"_id": "unfinished", "backup": manifest["finished"]}
    if database[MARK].find_one(mark) is None:
        refuse_unless_empty(database, manifest)
        database[MARK].insert_one(mark)
    for name in manifest["collections"]:
        fill(database[name], copies.read(folder / f"{name}.bson.gz"))
    for name, meant in manifest["collections"].items():
        documents = (document.raw for document in database[name].with_options(copies.RAW).find())
        compare(name, meant, fingerprint(documents), "the database")
    database[MARK].drop()
    count = sum(one["documents"] for one in manifest["collections"].values())
    print(f"{count:,} documents are there as they were, after {time.monotonic() - begin:.1f} s")


def told(folder: pathlib.Path) -> dict:
    try:
        manifest = json.loads((folder / copies.MANIFEST).read_text())
    except OSError:
        sys.exit(f"{folder} is no whole backup: it has no {copies.MANIFEST}")
    if manifest["format"] != copies.FORMAT:
        sys.exit(f"{folder} has format {manifest['format']}, this program reads {copies.FORMAT}")
    return manifest


def refuse_unless_empty(database, manifest: dict) -> None:
    filled = [name for name in manifest["collections"] if database[name].find_one({}, {"_id": 1})]
    if filled:
        sys.exit(f"{database.name} holds results already, in {', '.join(filled)}: restore into an empty database")


def fingerprint(documents) -> dict:
    found = copies.Fingerprint()
    for document in documents:
        found.add(document)
    return found.told()


def compare(name: str, meant: dict, found: dict, where: str) -> None:
    if found != meant:
        sys.exit(f"{name} in {where} is not what was backed up: {found}, not {meant}")


def fill(collection, documents) -> None:
    """What a restore that was cut short has written already stays as it is; it is compared later."""
    safe = collection.with_options(write_concern=WriteConcern(w="majority", j=True))
    for batch in batches(documents):
        try:
            safe.insert_many([RawBSONDocument(document) for document in batch], ordered=False)
        except pymongo.errors.BulkWriteError as e:
            if any(error["code"] != DUPLICATE_KEY for error in e.details["writeErrors"]):
                raise


def batches(documents):
    batch, size = [], 0
    for document in documents:
        if batch and (len(batch) == BATCH_DOCUMENTS or size + len(document) > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += len(document)
    if batch:
        yield batch


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("restore FOLDER MONGO_URL")
    main(pathlib.Path(sys.argv[1]), sys.argv[2])
