"""What can go wrong at the Teams door.

SdkError
├── Unauthorized    an inbound request that is not from Teams, whatever is wrong with it
├── BadActivity     an inbound body that is no activity
└── SendFailed      an outbound call that was not answered with success
"""


class SdkError(Exception):
    """Anything that this package raises on purpose."""


class Unauthorized(SdkError):
    """The sender did not prove to be Teams; `reason` is one word for the log, never for the sender."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadActivity(SdkError):
    """The body lacks a part or has one of the wrong type; `part` names it."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class SendFailed(SdkError):
    """A call to the Bot Connector failed.

    `status` is None when no answer came, `code` the service's own error code or ours, `retry_after` in
    seconds. `permanent`: the same call will fail again. `ambiguous`: it may have been carried out.
    """

    def __init__(
        self,
        status: int | None,
        code: str,
        retry_after: float | None = None,
        permanent: bool = False,
        ambiguous: bool = False,
    ) -> None:
        # All of them are `args`, so that the error survives pickling on its way through the engine.
        super().__init__(status, code, retry_after, permanent, ambiguous)
        self.status = status
        self.code = code
        self.retry_after = retry_after
        self.permanent = permanent
        self.ambiguous = ambiguous

    def __str__(self) -> str:
        kind = "ambiguous" if self.ambiguous else "permanent" if self.permanent else "temporary"
        return f"send failed ({kind}): status {self.status}, code {self.code}"
