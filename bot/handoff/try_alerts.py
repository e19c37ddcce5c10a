"""Sends an alert for trial to every address in `settings/handoff.yml`.

python -m bot.handoff.try_alerts          says of each whether it arrived; exit 1 when one did not
"""

from __future__ import annotations

import asyncio
import secrets
import sys

from bot.handoff.address import Address
from bot.handoff.channels import Channels
from bot.handoff.duty import Duty
from bot.handoff.errors import NotSent
from bot.handoff.notice import Notice
from bot.handoff.roster import Municipality
from bot.settings import BadSetting, section


async def try_all(duty: Duty, channels: Channels) -> int:
    """Send to every address; return how many alerts did not arrive."""
    lost = 0
    for one in duty.municipalities:
        for who, address in one.everybody():
            fault = await _try(channels, one, address)
            lost += bool(fault)
            words = f"{one.number} {who}: {address.channel}: {fault or 'arrived'}"
            sys.stdout.write(f"{words}\n")
    await channels.close()
    return lost


async def _try(channels: Channels, place: Municipality, to: Address) -> str:
    notice = Notice(
        alert=f"trial-{secrets.token_hex(8)}",
        municipality=place.number,
        place=place.name,
        urgency="none",
        minutes=0,
        level="duty",
        console=channels.console,
        trial=True,
    )
    try:
        await channels.senders[to.channel].send(notice, to.target)
    except NotSent as error:
        return f"did not arrive ({error})"
    return ""


def main() -> int:
    """Try every address. Returns the exit code."""
    try:
        duty = Duty.load()
        channels = Channels.load(section("handoff"), duty.municipalities, secrets.token_hex(16))
    except BadSetting as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if not channels.senders:
        sys.stdout.write("No webhook and no email is set in settings/handoff.yml\n")
    return 1 if asyncio.run(try_all(duty, channels)) else 0


if __name__ == "__main__":
    raise SystemExit(main())
