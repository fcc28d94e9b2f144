"""Backs up a database; see the file beside this one."""

import datetime
import gzip
import json
import pathlib
import sys
import time

import copies
import pymongo.errors

# Of one node, for a minute; and the mark of a restore that is under way.
NOT_KEPT = "leases", "restores"


def main(url: str, folder: pathlib.Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"{folder} is not empty")
    folder.mkdir(parents=True, exist_ok=True)
    database = copies.database(url)
    begin = time.monotonic()
    # One moment for all collections. Copied one after the other without it, a result that is restored
    # meanwhile could be in neither: not yet among the results, and no longer among the deleted.
    with database.client.start_session(snapshot=True) as session:
        kept = sorted(
            name for name in database.list_collection_names() if name not in NOT_KEPT and not name.startswith("system."))
        try:
            collections = {name: copy(database[name], folder / f"{name}.bson.gz", session) for name in kept}
        except pymongo.errors.OperationFailure as e:
            if e.has_error_label("TransientTransactionError") or e.code in (239, 246):
                sys.exit("the moment of this backup is too long ago for the database: raise its"
                         " minSnapshotHistoryWindowInSeconds and begin again in an empty folder")
            raise
    manifest = {
        "format": copies.FORMAT, "database": database.name,
        "finished": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "mongodb": database.client.server_info()["version"], "collections": collections}
    # Last, and at once: a backup that was cut short has none.
    unfinished = folder / f"{copies.MANIFEST}.unfinished"
    unfinished.write_text(json.dumps(manifest, indent=2) + "\n")
    unfinished.rename(folder / copies.MANIFEST)
    seconds = time.monotonic() - begin
    count, size = (sum(one[key] for one in collections.values()) for key in ("documents", "bytes"))
    print(f"{count:,} documents of {len(collections)} collections, {size / 1e6:,.1f} MB, in {seconds:.1f} s")


def copy(collection, path: pathlib.Path, session) -> dict:
    fingerprint = copies.Fingerprint()
    with gzip.open(path, "wb", compresslevel=1) as file:
        for document in collection.with_options(copies.RAW).find(session=session):
            fingerprint.add(document.raw)
            file.write(document.raw)
    return fingerprint.told()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("backup MONGO_URL FOLDER")
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
