"""Compare this matcher with others in one run: quality, speed at three sizes, memory, import time.

    python benchmarks/matching.py FOLDER

FOLDER holds clinc150-10shot-train.csv, clinc150-train.csv and clinc150-dev.csv. Needs
requirements-comparisons.txt installed, and Linux. Each matcher runs in processes of its own, on
one core; times are the processor's, so that what else runs beside does not count.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

ONE_CORE = {name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")}
SEED = 1
RESAMPLED = 0.5
"""Of a made-up phrase's words, this share is drawn anew from all words of the training file."""
LEARNT, WORDS, ASKED = "clinc150-10shot-train.csv", "clinc150-train.csv", "clinc150-dev.csv"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Compare this matcher with others: quality, speed, memory, import time."
    )
    parser.add_argument("folder", type=Path, help="where the CLINC150 CSV files are")
    parser.add_argument("--sizes", default="1000,15000,100000", help="phrases, for the speed")
    parser.add_argument("--questions", type=int, default=3100, help="test questions, for quality")
    parser.add_argument("--timed", type=int, default=60, help="questions timed at each size")
    parser.add_argument("--only", default="", help="matchers whose name contains this")
    parser.add_argument("--results", type=Path, help="keep the figures in this JSON file")
    parser.add_argument(
        "--docs", type=Path, help="put the table and the pictures into this docs folder"
    )
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    options = parse()
    for name in (LEARNT, WORDS, ASKED):
        if not (options.folder / name).is_file():
            sys.exit(f"{options.folder / name}: there is no such file; name the folder that has it")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    if options.child:
        print(json.dumps(measure(options)))
        return
    from drawing import show, table, write
    from matchers import MATCHERS

    sizes = [int(size) for size in options.sizes.split(",") if size]
    names = [name for name in MATCHERS if options.only.lower() in name.lower()]
    results: dict[str, Any] = {}
    jobs = [(name, size) for size in (0, *sizes) for name in names]
    for done, (name, size) in enumerate(jobs, 1):
        show(done, len(jobs), f"{name}, {size or 'quality'}")
        results.setdefault(name, {})[str(size or "quality")] = run(options, name, size)
        if options.results:
            options.results.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print("\n".join(table(results, sizes)))
    if options.docs:
        write(results, sizes, options.docs)


def run(options: argparse.Namespace, name: str, size: int) -> dict[str, float]:
    """Measure one matcher in a process of its own: memory and import time are then its own."""
    command = [sys.executable, __file__, str(options.folder), "--child", name, "--size", str(size)]
    command += ["--questions", str(options.questions), "--timed", str(options.timed)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **ONE_CORE})
    if done.returncode:
        sys.exit(
            f"{name}: {done.stderr.strip().splitlines()[-1]}; see requirements-comparisons.txt"
        )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure(options: argparse.Namespace) -> dict[str, float]:
    """In the process of one matcher: its quality (size 0), or its speed at a size. Counted beyond
    Python and NumPy is what it imports and holds.
    """
    import resource

    import numpy as np
    from matchers import MATCHERS

    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = process_time()
    matcher = MATCHERS[options.child]()  # what it needs is imported here, and not before
    imported = process_time() - began
    from knowledge.quality.questions import read_questions

    known = read_questions(options.folder / LEARNT)
    asked = Random(SEED).sample(list(read_questions(options.folder / ASKED)), options.questions)
    taught = [phrase for phrase in known if phrase.intent]
    intents = sorted({phrase.intent for phrase in taught})
    if options.size:
        taught = made_up(read_questions(options.folder / WORDS), options.size)
    began = process_time()
    labels = np.array([intents.index(phrase.intent) for phrase in taught])
    matcher.learn([phrase.text for phrase in taught], labels, len(intents))
    found = {"import_ms": 1000 * imported, "index_s": process_time() - began}
    if options.size:
        found |= speed(matcher, [phrase.text for phrase in asked[: options.timed]])
    else:
        found |= quality(matcher, asked, intents)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found | {"memory_mb": (most - base) / 2**10}


def made_up(phrases: Any, size: int) -> list[Any]:
    """As many phrases as are wanted, made from known ones by drawing half of their words anew."""
    random = Random(SEED)
    phrases = [phrase for phrase in phrases if phrase.intent]
    words = [word for phrase in phrases for word in phrase.text.split()]
    made: dict[Any, None] = {}
    while len(made) < size:
        phrase = random.choice(phrases)
        text = " ".join(
            random.choice(words) if random.random() < RESAMPLED else word
            for word in phrase.text.split()
        )
        made[phrase._replace(text=text)] = None
    return list(made)


def quality(matcher: Any, asked: Any, intents: list[str]) -> dict[str, float]:
    """Accuracy as typed and mistyped, recall at 3, and the AUROC of knowing what is covered."""
    import numpy as np

    from knowledge.quality.benchmarking.thresholds import area_under_curve
    from knowledge.quality.benchmarking.typos import slip, spoil_all

    texts = [question.text for question in asked]
    found: dict[str, float] = {}
    for suffix, said in (("", texts), ("_typos", spoil_all(texts, slip, SEED))):
        first, three, inside, outside = [], [], [], []
        for question, text in zip(asked, said, strict=True):
            scores, sure = matcher.ask(text)
            (inside if question.intent else outside).append(sure)
            if question.intent:
                best = np.argsort(-scores, kind="stable")[:3].tolist()
                first.append(intents[best[0]] == question.intent)
                three.append(question.intent in [intents[n] for n in best])
        found[f"accuracy{suffix}"] = sum(first) / len(first)
        found[f"recall_at_3{suffix}"] = sum(three) / len(three)
        found[f"auroc{suffix}"] = area_under_curve(np.array(inside), np.array(outside))
    return found


def speed(matcher: Any, texts: list[str]) -> dict[str, float]:
    """Milliseconds for each question: the middle, and what 95 in 100 are under."""
    import numpy as np

    matcher.ask("a first question warms it up")
    spent = []
    for text in texts:
        began = process_time()
        matcher.ask(text)
        spent.append(1000 * (process_time() - began))
    return {"p50_ms": float(np.quantile(spent, 0.5)), "p95_ms": float(np.quantile(spent, 0.95))}


if __name__ == "__main__":
    main()
