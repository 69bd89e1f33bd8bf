"""What opening and using a database tells its user."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy.exc
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from kb.errors import ConfigError, Permanent, Transient
from kb.findings import Finding, FindingKind, Severity
from kb.store.articles import Articles
from kb.store.database import Database
from kb.store.faults import translate
from kb.store.findings import Findings
from kb.store.tables import HeadRow, ReleaseRow, VersionRow

FINDING = Finding("x", FindingKind.STALE, Severity.LOW, 0.5, "t", "e", "s", ())


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'wellkept.db'}", timeout_s=0.05)
    database.upgrade()
    yield database
    database.close()


def insert(session: Session) -> None:
    session.add(VersionRow(article_id="h:a", content_hash="1", payload=b""))
    session.flush()
    session.add(HeadRow(article_id="h:a", content_hash="1", source="h", revision="r1"))
    session.flush()


def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(InterruptedError):
        insert_and_fail(database)
    assert Articles(database).revisions("h") == {}


def insert_and_fail(database: Database) -> None:
    with database.write("tests") as session:
        insert(session)
        raise InterruptedError


def test_readers_go_on_while_another_writes(database: Database) -> None:
    with database.write("tests") as session:
        insert(session)
        assert Articles(database).revisions("h") == {}
    assert Articles(database).revisions("h") == {"h:a": "r1"}


def test_a_locked_database_is_transient(database: Database) -> None:
    with database.write("tests") as session:
        insert(session)
        with pytest.raises(Transient, match="another process is writing"):
            Articles(database).remove(["h:b"])


def test_a_full_disk_is_transient_and_loses_nothing(database: Database) -> None:
    with database.write("tests") as session:
        session.execute(text("CREATE TABLE filler (bytes BLOB)"))
        session.execute(text("PRAGMA max_page_count = 60"))
    fill = text("INSERT INTO filler VALUES (zeroblob(1000000))")
    with pytest.raises(Transient, match="disk is full"), database.write("tests") as session:
        session.execute(fill)
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM filler")) == 0


def test_a_file_that_is_no_database_is_the_operators(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("not a database at all" * 100)
    with pytest.raises(ConfigError, match=r"notes\.db.*move it away"):
        Database(f"sqlite:///{path}").upgrade()


def test_a_missing_folder_is_the_operators(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="check its folder"):
        Database(f"sqlite:///{tmp_path}/nowhere/x.db").upgrade()


def test_tables_that_were_never_made_are_the_operators(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/x.db")
    with pytest.raises(ConfigError, match="wellkept doctor"), database.read() as session:
        session.scalars(select(ReleaseRow)).all()
    database.close()


def test_a_server_that_is_not_there_is_transient_and_its_password_unsaid() -> None:
    url = "postgresql+psycopg://ann:geheim@127.0.0.1:9/rows?sslpassword=secret"
    with pytest.raises(Transient, match=r"ann:\*\*\*@127\.0\.0\.1:9/rows.*start it") as caught:
        Database(url).upgrade()
    assert "geheim" not in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["", "geheim", "mysql://ann:geheim@db/x", "postgresql://a:b@c:geheim/d"]
)
def test_a_url_of_another_kind_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ConfigError, match="expected sqlite:///FILE or postgresql") as caught:
        Database(url)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_known_by_all_its_names(scheme: str) -> None:
    assert Database(f"{scheme}://ann@db/rows").engine.driver == "psycopg"


def test_a_statements_values_stay_out_of_its_error(database: Database) -> None:
    insert = text("INSERT INTO finding (id) VALUES (:id)")
    with pytest.raises(IntegrityError) as caught, database.write("tests") as session:
        session.execute(insert, {"id": "what a customer said"})
    assert "customer" not in str(caught.value)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 11, 22)  # noqa: DTZ001 that is the point
    with pytest.raises(StatementError, match="without a zone"):
        Findings(database).record([FINDING], naive)
    assert Findings(database).all() == []


MEANINGS = {
    "DBAPIError": None,
    "DataError": Permanent,
    "DatabaseError": Transient,
    "IntegrityError": None,
    "InterfaceError": Transient,
    "InternalError": Transient,
    "NotSupportedError": Transient,
    "OperationalError": Transient,
    "ProgrammingError": None,
}


def test_every_exception_of_a_driver_has_a_meaning() -> None:
    found = {
        name: translate(kind("SELECT 1", {}, Exception("odd")), "here")
        for name, kind in vars(sqlalchemy.exc).items()
        if isinstance(kind, type) and issubclass(kind, DBAPIError)
    }
    assert {name: type(error) if error else None for name, error in found.items()} == MEANINGS


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ('FATAL:  password authentication failed for user "ann"', ConfigError),
        ('FATAL:  database "rows" does not exist', ConfigError),
        ("attempt to write a readonly database", ConfigError),
        ("database disk image is malformed", ConfigError),
        ("server closed the connection unexpectedly", Transient),
        ("deadlock detected", Transient),
        ("could not extend file: No space left on device", Transient),
    ],
)
def test_what_a_database_says_tells_who_must_act(words: str, kind: type[Exception]) -> None:
    error = sqlalchemy.exc.OperationalError("SELECT 1", {}, Exception(words + "\nDETAIL: more"))
    meaning = translate(error, "here")
    assert isinstance(meaning, kind)
    assert words in str(meaning)
    assert "DETAIL" not in str(meaning)


def test_a_pool_without_a_free_connection_is_transient() -> None:
    assert isinstance(translate(sqlalchemy.exc.TimeoutError("pool"), "here"), Transient)


def test_opening_a_ready_database_does_not_load_the_migrations(database: Database) -> None:
    program = (
        "import sys; from kb.store.database import Database; "
        "Database(sys.argv[1]).upgrade(); print('alembic' in sys.modules)"
    )
    url = database.engine.url.render_as_string()
    ran = subprocess.run([sys.executable, "-c", program, url], capture_output=True, text=True)
    assert (ran.stdout.strip(), ran.stderr) == ("False", "")
