"""`wellkept eval runs`, `show`, `compare` and `export`: evaluations that were run."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.options import Config, Home, Json, settings_of
from flows.output import deliver, json_text, print_json, require_folder_of, results, say
from kb.errors import ConfigError

if TYPE_CHECKING:
    from eval.runs.store import EvaluationRecord

_NAME = (
    "A run's id or how it begins, a release's id (its last run), `live` (the last run of the "
    "release that is live) or `last`."
)
Run = Annotated[str, typer.Argument(metavar="RUN", help=_NAME)]


class Shown(StrEnum):
    """How a run is shown."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    JUNIT = "junit"
    SARIF = "sarif"
    MARKDOWN = "markdown"


class Compared(StrEnum):
    """How two runs are shown beside each other."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


class Exported(StrEnum):
    """What other tools read."""

    JSONL = "jsonl"
    PARQUET = "parquet"
    LANGFUSE = "langfuse"


def runs(
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """List the evaluations that were run, newest first."""
    from eval.runs.store import Evaluations
    from kb.build import Workspace

    found = Evaluations(Workspace(settings_of(home, config)).database).all(limit)
    if as_json:
        print_json([_summary(record) for record in found])
        return
    for record in found:
        results.print(_line(record), markup=False)
    if not found:
        results.print("No run yet; `wellkept release PATH` and `wellkept eval` make one.")


def show(
    run: Run = "last",
    form: Annotated[
        Shown, typer.Option("--format", help="How it is shown; html writes its page.")
    ] = Shown.TEXT,
    out: Annotated[
        Path | None, typer.Option(help="File to write to instead.", show_default=False)
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Show a run again as it was judged: the verdict, or every case with --json or as a page."""
    from eval.formats import Format
    from flows.evaluated import rendered
    from flows.runs import compared, find_run, page_of_run, write_run
    from kb.build import Workspace

    work = Workspace(settings_of(home, config))
    record = find_run(work, run)
    if as_json or form is Shown.JSON:
        deliver(json_text({**_summary(record), "details": record.details, **_whole(record)}), out)
    elif form is not Shown.HTML:
        text = rendered(work, record, compared(work, record), Format(form.value))
        deliver(f"{_line(record)}\n\n{text}" if form is Shown.TEXT else text, out)
    elif out:
        deliver(page_of_run(work, record), out)
    else:
        results.print(str(write_run(work, record)), markup=False)


def compare(
    before: Annotated[str, typer.Argument(metavar="A", help=_NAME)],
    after: Annotated[str, typer.Argument(metavar="B", help="The same; what A became.")],
    form: Annotated[
        Compared, typer.Option("--format", help="text, markdown, html (writes the page) or json.")
    ] = Compared.TEXT,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Compare two runs: each metric with its interval and both tests, and the cases that changed
    with what was answered before and after. The page is written with every format."""
    from eval.diff.lines import run_lines
    from eval.diff.markdown import runs_markdown
    from eval.diff.runs import diff_runs
    from eval.diff.wire import runs_to_json
    from eval.formats.plain import plain
    from flows.runs import find_run, write_comparison
    from kb.build import Workspace

    work = Workspace(settings_of(home, config))
    was, now = find_run(work, before), find_run(work, after)
    page = write_comparison(work, was, now)
    if form is Compared.HTML and not as_json:
        results.print(str(page), markup=False)
        return
    diff = diff_runs(was, now)
    if as_json or form is Compared.JSON:
        print_json({**runs_to_json(diff), "page": str(page)})
    elif form is Compared.MARKDOWN:
        deliver(runs_markdown(diff).rstrip("\n"))
    else:
        results.print(plain("\n".join(run_lines(diff))), markup=False)
        say(f"Side by side: {page}")


def export(
    run: Annotated[str, typer.Argument(metavar="RUN|all", help=f"{_NAME} Or `all`, oldest first.")],
    form: Annotated[
        Exported,
        typer.Option(
            "--format",
            help="jsonl: a case a line; parquet: a case a row, scores as columns score_METRIC; "
            "langfuse: bodies for POST /api/public/ingestion, safe to import twice.",
        ),
    ],
    out: Annotated[Path, typer.Option(help="File to write.")],
    home: Home = None,
    config: Config = None,
) -> None:
    """Write the cases of a run, or of all runs, for other tools.

    What customers asked, what the articles say, who asked and what the agent did is in the file:
    treat it like the conversations themselves. Secrets are not in it.
    """
    from eval.export import FORMATS
    from flows.runs import find_run, runs_of
    from kb.build import Workspace

    require_folder_of(out)
    work = Workspace(settings_of(home, config))
    records = runs_of(work) if run == "all" else [find_run(work, run)]
    try:
        files = FORMATS[form.value](records, out)
    except OSError as error:
        raise ConfigError(f"{out}: cannot be written: {error.strerror or error}") from None
    for file in files:
        results.print(str(file), markup=False)
    cases = sum(len(record.cases) for record in records)
    say(f"{len(records)} {'run' if len(records) == 1 else 'runs'}, {cases} cases")


def _line(record: "EvaluationRecord") -> str:
    summary = _summary(record)
    verdict = "passed" if summary["passed"] else "REFUSED"
    reused = f", {summary['reused']} reused" if summary["reused"] else ""
    trigger = f"  {summary['trigger']}" if summary["trigger"] else ""
    accuracy = summary["scores"].get("decision_accuracy")
    score = f"  decisions {accuracy:.3f}" if accuracy is not None else ""
    broken = f"  {', '.join(summary['broken'])}" if summary["broken"] else ""
    return (
        f"{record.id[:12]}  {record.created_at:%Y-%m-%d %H:%M}  {record.release_id}  {verdict:<7}"
        f"  {summary['cases']} cases{reused}{score}{trigger}{broken}"
    )


def _summary(record: "EvaluationRecord") -> dict[str, Any]:
    rules = record.verdict.get("rules", ())
    return {
        "run": record.id,
        "release": record.release_id,
        "fingerprint": record.fingerprint,
        "created_at": record.created_at.isoformat(),
        "passed": record.verdict.get("passed") is True,
        "cases": len(record.cases),
        "reused": sum(row.get("reused") is True for row in record.cases),
        "trigger": record.details.get("trigger", ""),
        "broken": [
            rule["metric"]
            for rule in rules
            if not rule["passed"] and not rule.get("informs", False)
        ],
        "scores": {
            rule["metric"]: rule["score"] for rule in rules if rule.get("score") is not None
        },
    }


def _whole(record: "EvaluationRecord") -> dict[str, Any]:
    return {"verdict": dict(record.verdict), "cases_tried": [dict(row) for row in record.cases]}
