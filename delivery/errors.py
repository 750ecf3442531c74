"""How a send can fail.

SendFailed
  permanent    it will never arrive (blocked, uninstalled, too large): do not try again
  retryable    try again after `retry_after` seconds (None: our own back-off)
  ambiguous    the request may have arrived: what to do depends on the kind of message
└── NoRoom     no request was made: Teams' limits or a cool-off would not have it
"""

from __future__ import annotations


class SendFailed(Exception):
    """A message could not be sent. `status` is the HTTP status, None when there was no answer."""

    def __init__(
        self,
        *,
        status: int | None = None,
        permanent: bool = False,
        ambiguous: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(status, permanent, ambiguous, retry_after)
        self.status = status
        self.permanent = permanent
        self.ambiguous = ambiguous
        self.retry_after = retry_after


class NoRoom(SendFailed):
    """Nothing was sent; there is room after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(retry_after=seconds)
        self.seconds = seconds
