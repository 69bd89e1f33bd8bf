"""How the backend says no."""


class Refused(Exception):
    """Nothing took place. 409: not in this state; 422: not within the rules."""

    def __init__(self, detail: str, status: int = 409) -> None:
        super().__init__(detail)
        self.detail, self.status = detail, status


class Missing(Refused):
    """There is no such thing, or it is somebody else's: the two look alike."""

    def __init__(self, what: str) -> None:
        super().__init__(f"no such {what}", 404)
