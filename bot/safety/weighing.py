"""The verdict on one text: what the lexicon's rules and the classifier's scores amount to.

What the lexicon is sure of, it says by itself; the classifier catches what is said
indirectly. Where they disagree the graver counts, but for what the classifier finds
quite harmless: there an emergency becomes a human, and any other rule falls silent
unless it is sure of a wish to die.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import yaml

from bot.safety.classifier import Scores
from bot.safety.lexicon import Finding, Hit
from bot.safety.verdict import FLAGS, URGENCIES, Evidence, Urgency, Verdict, graver
from bot.turn import About, Flag

THRESHOLDS = Path(__file__).with_name("thresholds.yml")
SURE = 0.9
"""From this score on the classifier has a say in which flag it is, beside a rule."""
_TOPICAL: frozenset[Flag] = frozenset(["suicide", "self_harm", "violence", "sexual_abuse"])
_TOPIC_KINDS = ("school", "fiction", "bereaved", "theory")


@dataclass(frozen=True)
class Thresholds:
    """Probabilities (0–1) from which the classifier asks, hands over or calls for help."""

    check: float
    human: float
    check_acute: float
    human_acute: float
    acute: float
    acute_any: float
    acute_with_rule: float
    soften: float
    clear: float

    @classmethod
    def load(cls, path: Path = THRESHOLDS) -> Thresholds:
        """Read thresholds.yml. Raises ValueError or OSError."""
        read = {name: float(value) for name, value in yaml.safe_load(path.read_text()).items()}
        outside = {name: value for name, value in read.items() if not 0.0 <= value <= 1.0}
        if outside:
            raise ValueError(f"{path}: {outside} should lie between 0 and 1")
        return cls(**read)


def judge(finding: Finding, scores: Optional[Scores], limits: Thresholds, soften: bool) -> Verdict:
    """Return the verdict on one text. `soften`: the classifier may make a rule weigh less."""
    hits = sorted(finding.hits, key=lambda hit: URGENCIES.index(hit.urgency))
    rule = _rule(hits, scores, limits) if soften else _gravest(hits)
    urgency = rule if scores is None else graver(rule, _learned(_gravest(hits), scores, limits))
    if urgency == "topic" and not _topical(hits[0]):
        urgency = "none"
    if urgency == "none":
        return Verdict(evidence=_evidence(finding, scores) if hits else ())
    flag = _flag(hits, scores)
    return Verdict(flag, urgency, _about(hits, scores), _evidence(finding, scores))


def _gravest(hits: Sequence[Hit]) -> Urgency:
    return hits[0].urgency if hits else "none"


def _rule(hits: Sequence[Hit], scores: Optional[Scores], limits: Thresholds) -> Urgency:
    """Return what the rules say, softened where the classifier finds it quite harmless."""
    rule = _gravest(hits)
    if scores is None:
        return rule
    if rule == "acute":
        return "serious" if scores.any < limits.soften else "acute"
    if rule == "uncertain" or (rule == "serious" and not _of_suicide(hits)):
        return "topic" if scores.any < limits.clear else rule
    return rule


def _of_suicide(hits: Sequence[Hit]) -> bool:
    """Say whether one of the gravest rules is of suicide: when serious it is never graded away."""
    return any(hit.rule.flag == "suicide" for hit in hits if hit.urgency == hits[0].urgency)


def _learned(rule: Urgency, scores: Scores, limits: Thresholds) -> Urgency:
    """Return the urgency by the classifier; that a rule is `serious` speaks for an emergency."""
    sure = scores.any >= limits.acute_any and scores.acute >= limits.acute
    if sure or (rule == "serious" and scores.acute >= limits.acute_with_rule):
        return "acute"
    if scores.any >= limits.check:
        grave = scores.any >= limits.human or scores.acute >= limits.human_acute
        return "serious" if grave else "uncertain"
    return "uncertain" if scores.acute >= limits.check_acute else "none"


def _topical(hit: Hit) -> bool:
    kinds = [name.split(".")[0] for name in hit.contexts]
    return hit.rule.flag in _TOPICAL and any(kind in kinds for kind in _TOPIC_KINDS)


def _flag(hits: list[Hit], scores: Optional[Scores]) -> Flag:
    """Return the flag of the gravest rule; between several, and without one, the likeliest."""
    named = {hit.rule.flag for hit in hits if hit.urgency == hits[0].urgency != "topic"}
    among = [flag for flag in FLAGS if flag in named] or list(FLAGS)
    if scores is None:
        return among[0] if named else hits[0].rule.flag or among[0]
    if scores.any >= SURE and "acute" not in (hit.urgency for hit in hits):
        among.append(scores.flag)
    chances = scores.flags
    return max(among, key=lambda flag: chances[flag])


def _about(hits: list[Hit], scores: Optional[Scores]) -> About:
    told = [hit.rule.about for hit in hits if hit.urgency == hits[0].urgency and hit.rule.about]
    if told:
        return told[0]
    return "other" if scores is not None and scores.other > 0.5 else "self"


def _evidence(finding: Finding, scores: Optional[Scores]) -> tuple[Evidence, ...]:
    found = [Evidence("pattern", hit.rule.id, hit.words) for hit in finding.hits]
    found += [
        Evidence("context", hit.rule.id, hit.words) for hit in (*finding.contexts, *finding.sayings)
    ]
    if scores is not None:
        score = round(scores.any, 3)
        found.append(Evidence("classifier", scores.flag, scores.words, score))
        if scores.nearest:
            found.append(Evidence("classifier", "nearest", scores.nearest, score))
    return tuple(found)
