"""Measure the bot on its own content: from cold, in a running process, asked again, and its memory.

    python benchmarks/answering.py [--tier lexical]

Each part runs in a process of its own, on one core. Beside each time stands what else takes that
long in the same run: starting Python with NumPy, and RapidFuzz's `WRatio` over the same phrases.
Needs Linux for the memory.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "who should I challenge if concerns aren't addressed?"
STARTS = 7
"""Starts from cold, of which the median counts."""
EVERY = 7
"""Of the checks, one in so many is asked."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tier", choices=("semantic", "lexical"), default="semantic")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(measure()))
        return
    environ = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    if options.tier == "lexical":
        environ["SEMANTIC_MODEL"] = "off"
    ask = [sys.executable, "bot.py", "ask", QUESTION]
    start(ask, environ)  # what has to be built is built and kept
    cold = median(start(ask, environ) for _ in range(STARTS))
    bare = median(start([sys.executable, "-c", "import numpy"], environ) for _ in range(STARTS))
    child = [sys.executable, __file__, "--child"]
    done = subprocess.run(child, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    print(f"tier: {options.tier}; known phrases: {found['phrases']:,}")
    print(f"ask from cold: {cold:.2f} s; Python with NumPy alone: {bare:.2f} s")
    print(f"a question: p50 {found['p50']:.1f} ms, p95 {found['p95']:.1f} ms")
    print(f"  of this what must be seen before matching: p50 {found['screening']:.1f} ms")
    print(f"  RapidFuzz WRatio over the same phrases: p50 {found['wratio']:.1f} ms")
    print(f"the same question again: p50 {found['again']:.3f} ms")
    print(f"memory of a running bot, Telegram's library included: {found['memory']:.0f} MB")


def start(command: list[str], environ: dict[str, str]) -> float:
    """The seconds that a command takes."""
    before = perf_counter()
    subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True)
    return perf_counter() - before


def measure() -> dict[str, float]:
    """The figures of one process."""
    sys.path.insert(0, str(ROOT))
    from rapidfuzz import fuzz, process, utils

    import handlers
    from bot.application import build_application
    from bot.cli.opening import open_from
    from bot.settings import Settings
    from knowledge.conversing import reply
    from knowledge.screening.screening import screen

    settings = Settings.from_env({**os.environ, "TELEGRAM_BOT_TOKEN": "100:not-a-token"})
    knowledge = open_from(settings)
    application = build_application(
        settings, knowledge, handlers.HANDLERS, handlers.COMMANDS, handlers.on_error
    )
    checks = [text for intent in knowledge.handbook.intents for text in intent.checks][::EVERY]
    reply(QUESTION, knowledge)
    first = [_took(lambda text=text: reply(text, knowledge)) for text in checks]
    again = [_took(lambda text=text: reply(text, knowledge)) for text in checks]
    memory = next(
        int(line.split()[1]) / 1024
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmRSS")
    )
    marked = [f"{text} please" for text in checks]  # not yet remembered
    screening = [_took(lambda text=text: screen(text, knowledge)) for text in marked]
    phrases = [utils.default_process(text) for text in knowledge.index.texts]
    wratio = [
        _took(lambda text=text: process.extractOne(text, phrases, scorer=fuzz.WRatio))
        for text in map(utils.default_process, checks[:40])
    ]
    del application
    return {
        "phrases": len(phrases),
        "p50": median(first),
        "p95": quantiles(first, n=20)[-1],
        "again": median(again),
        "screening": median(screening),
        "wratio": median(wratio),
        "memory": memory,
    }


def _took(do: Callable[[], object]) -> float:
    """The milliseconds that a call takes."""
    before = perf_counter()
    do()
    return (perf_counter() - before) * 1e3


if __name__ == "__main__":
    main()
