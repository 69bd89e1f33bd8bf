"""What a database's exception means: the one place where they are mapped."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kb.errors import ConfigError, Permanent, Transient, WellkeptError

# The drivers give no code for these, so they are known by their words: SQLite's and libpq's.
_OPERATOR_MUST_ACT = {
    "no such table": "its tables are not this version's; run `wellkept doctor`",
    "no such column": "its tables are not this version's; run `wellkept doctor`",
    "not a database": "the file is not a database; move it away",
    "malformed": "the file is damaged; move it away and release again",
    "readonly database": "it can't be written; check its permissions",
    "unable to open database file": "it can't be opened; check its folder and permissions",
    "authentication failed": "user or password is wrong; check WELLKEPT_DATABASE_URL",
    "no password supplied": "a password is needed; check WELLKEPT_DATABASE_URL",
    "permission denied": "the user may not do this; check its rights",
    "does not exist": "it lacks a database, user or table; check WELLKEPT_DATABASE_URL",
    "could not translate host name": "there is no such host; check WELLKEPT_DATABASE_URL",
    "failed to resolve host": "there is no such host; check WELLKEPT_DATABASE_URL",
}
_PASSES = {
    "database is locked": "another process is writing to it; try again",
    "disk is full": "the disk is full; free some space and try again",
    "no space left": "the disk is full; free some space and try again",
    "refused": "nothing listens there; start it and try again",
}


@contextmanager
def mapped(where: str) -> Iterator[None]:
    """Raises Wellkept's error for a database's. `where` names the database without secrets."""
    try:
        yield
    except SQLAlchemyError as error:
        meaning = translate(error, where)
        if meaning is None:
            raise
        raise meaning from error


def translate(error: SQLAlchemyError, where: str) -> WellkeptError | None:
    """Who must act. None for a fault of the program, which must be seen as it is: a broken
    constraint, a wrong statement, an exception that no database raised."""
    if isinstance(error, PoolTimeout):
        return Transient(f"database {where}: every connection is in use; try again")
    if not isinstance(error, DBAPIError) or isinstance(error, IntegrityError):
        return None
    if isinstance(error, DataError):
        return Permanent(f"database {where} can't hold this value: {_first_line(error)}")
    words = str(error.orig).lower()
    for sign, advice in _OPERATOR_MUST_ACT.items():
        if sign in words:
            return ConfigError(f"database {where}: {advice} ({_first_line(error)})")
    if isinstance(error, ProgrammingError) or not isinstance(error, DatabaseError | InterfaceError):
        return None
    advice = next((text for sign, text in _PASSES.items() if sign in words), "try again")
    return Transient(f"database {where}: {advice} ({_first_line(error)})")


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0]
