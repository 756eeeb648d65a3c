"""The arrows go one way: handlers → bot → knowledge."""

import ast
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAY_IMPORT = {
    "knowledge": {"knowledge"},
    "bot": {"bot", "knowledge"},
    "handlers": {"handlers", "bot", "knowledge"},
}
"""Of the project's own packages."""
TELEGRAM = {"telegram", "telegram_bot", "httpx"}
DATABASES = {"sqlite3", "sqlite_utils", "psycopg", "psycopg2", "asyncpg", "sqlalchemy"}
SENDING = {"reply_text", "reply_html", "send_message", "edit_message_text", "edit_text"}

MODULES = sorted(path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py"))
of_each_module = pytest.mark.parametrize(
    "module", MODULES, ids=lambda path: str(path.relative_to(ROOT))
)


def imported(source: str, package: str) -> set[str]:
    """The first names of all modules that the source of a module of the package imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(resolve_name("." * node.level + (node.module or ""), package))
        elif isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in ("import_module", "__import__"):
                found.add(ast.unparse(node.args[0]).strip("f'\""))
    return {name.partition(".")[0] for name in found}


def imports_of(module: Path) -> set[str]:
    """What a module of the project imports."""
    package = ".".join(module.relative_to(ROOT).parent.parts)
    return imported(module.read_text(encoding="utf-8"), package)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import a.b, c as d", {"a", "c"}),
        ("from a.b import c", {"a"}),
        ("from .. import x\nfrom . import y\nfrom .z import w", {"top"}),
        ("def f():\n    if True:\n        from late import x", {"late"}),
        ("from importlib import import_module\nimport_module('a.b')", {"importlib", "a"}),
        ("import_module(f'a.{name}')", {"a"}),
    ],
)
def test_every_way_of_importing_is_seen(source: str, found: set[str]) -> None:
    assert imported(source, "top.inner") == found


def test_each_package_has_modules_to_look_at() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(MAY_IMPORT)


@of_each_module
def test_a_module_imports_only_what_lies_below_it(module: Path) -> None:
    package = module.relative_to(ROOT).parts[0]
    own = {*MAY_IMPORT, "tests", "benchmarks"} & imports_of(module)
    assert own - MAY_IMPORT[package] == set()


@pytest.mark.parametrize(
    "module",
    [path for path in MODULES if path.is_relative_to(ROOT / "knowledge")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_what_is_known_knows_neither_telegram_nor_a_database(module: Path) -> None:
    assert imports_of(module) & (TELEGRAM | DATABASES) == set()


@of_each_module
def test_one_module_alone_sends(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    sends = called & SENDING != set()
    assert sends == (module == ROOT / "handlers" / "replying.py")
