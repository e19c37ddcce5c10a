"""What is said in the middle of any talk, and at its end, is no danger.

None of these lines stands among the examples that the classifier learns from.
"""

from __future__ import annotations

import pytest

from bot.nlu.examples import spoken
from bot.nlu.normalise import canonical
from bot.safety.screen import Screen

LINES = """
hade bra da|ok, takk for nå|nei trenger ikke mer nå|da logger jeg av|snakkes i morgen kanskje
jeg må på trening|det stemmer det|nei det er ikke riktig|helst ikke si det|vil ikke oppgi alder
bor på Nesodden|er 17 snart 18|går i niende|siden pinse en gang|et par måneder
ganske mye egentlig|bare litt
merker det mest på skolen|kan jeg chatte i stedet|jeg vil helst ringe|når åpner de i morgen
koster det noe å gå dit|får læreren vite dette|må jeg ha med noen|ok den tar jeg
sender du det til noen|hvem leser dette da|kan du vise noen flere|vis meg noe annet
ja den øverste|klokka tre passer|onsdag går fint|jeg mente Ås kommune|nei Bergen, ikke Bærum
skrev feil sted|hva mener du med det|skjønner ikke spørsmålet|kan du spørre på en annen måte
ja vil snakke med noen|er hun der nå|hva gjør de hos helsesykepleieren|takk, det hjalp|ok kult
skriv på nynorsk|eg bur i Førde|eg er ikkje heilt sikker|helst sleppe å svare
det var det jeg lurte på
ferdig nå, takk|trenger ingenting mer|bussen går nå, ha det|må legge meg, natta|god natt da
vi snakkes en annen gang|ja hvis det går an|nei ikke i dag|i morgen passer bedre|kan jeg komme alene
er det mange som går dit|hvor ligger det|har dere åpent i helga|jeg tror det begynte i høst
det kommer og går|vet ikke, kanskje et år|ikke så veldig mye|det går mest ut over søvnen
vil helst møte noen|må mamma være med|sier dere det til pappa|helst en dame|kan jeg være anonym
hei igjen|er det nokon som svarar no|ska tenke på det|takk for prat|æ bor i Alta|ka e en fastlege
""".strip()
ORDINARY = [line for row in LINES.splitlines() for line in row.split("|")]
# So few may get a question too many.
AT_MOST = 0.06


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen.load()


def test_no_line_was_learned() -> None:
    learned = {canonical(one.text) for some in spoken().values() for one in some}
    assert [line for line in ORDINARY if canonical(line) in learned] == []


def test_ordinary_answers_are_no_danger(screen: Screen) -> None:
    responses = {line: screen.look(line).response for line in ORDINARY}
    disturbed = [line for line, response in responses.items() if response]
    assert "emergency" not in responses.values()
    assert len(disturbed) / len(ORDINARY) <= AT_MOST, disturbed


def test_what_the_dialogue_learns_is_no_danger_to_the_screen(screen: Screen) -> None:
    texts = [one.text for some in spoken().values() for one in some][::14]
    disturbed = [text for text in texts if screen.look(text).response]
    assert len(disturbed) / len(texts) <= 0.01, disturbed
