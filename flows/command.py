"""The `wellkept` command. Each subcommand is a module of `flows.commands`; heavy imports wait
inside it, so that `wellkept --help` answers in under a second."""

import sys
from typing import Annotated

import typer

from flows.commands import (
    actions,
    ask,
    canary,
    check,
    doctor,
    evaluate,
    findings,
    gaps,
    handoffs,
    init,
    procedures,
    rehearsal,
    release,
    releases,
    report,
    rollback,
    search,
    serve,
    simulate,
    sync,
    token,
)
from flows.output import say
from kb.errors import ConfigError, Permanent, Transient

DONE, FOUND, USAGE, LATER, INTERRUPTED = 0, 1, 2, 3, 130

app = typer.Typer(
    name="wellkept",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Keeps a help center true, and answers customers from it.",
    epilog="Exit codes: 0 done; 1 findings of the asked severity, or the gate refused; "
    "2 bad usage, configuration or input; 3 not possible now, try again.",
)

app.command("release")(release.release)
app.command("sync")(sync.sync)
app.command("check")(check.check)
app.command("search")(search.search)
app.command("ask")(ask.ask)
app.command("gaps")(gaps.gaps)
app.add_typer(evaluate.app, name="eval")
app.command("simulate")(simulate.simulate)
app.command("report")(report.report)
app.add_typer(findings.app, name="findings")
procedures.app.command("try")(rehearsal.play)
procedures.app.command("test")(rehearsal.rehearse_all)
app.add_typer(procedures.app, name="procedures")
app.add_typer(actions.app, name="actions")
app.add_typer(handoffs.app, name="handoffs")
app.add_typer(releases.app, name="releases")
app.command("rollback")(rollback.rollback)
app.add_typer(canary.app, name="canary")
app.command("serve")(serve.serve)
app.command("doctor")(doctor.doctor)
app.command("init")(init.init)
app.command("token")(token.token)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"wellkept {version('wellkept')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Keeps a help center true, and answers customers from it."""


def main() -> None:
    """Runs the command and turns errors into one line on stderr and an exit code."""
    try:
        app()
    except (ConfigError, Permanent) as error:
        say(f"wellkept: {error}")
        sys.exit(USAGE)
    except Transient as error:
        say(f"wellkept: {error}")
        sys.exit(LATER)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(DONE)
    except KeyboardInterrupt:
        say("wellkept: interrupted; the live release still serves, and the next run picks up")
        sys.exit(INTERRUPTED)
