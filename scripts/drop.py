"""Removes the database of a URL; for tests of backup and restore."""

import sys

import copies

database = copies.database(sys.argv[1])
database.client.drop_database(database.name)
