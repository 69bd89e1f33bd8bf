"""What could not be understood, in the operator's words."""


class Misread(Exception):
    """A phrase that is not understood; nothing is guessed. `rule` names the fault."""

    def __init__(self, rule: str, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.suggestion = suggestion
