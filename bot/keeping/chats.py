"""What is kept of a chat: the conversation, what guards it, and that it is gone."""

from __future__ import annotations

from bot.keeping.kept import Kept

CHATS: tuple[Kept, ...] = (
    Kept(
        "the conversation: messages, what was understood, state of the safety dialogue; the events "
        "that its page follows",
        "Redis, memory",
        lambda t: (
            f"{t.chat_hours} hours after the last message (`retention_hours`; a municipality may "
            f"set its own); with an open case up to {t.token_hours} (`token_hours`), and from the "
            f"end of the case as any other; with a case and a return code {t.return_hours} "
            "(`return_hours`); or until the young person deletes it"
        ),
        "so that one can go on after a break",
        "a machine; a person only in a case",
        ("ung:conv:<id>", "ung:conv:<id>:events"),
        words=True,
        most=lambda t: max(t.token_hours * 3600, t.return_hours * 3600, t.keep.open),
    ),
    Kept(
        "a return code: a hash keyed with the gateway's secret; never the code itself",
        "Redis",
        lambda t: "as long as the conversation; gone with it, or when a new one is made",
        "so that one can come back and read an answer",
        "nobody",
        ("ung:return:<hash>",),
        most=lambda t: max(t.token_hours, t.return_hours) * 3600,
    ),
    Kept(
        "a conversation that Redis could not take, until it can",
        "disk",
        lambda t: "until Redis is back, at most as long as the conversation",
        "so that nothing answered is lost when two parts fail at once",
        "nobody",
        words=True,
    ),
    Kept(
        "that a turn of a conversation is under way",
        "Redis",
        lambda t: "15 seconds",
        "so that two turns do not mix",
        "nobody",
        ("ung:conv:<id>:lock",),
        most=lambda t: 60,
    ),
    Kept(
        "an appointment: time, service, the booking's name (a hash)",
        "Redis, memory",
        lambda t: "with the conversation, in which it lies; cancelled: forgotten at once",
        "so that one can ask when it is, and cancel it",
        "a machine",
    ),
    Kept(
        "a first name, when they choose to give one",
        "booking server",
        lambda t: (
            "as the municipality's booking system keeps it; with us until the booking is made, "
            "never in the messages"
        ),
        "so that they can be called in",
        "who runs the booking system",
    ),
    Kept(
        "that one of the two in a chat is writing; the last message that has reached the other's "
        "page, and that was read there: ids, no text; with a case, when the young person's page "
        "was last open, and when it was left in haste",
        "Redis",
        lambda t: "6 seconds (writing); otherwise a day, or as the conversation is deleted",
        "so that neither waits in vain",
        "the two in the chat",
        (
            "ung:conv:<id>:typing:<who>",
            "ung:conv:<id>:seen",
        ),
        most=lambda t: 86400,
    ),
    Kept(
        "which conversations have words that their case has not got yet: ids, no text",
        "Redis",
        lambda t: "until the case has them",
        "so that they arrive, whichever gateway dies",
        "nobody",
        ("ung:owing",),
        most=lambda t: t.token_hours * 3600,
    ),
    Kept(
        "that a conversation was deleted: a keyed hash, no id",
        "Redis",
        lambda t: f"{t.token_hours} hours (`token_hours`)",
        "so that its key opens nothing any more",
        "nobody",
        ("ung:gone:<mark>",),
        most=lambda t: t.token_hours * 3600,
    ),
    Kept(
        "that a conversation is still to be erased: its id, no text",
        "disk",
        lambda t: "until it is erased",
        "so that a deletion survives a fault",
        "nobody",
    ),
)
