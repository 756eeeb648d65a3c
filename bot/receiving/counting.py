"""Count what happens, for whoever watches the bot."""

from collections import Counter

PREFIX = "lessons_bot"
_HELP = {
    "received": "Updates that were accepted",
    "handled": "Updates that were handled or set aside",
    "failed": "Tries at an update that failed",
    "set_aside": "Updates that were given up",
}


class Counts:
    """How often each thing happened since the start."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter(dict.fromkeys(_HELP, 0))

    def add(self, what: str) -> None:
        """Count one."""
        self._counts[what] += 1

    def as_metrics(self, waiting: int) -> str:
        """The counts in Prometheus' text format, with how many updates wait."""
        lines = [
            f"# HELP {PREFIX}_{what}_total {help_}\n# TYPE {PREFIX}_{what}_total counter\n"
            f"{PREFIX}_{what}_total {self._counts[what]}"
            for what, help_ in _HELP.items()
        ]
        name = f"{PREFIX}_waiting"
        lines.append(f"# HELP {name} Updates that wait\n# TYPE {name} gauge\n{name} {waiting}")
        return "\n".join(lines) + "\n"
