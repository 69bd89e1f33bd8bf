"""`wellkept eval draft` and `wellkept eval review`: a golden set grows, case by case."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.options import Config, Home, Json, settings_of
from flows.output import print_json, progress_bars, results, say
from flows.person import this_person
from kb.errors import ConfigError

if TYPE_CHECKING:
    from eval.drafting.build import Drafted
    from eval.drafting.deciding import Reviewer
    from eval.drafting.proposal import Draft, Origin
    from eval.golden.case import Case
    from eval.golden.remark import Remark
    from flows.reviewing import Terminal
    from kb.build import Workspace
    from kb.settings import Settings
    from kb.types import Article

REFUSED = 1
_NEW = Path("golden.jsonl")
read_line = input


class From(StrEnum):
    """What cases are proposed from."""

    ARTICLES = "articles"
    CONVERSATIONS = "conversations"
    FINDINGS = "findings"
    ALL = "all"


Golden = Annotated[
    Path | None,
    typer.Option(help="Golden set (JSONL); default: \\[sources] golden.", show_default=False),
]


def draft(
    sources: Annotated[
        list[From] | None,
        typer.Option("--from", help="May be repeated; default: all.", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many new ones.")] = 40,
    golden: Golden = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Propose cases for the golden set, from the live release's articles, from conversations and
    from findings. None is used before somebody accepts it with `wellkept eval review`."""
    from eval.drafting.build import propose
    from eval.drafting.wire import remarks_on, to_json
    from eval.formats.plain import flat
    from kb.environment import quiet_libraries

    settings = settings_of(home, config)
    quiet_libraries()
    work = _released(settings)
    cases = _cases(golden or settings.sources.golden)
    articles = work.articles.of_release(work.release().id)
    with progress_bars() as progress:
        drafted = propose(work, _origins(sources), cases, limit, progress)
    if as_json:
        remarks = remarks_on([item.case for item in drafted.added], cases, articles)
        proposals = [to_json(item, remarks[item.id]) for item in drafted.added]
        counts = {"found": dict(drafted.found), "renewed": drafted.renewed}
        model = {"dropped": drafted.dropped, "failed": drafted.failed}
        print_json({"proposed": proposals, **counts, "model": model})
        return
    for item in drafted.added:
        results.print(f"{item.id}  {flat(item.case.question)}", markup=False)
        results.print(f"    {flat(item.why)}", markup=False)
    _tell(drafted)


def review(
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", metavar="ID", help="Accept this one as it is; repeatable."),
    ] = None,
    reject: Annotated[
        list[str] | None,
        typer.Option("--reject", metavar="ID", help="Reject this one, with --why; repeatable."),
    ] = None,
    why: Annotated[str, typer.Option(help="Why those are rejected; it is kept.")] = "",
    by: Annotated[
        str | None,
        typer.Option(help="Who decides; default: the user of this machine.", show_default=False),
    ] = None,
    golden: Golden = None,
    home: Home = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Decide on proposed cases, one by one: accepted ones are added to the golden set. With
    --json, list what waits."""
    from eval.drafting.deciding import Reviewer
    from eval.drafting.store import Drafts

    settings = settings_of(home, config)
    work = _released(settings)
    named = golden or settings.sources.golden
    path = named or (config.parent if config else Path()) / _NEW
    reviewer = Reviewer(Drafts(work.database), path, by or this_person())
    if accept or reject:
        accepted = _decide_named(work, reviewer, accept or (), reject or (), why)
    elif as_json:
        accepted = 0
    else:
        accepted = _go_through(work, reviewer)
    if as_json:
        _list(work, reviewer)
    if accepted and named is None:
        said = f'[sources]\ngolden = "{path.name}"'
        say(f"Name it in wellkept.toml, so that the gate uses it:\n{said}")


def _released(settings: "Settings") -> "Workspace":
    """Of a home that is there: none is made for a question."""
    from kb.build import Workspace

    work = Workspace(settings)
    if work.is_new:
        raise ConfigError(f"home {settings.home} is empty; run `wellkept release PATH` first")
    return work


def _decide_named(
    work: "Workspace",
    reviewer: "Reviewer",
    accept: Sequence[str],
    reject: Sequence[str],
    why: str,
) -> int:
    """How many were accepted. Nothing is decided where one of them can't be."""
    if reject and not why.strip():
        raise ConfigError("say with --why why they are rejected; it is kept with them")
    accepted = [reviewer.drafts.named(name) for name in accept]
    rejected = [reviewer.drafts.named(name) for name in reject]
    wrong = [
        f"{item.id}: {remark.message} [{remark.rule}]"
        for item, remarks in zip(accepted, _remarks(work, reviewer, accepted), strict=True)
        for remark in remarks
        if remark.error
    ]
    if wrong:
        say("\n".join([*wrong, "edit them in `wellkept eval review`; nothing was accepted"]))
        raise typer.Exit(REFUSED)
    for item in accepted:
        reviewer.accept(item, item.case, datetime.now(UTC))
        say(f"{item.id} accepted into {reviewer.path}")
    for item in rejected:
        reviewer.reject(item, why, datetime.now(UTC))
        say(f"{item.id} rejected")
    return len(accepted)


