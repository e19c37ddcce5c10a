"""Words that tell bokmål from nynorsk, and words no text to young people may hold.

Only words that stand in one of the two norms and mean nothing in the other; where
nynorsk allows both ("skule", "skole") the form of the house is the one to use.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never in a nynorsk text.
BOKMAL = _words(
    """
    jeg ikke hva hvem hvor hvordan hvorfor hvis hvilken hvilket hvilke noe noen være vært ble bare
    mye mer fra hjem hjemme alene sammen dem hun gjør gjøre sier vet uten skole skolen selv en et
    kommer hver hvert fortsatt allerede voksen voksne hører høre høres trenger trengs finnes finner
    snakker skriver drikker sover venter leser bor virker gjelder velge vanskelig dårlig rolig
    urolig farlig hemmelig hyggelig virkelig egentlig kjærlighet ensom annen annet eneste vold
    hverdag hverdagen helsesykepleier helsesykepleieren taushetsplikt henvisning måneder dager
    timer penger meldinger meldingen sted steder navn navnet hodet åpen åpent skrevet slettet
    overvåket bekymret regninger nå dere deres
    """
)

# Never in a bokmål text.
NYNORSK = _words(
    """
    eg ikkje kva kven kvar korleis kvifor noko nokon nokre vere vore berre mykje meir frå heim heime
    åleine saman dei gjer gjere seier seie sei veit blei utan skule skulen sjølv ein eit éin éi eitt
    kjem kome kvart framleis byrje byrj vaksen vaksne høyrer høyre høyr gje gjev treng trengst finst
    tenkjer tenkje snakkar søv ventar bur bu vanskeleg dårleg roleg uroleg farleg hemmeleg hyggeleg
    verkeleg eigentleg kjærleik einsam annan vald verkar følgjer følgje kvardag kvardagen
    helsesjukepleiar helsesjukepleiaren teieplikt tilvising månader dagar gong gonger timar tankar
    tankane pengar meldingar stad stader namn namnet bilete hovudet ope overvaka medan ringje velje
    liggje enno no dykk dykkar
    """
)

# The clinic's words. Names of services ("psykisk helseteam") are no part of this.
CLINICAL = (
    "angst",
    "depresjon",
    "deprimert",
    "diagnose",
    "symptom",
    "lidelse",
    "liding",
    "traume",
    "suicid",
    "psykose",
    "psykotisk",
    "anoreksi",
    "bulimi",
    "spiseforstyrr",
    "eteforstyrr",
    "patologi",
    "komorbid",
    "funksjonsnivå",
)
# What we cannot promise, and "BUP" as a sentence over somebody.
NEVER_SAID = (
    "100 %",
    "100%",
    "helt anonym",
    "heilt anonym",
    "garanter",
    "alt blir bra",
    "jeg lover",
    "eg lovar",
    "du trenger bup",
    "du treng bup",
)
