"""Questions in topics, and which topics the help center does not answer.

Two questions belong together when they are close as a whole and in the words that the help center
lacks: "alexa" and "homekit" stand near each other, where the sentences around them are about
plants. What every question of the log shares says nothing, so the mean is taken out first.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from hashlib import sha256
from math import comb
from statistics import fmean

import numpy as np
import numpy.typing as npt

from kb.claims.words import root
from kb.coverage import Coverage, measure
from kb.ports import Encoder, Search, Vector
from kb.settings import HygieneSettings
from kb.types import Cluster, GapVerdict, Question

Floats = npt.NDArray[np.float64]

MOST_QUESTIONS = 4_000
NEIGHBOURS = 3
LACKING_WEIGHT = 0.5
CUT = 0.75
ATTACH = 0.2
COVERED_CUT = 0.8
MISSING_LACK, THIN_LACK = 0.2, 0.12
SURE = 5
CHANCE = 0.05
EXAMPLES, NEAREST = 5, 3


def cluster(
    questions: Sequence[Question], encoder: Encoder, search: Search, settings: HygieneSettings
) -> list[Cluster]:
    """Topics of `settings.min_questions` or more, the uncovered first, then by size and id.

    Covered topics have no verdict. Small talk belongs to none. Of a longer log the newest 4,000
    questions are read.
    """
    newest = sorted(questions, key=lambda q: (q.asked_at is None, q.asked_at or 0, q.id))
    measured = measure(_distinct(newest)[-MOST_QUESTIONS:], search)
    if not measured:
        return []
    whole = centred(np.stack([encoder.encode_query(m.question.text) for m in measured]))
    alike = whole @ whole.T
    near = _nearness(measured, alike, encoder)
    lack = _smoothed(np.array([item.lack for item in measured]), near)
    lacking = [i for i, item in enumerate(measured) if item.missing and lack[i] > 0]
    groups = _attach(linked(lacking, near, CUT), lacking, near)
    topics = [
        (group, _verdict([measured[i] for i in group], float(lack[group].mean())))
        for group in groups
        if len(group) >= settings.min_questions
    ]
    uncovered = {i for group, verdict in topics if verdict for i in group}
    rest = [i for i in range(len(measured)) if i not in uncovered]
    found: list[tuple[list[int], GapVerdict | None]] = [t for t in topics if t[1]]
    covered = linked(rest, alike, COVERED_CUT)
    covered = [group for group in covered if len(group) >= settings.min_questions]
    rate = _unresolved_rate(measured)
    found += [
        (group, _found_badly([measured[i] for i in group], rate, len(covered))) for group in covered
    ]
    clusters = [_described([measured[i] for i in g], alike[np.ix_(g, g)], v) for g, v in found]
    return sorted(clusters, key=lambda c: (c.verdict is None, -len(c.question_ids), c.id))


def _distinct(questions: Sequence[Question]) -> list[Question]:
    return list({question.id: question for question in questions}.values())


def _nearness(measured: Sequence[Coverage], alike: Floats, encoder: Encoder) -> Floats:
    """Shape (n, n): mean of the cosines of the questions and of what they lack; 0 for the latter
    where one of the two lacks nothing."""
    lacking = [i for i, item in enumerate(measured) if item.missing]
    near = (1 - LACKING_WEIGHT) * alike
    if lacking:
        said = [" ".join(measured[i].missing) for i in lacking]
        words = centred(np.stack([encoder.encode_query(text) for text in said]))
        near[np.ix_(lacking, lacking)] += LACKING_WEIGHT * words @ words.T
    return near


def centred(vectors: npt.NDArray[np.float32] | Vector) -> Floats:
    """Rows of length 1 around their mean; as they are when there are too few for a mean."""
    rows = vectors.astype(np.float64)
    if len(rows) > 2 * NEIGHBOURS:
        rows = rows - rows.mean(axis=0)
    lengths: Floats = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.maximum(lengths, 1e-9)


def _smoothed(lack: Floats, near: Floats) -> Floats:
    """Half its own lack, half the mean over it and its nearest questions: one question is weak
    evidence."""
    order = np.argsort(-near, axis=1, kind="stable")[:, : NEIGHBOURS + 1]
    mean: Floats = lack[order].mean(axis=1)
    return 0.5 * lack + 0.5 * mean


def linked(members: Sequence[int], near: Floats, cut: float) -> list[list[int]]:
    """Average linkage: groups whose mean distance (1 - nearness) stays below the cut."""
    if len(members) < 2:
        return [[i] for i in members]
    from sklearn.cluster import AgglomerativeClustering  # seconds to import; only gaps need it

    distance = np.maximum(0.0, 1.0 - near[np.ix_(members, members)])
    np.fill_diagonal(distance, 0.0)
    labels = AgglomerativeClustering(
        None, metric="precomputed", linkage="average", distance_threshold=cut
    ).fit_predict(distance)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for member, label in zip(members, labels, strict=True):
        groups[int(label)].append(member)
    return list(groups.values())


def _attach(groups: Sequence[list[int]], members: Sequence[int], near: Floats) -> list[list[int]]:
    """Groups of three or more, with the leftover questions that lie near enough to one."""
    cores = [group for group in groups if len(group) >= NEIGHBOURS]
    taken = {i for group in cores for i in group}
    grown = [list(group) for group in cores]
    for i in members:
        if i not in taken and cores:
            closeness = [float(near[i, group].mean()) for group in cores]
            best = max(range(len(cores)), key=lambda k: (closeness[k], -k))
            if closeness[best] >= ATTACH:
                grown[best].append(i)
    return [sorted(group) for group in grown]


def _verdict(topic: Sequence[Coverage], lack: float) -> GapVerdict | None:
    """A small topic needs a name: a word that the help center lacks and two questions use.
    Questions that merely lack something, each another thing, are no topic."""
    lacked = Counter(name for item in topic for name in {root(word) for word in item.missing})
    if len(topic) < SURE and max(lacked.values(), default=0) < 2:
        return None
    if lack >= MISSING_LACK:
        return GapVerdict.MISSING
    paths = Counter(item.hits[0].passage.path for item in topic if item.hits)
    agreed = paths.most_common(1)[0][1] / len(topic) if paths else 0.0
    return GapVerdict.THIN if lack >= THIN_LACK and agreed >= 0.5 else None


def _found_badly(topic: Sequence[Coverage], rate: float, topics: int) -> GapVerdict | None:
    """Covered, and yet so many customers went away without an answer that chance does not explain
    it: a binomial test against the log's rate, at 5 % over all topics together (Bonferroni)."""
    known = [item.question.resolved for item in topic if item.question.resolved is not None]
    failed = sum(not resolved for resolved in known)
    chance = sum(
        comb(len(known), k) * rate**k * (1 - rate) ** (len(known) - k)
        for k in range(failed, len(known) + 1)
    )
    return GapVerdict.HARD_TO_FIND if chance * topics < CHANCE else None


