"""Makes the mongod on 127.0.0.1:PORT a replica set of one member and waits until it is primary.

    initiate_replica_set.py PORT [HOST:PORT]    the second is the name that its clients know it by

Speaks MongoDB's wire protocol (one OP_MSG a command) with the standard library alone: the two
commands it needs do not warrant a driver or a shell that would have to be installed first.
"""

import socket
import struct
import sys
import time

OP_MSG = 2013


def bson(document: dict) -> bytes:
    """The document in BSON; knows the few types that are needed here."""
    elements = b""
    for name, value in document.items():
        key = name.encode() + b"\0"
        if isinstance(value, str):
            text = value.encode() + b"\0"
            elements += b"\x02" + key + struct.pack("<i", len(text)) + text
        elif isinstance(value, int):
            elements += b"\x10" + key + struct.pack("<i", value)
        elif isinstance(value, list):
            elements += b"\x04" + key + bson({str(at): item for at, item in enumerate(value)})
        else:
            elements += b"\x03" + key + bson(value)
    return struct.pack("<i", len(elements) + 5) + elements + b"\0"


def run(port: int, command: dict) -> bytes:
    """Sends the command to the admin database; returns the answer's BSON."""
    body = struct.pack("<IB", 0, 0) + bson({**command, "$db": "admin"})
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(struct.pack("<iiii", len(body) + 16, 1, 0, OP_MSG) + body)
        stream = connection.makefile("rb")
        (length,) = struct.unpack("<i", stream.read(4))
        return stream.read(length - 4)


def main(port: int, host: str) -> None:
    member = {"_id": 0, "host": host}
    answer = run(port, {"replSetInitiate": {"_id": "rs0", "members": [member]}})
    if b"\x01ok\0" + struct.pack("<d", 1) not in answer and b"AlreadyInitialized\0" not in answer:
        sys.exit(f"replSetInitiate was refused: {answer!r}")
    deadline = time.monotonic() + 30
    while b"\x08isWritablePrimary\0\x01" not in run(port, {"hello": 1}):
        if time.monotonic() > deadline:
            sys.exit("not primary after 30 seconds; was its folder initiated for another port?")
        time.sleep(0.1)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else f"127.0.0.1:{sys.argv[1]}")
