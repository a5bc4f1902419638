"""Tryton's web application on SQLite, whose connections are kept open between requests.

Tryton opens the database three times for each request, and drops it each time. SQLite then reads the whole schema of some
hundred tables anew, and whoever goes last writes the log back into the file: most of the time of a small request. Here a
connection lives on when the object that opened it is gone, where Tryton's own would be closed, and waits for the next that the
same thread opens. Nothing else of Tryton changes.
"""

import sqlite3
import threading
import weakref

from trytond.backend.sqlite.database import Database

_connect, _close = Database.connect, Database.close
_idle = threading.local()


def _idle_connections(name):
    if not hasattr(_idle, "by_database"):
        _idle.by_database = {}
    return _idle.by_database.setdefault(name, [])


def _keep(idle, connection):
    try:
        connection.rollback()
    except sqlite3.ProgrammingError:
        # The object ended in another thread, which may not use the connection: it is closed, as Tryton would.
        return
    idle.append(connection)


def connect(self):
    if self._conn is not None:
        return self
    idle = _idle_connections(self.name)
    if idle:
        self._conn = idle.pop()
    else:
        _connect(self)
    self._kept = weakref.finalize(self, _keep, idle, self._conn)
    return self


def close(self):
    if self._conn is not None:
        self._kept.detach()
    _close(self)


Database.connect, Database.close = connect, close

from trytond.application import app  # noqa: E402, F401
