"""Tryton's web application on SQLite, whose connections are kept open between requests.

Tryton opens the database three times for each request, and drops it each time. SQLite then reads the whole schema of some
hundred tables anew, and whoever goes last writes the log back into the file: most of the time of a small request. Here a
connection that is given back waits for the next that the same thread opens. Nothing else of Tryton changes.
"""

import threading

from trytond.backend.sqlite.database import Database

_connect = Database.connect
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


def put_connection(self, connection=None):
    """A transaction has committed or rolled back before it gives its connection back."""
    assert connection == self._conn and not connection.in_transaction
    _idle_connections(self.name).append(connection)
    self._conn = None


Database.connect, Database.put_connection = connect, put_connection

from trytond.application import app  # noqa: E402, F401