def _unresolved_rate(measured: Sequence[Coverage]) -> float:
    """Of the questions of which it is known; 1.0 when it is known of none."""
    known = [item.question.resolved for item in measured if item.question.resolved is not None]
    return fmean(not resolved for resolved in known) if known else 1.0


def _described(topic: Sequence[Coverage], alike: Floats, verdict: GapVerdict | None) -> Cluster:
    order = sorted(range(len(topic)), key=lambda i: (-alike[i].mean(), topic[i].question.id))
    central = [topic[i].question.text for i in order]
    nearest = _nearest(topic)
    first = min((item.question for item in topic), key=lambda q: q.id)
    return Cluster(
        id=sha256(first.id.encode() + b"\x1f" + first.text.encode()).hexdigest()[:16],
        label=_shortened(central[0]),
        question_ids=tuple(sorted(item.question.id for item in topic)),
        examples=tuple(dict.fromkeys(central))[:EXAMPLES],
        nearest=nearest,
        verdict=verdict,
        suggestion=_suggestion(topic, nearest, verdict),
    )


def _nearest(topic: Sequence[Coverage]) -> tuple[str, ...]:
    """Paths of the articles that search offers most: similarity over rank, summed."""
    scores: defaultdict[str, float] = defaultdict(float)
    for item in topic:
        best: dict[str, float] = {}
        for hit in item.hits:
            best.setdefault(hit.passage.path, 1.0 if hit.similarity is None else hit.similarity)
        for rank, (path, similarity) in enumerate(best.items()):
            scores[path] += similarity / (1 + rank)
    ranked = sorted(scores, key=lambda path: (-scores[path], path))
    return tuple(ranked[:NEAREST])


def _suggestion(
    topic: Sequence[Coverage], nearest: Sequence[str], verdict: GapVerdict | None
) -> str:
    counts = Counter(word for item in topic for word in item.missing)
    words = [word for word, count in counts.most_common() if count > 1][:4]
    about = f" Customers say {', '.join(words)}; no passage found does." if words else ""
    beside = f"; the nearest now is {nearest[0]}" if nearest else ""
    if verdict is GapVerdict.MISSING:
        return f"Write an article that answers this{beside}.{about}"
    if verdict is GapVerdict.THIN:
        return f"Extend {nearest[0]} with a section that answers this.{about}"
    if verdict is GapVerdict.HARD_TO_FIND:
        return f"Put the customers' words into the headings of {nearest[0]}.{about}"
    return ""


def _shortened(text: str) -> str:
    return text if len(text) <= 90 else text[:87].rsplit(" ", 1)[0] + "…"
