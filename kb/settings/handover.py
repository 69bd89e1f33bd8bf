"""When a person takes over, who, and how they are told."""

from pydantic import Field, SecretStr

from kb.settings.section import SECRET, Section


class HandoverRule(Section):
    """A rule of the operator's own: a message that holds any of the words goes to a person."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="Name of the rule.")
    words: list[str] = Field(min_length=1, description="Words or phrases, in any case.")
    team: str = Field("", description="Team that gets the case; empty: by the routes.")
    reply: str = Field("", description="What the customer is told; empty: as usual.")


class HandoverSettings(Section):
    """When a person takes over, and what the customer is told."""

    off: list[str] = Field([], description="Names of rules that are switched off.")
    rules: list[HandoverRule] = Field([], description="Rules beside those that ship.")
    default_team: str = Field("support", description="Team of a case that no route fits.")
    routes: dict[str, str] = Field(
        {}, description="Team by name of rule, of procedure, or by path pattern of the articles."
    )
    timezone: str = Field("UTC", description="Zone of the hours, such as Europe/Berlin.")
    hours: dict[str, str] = Field(
        {}, description="Working hours by day: mon to sun, such as 09:00-17:30. Empty: always."
    )
    holidays: list[str] = Field([], description="Days without hours, such as 2026-12-25.")
    reply_within: str = Field(
        "", description="When a person answers, in the customer's words, such as `within an hour`."
    )


class OutboxSettings(Section):
    """How cases reach people. What is not set is not used; cases also stand in the API."""

    webhook_url: str | None = Field(None, description="Gets each case as JSON.")
    webhook_secret: SecretStr | None = Field(
        None, description="Key of the signature (HMAC-SHA256).", json_schema_extra=SECRET
    )
    zendesk_url: str | None = Field(None, description="Such as https://company.zendesk.com.")
    zendesk_email: str | None = Field(None, description="Account that makes the tickets.")
    zendesk_token: SecretStr | None = Field(
        None, description="Its API token.", json_schema_extra=SECRET
    )
    email_to: dict[str, str] = Field({}, description="Address by team; `*` for every other team.")
    smtp_url: SecretStr | None = Field(
        None,
        description="Such as smtp://user:password@host:587.",
        json_schema_extra=SECRET,
    )
    email_from: str = Field("support@localhost", description="Sender of the e-mails.")
    timeout_s: float = Field(10.0, gt=0, description="Longest wait for one delivery.")
    max_hours: int = Field(
        72, gt=0, description="A delivery is tried again, ever more rarely, for this long."
    )
