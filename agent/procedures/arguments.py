"""With which values a step calls its action."""

import re
from collections.abc import Iterator, Mapping

from agent.action import ActionSpec, Parameter, ValueType
from agent.procedure import Operand, Ref
from agent.procedures import operands, subjects
from agent.procedures.misread import Misread
from agent.procedures.names import Known
from agent.procedures.nearest import did_you_mean
from agent.procedures.roots import content, roots, words
from agent.procedures.subjects import Context

_LEAD = re.compile(
    r"^(?:\(|,|:|with|using|by|for|from|under|whose|where|and|giving|passing|given|to|on|in|of)\s*(?:the\s+following(?:\s+values)?\s*:?\s*)?(?=\S)",
    re.I,
)
_PIECE = re.compile(r"\s*,\s*(?:and\s+)?(?:with\s+)?|\s+and\s+(?:with\s+)?|\s*;\s*", re.I)
_GIVEN = re.compile(
    r"^(?:the\s+|its\s+|an?\s+)?(?P<name>.+?)\s*(?:=|:=|:|\s+(?:set\s+to|being|equal\s+to|equals|is|as))\s*(?P<value>.+)$",
    re.I,
)
_AS = re.compile(r"^(?P<value>.+?)\s+(?:as|for|in)\s+(?:the\s+|its\s+)?(?P<name>[^=]+)$", re.I)


def read_arguments(
    rest: str, spec: ActionSpec, context: Context
) -> tuple[dict[str, Operand], list[Misread]]:
    """Values by input: those that the step gives, and those that are known by the same name.
    What is misread is returned beside them."""
    given: dict[str, Operand] = {}
    misread: list[Misread] = []
    for piece in _pieces(rest):
        try:
            for name, value in _piece(piece, spec, context).items():
                if spec_input(spec, name).bound:
                    raise Misread(
                        "bound-input",
                        f"`{name}` of `{spec.name}` is filled from who the customer verifiably is",
                        f"leave `{name}` out",
                    )
                given[name] = value
        except Misread as error:
            misread.append(error)
    return given, misread


def spec_input(spec: ActionSpec, name: str) -> Parameter:
    return next(item for item in spec.inputs if item.name == name)


def fill(
    spec: ActionSpec, given: Mapping[str, Operand], context: Context
) -> tuple[dict[str, Operand], list[Misread]]:
    """`given` and what is known by the name of an input that nothing was said of."""
    filled = dict(given)
    misread: list[Misread] = []
    for item in spec.inputs:
        if item.name in filled or item.bound:
            continue
        known = _same_name(item, spec, context)
        if known:
            filled[item.name] = Ref(known.path)
        elif item.required:
            misread.append(_missing(item, spec))
    return filled, misread


def _pieces(rest: str) -> Iterator[str]:
    text = rest.strip(" .;:")
    while (found := _LEAD.match(text)) and found.end():
        text = text[found.end() :].strip()
    for piece in _PIECE.split(text.strip(" ()")):
        piece = _LEAD.sub("", piece.strip(" ()."))
        if piece:
            yield piece


def _piece(piece: str, spec: ActionSpec, context: Context) -> dict[str, Operand]:
    """`amount = order.total`, `the order's total as the amount`, `amount order.total`, `reason`,
    `the order's total`."""
    for pattern in (_GIVEN, _AS):
        if (found := pattern.match(piece)) and (target := _input(found["name"], spec, context)):
            return {target.name: _operand(found["value"], target, context)}
    if target := _input(piece, spec, context):
        known = _same_name(target, spec, context) or subjects.maybe(piece, context)
        if known is None:
            raise _missing(target, spec)
        return {target.name: Ref(known.path)}
    for target in spec.inputs:
        for name in (target.name, target.name.replace("_", " ")):
            if found := re.match(
                rf"(?:the\s+|an?\s+)?{re.escape(name)}\s+(?:of\s+)?(?P<value>\S.*)$", piece, re.I
            ):
                return {target.name: _operand(found["value"], target, context)}
    return _by_value(piece, spec, context)


