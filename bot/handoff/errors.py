"""What can hinder a change of a case. Named, so that each caller can say what to do."""

from __future__ import annotations


class HandoffError(Exception):
    """Anything that hinders a change of a case."""


class StoreUnavailable(HandoffError):
    """Redis is away or did not answer in time. What was not acknowledged can be sent again."""


class NobodyOnDuty(HandoffError):
    """A case was to open without a receiver: ask `Duty.receiver` first, and promise nobody."""


class NoSuchCase(HandoffError):
    """There is no case of this id (any more); quotes the id."""


class AlreadyClaimed(HandoffError):
    """Somebody else has the case. Who, is for those who may see it."""


class NotYours(HandoffError):
    """The case has to be claimed by whoever acts on it."""


class CaseEnded(HandoffError):
    """The case was handed back or closed before."""


class DeletedByYouth(HandoffError):
    """The young person deleted the conversation: nothing reaches them any more."""


class TooManyChats(HandoffError):
    """A nurse has as many chats as the municipality's settings allow; quotes how many."""


class BadReply(HandoffError):
    """A reply that cannot be sent: empty, or longer than a message may be."""


class UnknownOutcome(HandoffError):
    """An outcome that is none of `OUTCOMES`; quotes it."""


class ProviderDown(HandoffError):
    """The provider by which staff log in does not answer as it should; quotes a kind of fault."""


class LoginRefused(HandoffError):
    """A log-in by the provider that is not let in; quotes what was wrong, in one word."""


class Unanswered(HandoffError):
    """A case was to end without the answers about health care and journal."""


class BadSettled(HandoffError):
    """What was settled cannot be read: no municipality, no age, or too many things."""


class BadNote(HandoffError):
    """A note, an act or an excerpt that cannot be kept; says why."""


class NotSent(HandoffError):
    """An alert that did not arrive; quotes a kind of fault. `final`: trying again is no use."""

    def __init__(self, kind: str, *, final: bool = False) -> None:
        super().__init__(kind)
        self.final = final
