"""A sentence of a source, with what it leans on."""

from dataclasses import dataclass

from agent.answers.sense import Key, Sense


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of the source. `around` is what it stands under: headings, the line that
    introduces its list, the header of its table; `before` the sentence that it leans on, which
    explains its words and lends it no numbers. `ordered` tells that it is an instruction."""

    own: Sense
    around: Sense
    before: Sense
    ordered: bool = False

    def has(self, found: Key) -> bool:
        return self.own.has(found) or self.around.has(found) or self.before.has(found)