def _go_through(work: "Workspace", reviewer: "Reviewer") -> int:
    """One after the other, until none waits or the person quits; how many were accepted."""
    from eval.drafting.proposal import State
    from flows.reviewing import Choice, decide

    waiting = reviewer.drafts.all(State.PROPOSED)
    if not waiting:
        say("No case waits for a decision; `wellkept eval draft` proposes some.")
    counts = dict.fromkeys(Choice, 0)
    articles = work.articles.of_release(work.release().id) if waiting else ()
    for place, item in enumerate(waiting, start=1):
        say(f"{place} of {len(waiting)}")
        decided = decide(
            _terminal(), item, partial(_remarks_on, golden=reviewer.golden(), articles=articles)
        )
        counts[decided.choice] += 1
        if decided.choice is Choice.QUIT:
            break
        if decided.choice is Choice.ACCEPT:
            reviewer.accept(item, decided.case, datetime.now(UTC))
        elif decided.choice is Choice.REJECT:
            reviewer.reject(item, decided.reason, datetime.now(UTC))
    accepted, rejected = counts[Choice.ACCEPT], counts[Choice.REJECT]
    if waiting:
        rest = len(waiting) - accepted - rejected
        say(f"{accepted} accepted into {reviewer.path}, {rejected} rejected, {rest} still waiting")
    return accepted


def _list(work: "Workspace", reviewer: "Reviewer") -> None:
    from eval.drafting.proposal import State
    from eval.drafting.wire import to_json

    waiting = reviewer.drafts.all(State.PROPOSED)
    remarks = _remarks(work, reviewer, waiting)
    print_json([to_json(item, told) for item, told in zip(waiting, remarks, strict=True)])


def _remarks(
    work: "Workspace", reviewer: "Reviewer", items: "Sequence[Draft]"
) -> "list[Sequence[Remark]]":
    from eval.drafting.wire import remarks_on

    if not items:
        return []
    articles = work.articles.of_release(work.release().id)
    found = remarks_on([item.case for item in items], reviewer.golden(), articles)
    return [found[item.id] for item in items]


def _remarks_on(
    case: "Case", golden: "Sequence[Case]", articles: "Sequence[Article]"
) -> "Sequence[Remark]":
    from eval.drafting.wire import remarks_on

    return remarks_on([case], golden, articles)[case.id]


def _terminal() -> "Terminal":
    from flows.reviewing import Terminal

    return Terminal(partial(results.print, markup=False), read_line, _edit, results.width)


def _edit(text: str) -> str | None:
    from click import edit
    from click.exceptions import ClickException

    try:
        return edit(text, extension=".json")
    except ClickException as error:
        say(error.format_message())
        return None


def _cases(path: Path | None) -> "list[Case]":
    """Of the golden set, none where there is no such file yet."""
    from eval.golden.file import read

    return read(path) if path and path.exists() else []


def _origins(sources: Sequence[From] | None) -> "list[Origin]":
    from eval.drafting.proposal import Origin

    chosen = {From.ALL} if not sources else set(sources)
    return [one for one in Origin if From.ALL in chosen or From(one.value) in chosen]


def _tell(drafted: "Drafted") -> None:
    kinds = Counter(item.kind for item in drafted.added)
    parts = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    found = sum(drafted.found.values())
    say(f"{len(drafted.added)} proposed{f' ({parts})' if parts else ''}, of {found} found")
    if drafted.renewed:
        say(f"{drafted.renewed} that were waiting have newer words")
    if drafted.dropped:
        say(f"{drafted.dropped} of the language model dropped: their article does not say so")
    if drafted.failed:
        say(f"{drafted.failed} passages without a reply of the language model")
    if drafted.added:
        say("`wellkept eval review` decides on them")
