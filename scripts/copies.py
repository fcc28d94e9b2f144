"""What a backup consists of: a file of BSON documents for each collection, and a manifest.

Format: COLLECTION.bson.gz holds the documents one after the other, as MongoDB has them (each begins
with its length, bsonspec.org). manifest.json is written last: without it a folder is no backup.
"""

import gzip
import hashlib
import os
import pathlib
import struct
import sys

import pymongo
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument

MANIFEST = "manifest.json"
FORMAT = 1
RAW = CodecOptions(document_class=RawBSONDocument)
SHORTEST_DOCUMENT, LONGEST_DOCUMENT = 5, 17 << 20


class Fingerprint:
    """Tells whether the same documents are there, in whatever order."""

    def __init__(self):
        self.documents = 0
        self.bytes = 0
        self._sum = 0

    def add(self, document: bytes) -> None:
        self.documents += 1
        self.bytes += len(document)
        # A sum and not an exclusive or: the same document twice would cancel itself out.
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(document).digest(), "big")) % (1 << 256)

    def told(self) -> dict:
        return {"documents": self.documents, "bytes": self.bytes, "sum_of_sha256": f"{self._sum:064x}"}


def database(url: str):
    client = pymongo.MongoClient(url, appname="benchmark-results-backup")
    return client.get_default_database(os.environ.get("DATABASE", "benchmark_results"))


def read(path: pathlib.Path):
    """The documents of a file; ends the program when the file is not whole."""
    try:
        with gzip.open(path, "rb") as file:
            while head := file.read(4):
                (length,) = struct.unpack("<i", head)
                if not SHORTEST_DOCUMENT <= length <= LONGEST_DOCUMENT:
                    raise ValueError(f"a document of {length} bytes")
                document = head + file.read(length - 4)
                if len(document) != length:
                    raise EOFError("it ends within a document")
                yield document
    except (OSError, EOFError, ValueError, struct.error) as e:
        sys.exit(f"{path} is broken: {e}")
