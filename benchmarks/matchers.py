"""The matchers that are compared: each learns phrases with intents, then scores every intent."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


class Matcher(Protocol):
    """Learns from phrases; scores a question against each of the intents, in their order."""

    def learn(self, texts: Sequence[str], labels: NDArray[np.intp], intents: int) -> None: ...

    def ask(self, text: str) -> tuple[Scores, float]:
        """The score of every intent, and how sure that is."""
        ...


class ByPhrase:
    """An intent scores what the best of its phrases scores, and that is how sure it is."""

    def learn(self, texts: Sequence[str], labels: NDArray[np.intp], intents: int) -> None:
        self.labels, self.intents = labels, intents
        self.prepare(texts)

    def prepare(self, texts: Sequence[str]) -> None:
        raise NotImplementedError

    def score(self, text: str) -> Scores:
        """A score for each phrase."""
        raise NotImplementedError

    def ask(self, text: str) -> tuple[Scores, float]:
        best = np.full(self.intents, -np.inf)
        np.maximum.at(best, self.labels, self.score(text))
        return best, float(best.max())


class RapidFuzz(ByPhrase):
    """One of RapidFuzz's ratios, on lower case without punctuation."""

    def __init__(self, scorer: str) -> None:
        from rapidfuzz import fuzz, process, utils

        self.scorer, self.process, self.clean = (
            getattr(fuzz, scorer),
            process,
            utils.default_process,
        )

    def prepare(self, texts: Sequence[str]) -> None:
        self.texts = [self.clean(text) for text in texts]

    def score(self, text: str) -> Scores:
        return self.process.cdist([self.clean(text)], self.texts, scorer=self.scorer)[0].astype(
            float
        )


class FullText(ByPhrase):
    """SQLite's FTS5 with Porter stems, any of the question's words, ranked by its bm25."""

    def prepare(self, texts: Sequence[str]) -> None:
        self.database = sqlite3.connect(":memory:")
        self.database.execute("create virtual table phrase using fts5(text, tokenize='porter')")
        self.database.executemany("insert into phrase values (?)", [(text,) for text in texts])
        self.count = len(texts)

    def score(self, text: str) -> Scores:
        words = "".join(c if c.isalnum() else " " for c in text).split()
        scores = np.zeros(self.count)
        if words:
            found = self.database.execute(
                "select rowid, bm25(phrase) from phrase where phrase match ?",
                (" OR ".join(f'"{word}"' for word in words),),
            )
            for row, value in found:
                scores[row - 1] = -value
        return scores


class Bm25s(ByPhrase):
    """The bm25s package as it comes, with its own tokenizer and no stop words taken out."""

    def __init__(self) -> None:
        import bm25s

        self.bm25s = bm25s

    def prepare(self, texts: Sequence[str]) -> None:
        self.model = self.bm25s.BM25()
        self.model.index(self._split(texts), show_progress=False)

    def _split(self, texts: Sequence[str]) -> list[list[str]]:
        split: list[list[str]] = self.bm25s.tokenize(
            list(texts), stopwords=None, return_ids=False, show_progress=False
        )
        return split

    def score(self, text: str) -> Scores:
        words = [word for word in self._split([text])[0] if word in self.model.vocab_dict]
        return self.model.get_scores(words).astype(float) if words else np.zeros(len(self.labels))


class LinearSvc:
    """scikit-learn: TF-IDF of words, pairs and 2–5 letters within words, and a linear SVM."""

    def __init__(self) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline, make_union
        from sklearn.svm import LinearSVC

        self.model = make_pipeline(
            make_union(
                TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2)),
                TfidfVectorizer(sublinear_tf=True, ngram_range=(2, 5), analyzer="char_wb"),
            ),
            LinearSVC(),
        )

    def learn(self, texts: Sequence[str], labels: NDArray[np.intp], intents: int) -> None:
        self.model.fit(list(texts), labels)

    def ask(self, text: str) -> tuple[Scores, float]:
        scores = self.model.decision_function([text])[0]
        return scores, float(scores.max())


class Ours:
    """This project's matcher, in one of its tiers."""

    def __init__(self, tier: str) -> None:
        from knowledge.matching.encoding import Encoder
        from knowledge.matching.models import find_model
        from knowledge.matching.ranking import rank
        from knowledge.quality.benchmarking.thresholds import confidence

        folder = find_model() if tier == "semantic" else None
        if tier == "semantic" and folder is None:
            raise SystemExit("the semantic tier needs requirements-encoder.txt installed")
        self.encoder = Encoder(folder) if folder else None
        self.rank, self.confidence = rank, confidence

    def learn(self, texts: Sequence[str], labels: NDArray[np.intp], intents: int) -> None:
        from knowledge.matching.building import build
        from knowledge.matching.index import Phrase
        from knowledge.matching.reading import Glossary

        phrases = [
            Phrase(text, f"{label:05}") for text, label in zip(texts, labels.tolist(), strict=True)
        ]
        self.index = build(phrases, Glossary({}), self.encoder).made
        self.intents = intents

    def ask(self, text: str) -> tuple[Scores, float]:
        ranking = self.rank(text, self.index)
        scores = np.full(self.intents, -np.inf)
        for scored in ranking.scored:
            scores[int(scored.intent)] = scored.score
        return scores, self.confidence(ranking.signals)


MATCHERS: dict[str, Callable[[], Matcher]] = {
    "this matcher, semantic tier": lambda: Ours("semantic"),
    "this matcher, lexical tier": lambda: Ours("lexical"),
    "TF-IDF + LinearSVC": LinearSvc,
    "bm25s": Bm25s,
    "SQLite FTS5": FullText,
    "RapidFuzz token_set_ratio": lambda: RapidFuzz("token_set_ratio"),
    "RapidFuzz token_sort_ratio": lambda: RapidFuzz("token_sort_ratio"),
    "RapidFuzz WRatio": lambda: RapidFuzz("WRatio"),
}
"""By the name that the table gives them."""

ROOT = Path(__file__).resolve().parent.parent
