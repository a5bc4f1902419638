"""Tryton's web application on SQLite, whose connections are kept open between requests.

Tryton opens the database three times for each request, and drops it each time. SQLite then reads the whole schema of some
hundred tables anew, and whoever goes last writes the log back into the file: most of the time of a small request. Here a
connection that is given back waits for the next that the same thread opens. Nothing else of Tryton changes.
"""

import threading

from trytond.backend.sqlite.database import Database

_connect = Database.connect
_get_connection = Database.get_connection
_idle = threading.local()


def _idle_connections(name):
    if not hasattr(_idle, "by_database"):
        _idle.by_database = {}
    return _idle.by_database.setdefault(name, [])


def connect(self):
    idle = _idle_connections(self.name)
    if self._conn is None and idle:
        self._conn = idle.pop()
    return _connect(self)


def get_connection(self, *args, **kwargs):
    self._uses = getattr(self, "_uses", 0) + 1
    return _get_connection(self, *args, **kwargs)


def put_connection(self, connection=None):
    """A transaction within another has its connection: it waits for the next when the last of them has given it back."""
    assert connection == self._conn
    self._uses -= 1
    if self._uses == 0:
        assert not connection.in_transaction
        _idle_connections(self.name).append(connection)
        self._conn = None


Database.connect = connect
Database.get_connection, Database.put_connection = get_connection, put_connection

from trytond.application import app  # noqa: E402, F401