def _by_value(piece: str, spec: ActionSpec, context: Context) -> dict[str, Operand]:
    """A value whose name is that of an input."""
    known = subjects.maybe(piece, context)
    takes_whole = any(item.type is ValueType.OBJECT for item in spec.inputs)
    if known is not None and known.type is ValueType.OBJECT and not takes_whole:
        return {}
    if known is None:
        if subjects.noun(piece, context) or _is_filler(piece):
            return {}
        if found := re.match(r"^(?:the\s+)?(?P<name>[\w ]+?)\s*(?:=|:)", piece):
            names = [item.name for item in spec.inputs if not item.bound]
            raise Misread(
                "unknown-input",
                f"`{spec.name}` has no input `{found['name']}`",
                did_you_mean(found["name"], names),
            )
        raise subjects.unknown(piece, context)
    fits = [item for item in spec.inputs if _called_alike(item, known, spec) and not item.bound]
    if len(fits) == 1:
        return {fits[0].name: Ref(known.path)}
    free = [item for item in spec.inputs if not item.bound]
    if len(free) == 1 and not fits:
        return {free[0].name: Ref(known.path)}
    names = [item.name for item in free]
    raise Misread(
        "unknown-input",
        f"which input of `{spec.name}` takes {known.path} is not said",
        f"write `{names[0] if names else 'name'} = {known.path}`",
    )


def _operand(text: str, target: Parameter, context: Context) -> Operand:
    """A value that is known, or what the operator wrote."""
    as_known = Known(f"`{target.name}`", target.type, (), words(target.name), (), target.choices)
    if known := subjects.maybe(text, context):
        literal = any(choice.lower() == text.strip().lower() for choice in target.choices)
        if not literal:
            return Ref(known.path)
    bare = context.shield.bare(text.strip())
    if re.match(r"(?:the|their|its)\s|.*'s\s", bare, re.I) or re.fullmatch(
        r"[a-z_]\w*(\.\w+)+", bare
    ):
        return Ref(subjects.value(text, context).path)
    return operands.operand(text, as_known, context)


def _input(text: str, spec: ActionSpec, context: Context) -> Parameter | None:
    said = roots(content(context.shield.bare(text)))
    return next((item for item in spec.inputs if roots(words(item.name)) == said), None)


def _same_name(target: Parameter, spec: ActionSpec, context: Context) -> Known | None:
    """What is known by an input's name: a slot; `order_id` as `order.id`; the input `number` of
    what finds an order as the slot `order_number`; or the only looked-up value called so."""
    names = context.names
    plain = names.get(target.name)
    if plain and "." not in plain.path and plain.type is not ValueType.OBJECT:
        return plain
    own = roots(words(target.name))
    for path in names.paths():
        known = names.get(path)
        if known and known.root in (spec.result, *context.seen) and roots(words(path)) == own:
            return known
    for prefix in (words(spec.result), words(spec.name)[1:]):
        slot = names.get("_".join((*prefix, *words(target.name)))) if prefix else None
        if slot:
            return slot
    if not target.required:
        return None
    fields = [names.get(path) for path in names.paths()]
    same = [
        item
        for item in fields
        if item and item.root in context.seen and item.leaf == words(target.name)
    ]
    return same[0] if len(same) == 1 else None


def _called_alike(target: Parameter, known: Known, spec: ActionSpec) -> bool:
    own = roots(words(target.name))
    return own in (
        roots(known.leaf),
        roots((*known.owner, *known.leaf)),
        roots(words(known.path)),
    ) or roots((*words(spec.result), *words(target.name))) == roots(known.leaf)


def _is_filler(piece: str) -> bool:
    """Words that only name what the action is about."""
    return len(piece.split()) <= 4 and not re.search(r"[=:.`\ue000-\uf8ff]|'s\s", piece)


def _missing(target: Parameter, spec: ActionSpec) -> Misread:
    noun = words(spec.result)
    slot = "_".join((*noun, target.name)) if len(words(target.name)) == 1 else target.name
    return Misread(
        "missing-input",
        f"`{spec.name}` needs `{target.name}`, and nothing gives it",
        f"ask for it first (add `{slot}` to `needs`), or add `with {target.name} = …`",
    )
