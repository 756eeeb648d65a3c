"""The commands by which the bot is looked after."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.operation.privacy import privacy_notice
from bot.records.entries import Act, Asked, Invitation, Person, Waiting, Withdrawn
from bot.records.opening import open_pseudonyms, open_store
from bot.records.records import now, today
from bot.records.store import Store
from bot.settings import Settings
from knowledge.opening import Knowledge
from tests.bot.terminals import Here, Said, Terminal
from tests.handlers.loopback import bot_api

USER = 700_100
TOKEN = "4217:a-secret-that-nobody-may-see"
MAIN, NEEDED = "aoc/81.4", "ba07/p.0"


def kept(here: Here) -> Store:
    """The records of the commands; a key first, as the commands make it."""
    settings = Settings(database=here.database)
    open_pseudonyms(settings)
    return open_store(settings)


def acts(here: Here) -> list[tuple[str, str, str]]:
    with closing(kept(here)) as store:
        found = sorted(store.find(Act), key=lambda act: act.at)
        return [(act.by, act.did, act.about) for act in found]


def asked(number: int, intent: str, person: str = "x") -> Asked:
    return Asked(f"{number:03}", today(), person, "private", "guidance", intent, "high", "v")


def findings(said: Said) -> dict[str, tuple[bool, str]]:
    return {one["name"]: (one["ok"], one["found"]) for one in json.loads(said.out)}


def test_doctor_says_of_everything_what_it_found_and_how_to_mend_it(here: Here) -> None:
    said = here.types("doctor")
    lines = said.out.splitlines()
    assert lines[:2] == [
        "token              PROBLEM  not set",
        f"{'':<27} set TELEGRAM_BOT_TOKEN to the token that @BotFather gave you",
    ]
    found = findings(here.types("doctor", "--json"))
    assert list(found) == [
        "token",
        "allow-lists",
        "roles",
        "retention",
        "database",
        "content version",
        "tier",
        "calibration",
        "review dates",
        "unchecked wording",
    ]
    assert [line.split("  ")[0] for line in lines if not line.startswith("   ")] == list(found)
    assert (said.err, said.code) == ("", 1)
    assert not here.database.exists()


def test_doctor_asks_telegram_how_the_bot_is_set_up_and_tells_no_secret(here: Here) -> None:
    with bot_api(TOKEN) as server:
        server.me |= {"can_read_all_group_messages": False, "supports_inline_queries": True}
        environ = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": server.address,
            "OPERATOR_IDS": "9",
            "ALLOWED_USER_IDS": "7, 8",
        }
        fine = here.types("doctor", "--json", environ=environ)
        server.me |= {"can_read_all_group_messages": True, "supports_inline_queries": False}
        server.webhook |= {
            "url": "https://example.org",
            "pending_update_count": 3,
            "last_error_message": "Connection refused",
        }
        poor = here.types("doctor", "--json", environ=environ)
        wrong = here.types("doctor", environ={**environ, "TELEGRAM_BOT_TOKEN": "1:wrong"})
    found = findings(fine)
    assert [found.pop(name)[0] for name in ("clock", "tier")] == [True, True]
    assert list(found.items())[:6] == [
        ("token", (True, "@lessons_bot")),
        ("privacy mode", (True, "on")),
        ("inline mode", (True, "on; whether its feedback is on is not told")),
        ("webhook", (True, "none, 0 updates wait")),
        ("allow-lists", (True, "2 people, 0 chats")),
        ("roles", (True, "0 supervisors, 0 maintainers, 1 operators")),
    ]
    assert (fine.err, fine.code) == ("", 0)
    found = findings(poor)
    assert (found["privacy mode"], found["inline mode"], found["webhook"]) == (
        (False, "off: the bot is sent all that groups write"),
        (True, "off"),
        (False, "set, 3 updates wait; Telegram cannot deliver: Connection refused"),
    )
    assert poor.code == 1
    assert wrong.out.startswith("token              PROBLEM  Telegram refuses it (401)\n")
    secret = TOKEN.partition(":")[2]
    assert [said for said in (fine, poor, wrong) if secret in said.out + said.err] == []


def test_doctor_says_that_telegram_cannot_be_reached(here: Here) -> None:
    with bot_api(TOKEN) as server:
        address = server.address
    environ = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": address}
    said = here.types("doctor", "--json", environ=environ)
    assert findings(said)["token"] == (False, "Telegram cannot be reached (ConnectError)")
    assert TOKEN.partition(":")[2] not in said.out


def test_doctor_looks_into_the_records(here: Here, knowledge: Knowledge) -> None:
    content = knowledge.version
    with closing(kept(here)) as store:
        store.put(Person(1, "", "", "2020-01-01", "2020-01-01"))
        store.put(Withdrawn(MAIN, "wrong.", today()))
        store.put(Act("1", now().isoformat(), "terminal", "start", content))
    found = findings(here.types("doctor", "--json"))
    assert found["people"] == (True, "1 known, 1 not seen for 90 days")
    assert found["withdrawn"] == (True, MAIN)
    assert found["maintenance"] == (True, "off")
    assert found["live version"][1].startswith(f"{content}, since ")


def test_stats_tells_no_small_number(here: Here) -> None:
    with closing(kept(here)) as store:
        for number in range(10):
            store.put(asked(number, "often", f"person {number}"))
        for number in range(10, 16):
            store.put(asked(number, "sometimes"))
        for number in range(16, 18):
            store.put(asked(number, "seldom"))
    said = here.types("stats")
    opening, outcomes, *_ = said.out.split("\n\n")
    assert opening == "The last 30 days. -: not told, so that nobody can be made out."
    assert outcomes.split("\n") == [
        "Questions by what came of them: 18",
        f"  guidance: often         10 {'█' * 30}",
        "  guidance: seldom         -",
        "  guidance: sometimes      -",
    ]
    assert (said.err, said.code) == ("", 0)
    first, *_ = json.loads(here.types("stats", "--json").out)
    assert [(row["what"], row["count"]) for row in first["rows"]] == [
        ("guidance: often", 10),
        ("guidance: seldom", None),
        ("guidance: sometimes", None),
    ]


def test_purge_says_what_it_deleted_and_is_noted(here: Here) -> None:
    old = (now() - timedelta(days=31)).date().isoformat()
    with closing(kept(here)) as store:
        store.put(Asked("1", old, "x", "private", "guidance", "", "high", "v"))
        store.put(asked(2, "often"))
    assert here.types("purge") == Said("Deleted:\nasked: 1\n", "", 0)
    assert here.types("purge") == Said("There was nothing to delete.\n", "", 0)
    with closing(kept(here)) as store:
        assert [entry.id for entry in store.find(Asked)] == ["002"]
    assert acts(here) == [("terminal", "purge", "")] * 2


def test_forget_shows_deletes_looks_again_and_is_noted_without_naming_the_person(
    here: Here,
) -> None:
    name = open_pseudonyms(Settings(database=here.database)).of(USER)
    with closing(kept(here)) as store:
        store.put(asked(1, "often", name))
        store.put(asked(2, "often", "another"))
    shown = here.types("forget", str(USER), "--show")
    assert shown.out.startswith("Held about you:\n\nQuestions, without their words: 1\n")
    assert here.types("forget", str(USER)) == Said(
        "Deleted:\nquestions, without their words: 1\nLooked again: nothing is left.\n", "", 0
    )
    assert here.types("forget", str(USER), "--show").out == "Nothing is held about you.\n"
    assert {did for _, did, _ in acts(here)} == {"look at what is held", "forget"}
    assert [about for *_, about in acts(here) if about] == []
    with closing(kept(here)) as store:
        assert [entry.person for entry in store.find(Asked)] == ["another"]


def test_a_backup_holds_the_records_without_the_inbox_and_the_key(here: Here) -> None:
    copy = here.home / "copy.sqlite"
    with closing(kept(here)) as store:
        store.put(asked(1, "often"))
        store.put(Waiting(1, USER, '{"text": "quaggaberry"}', 0, now().isoformat()))
    assert here.types("backup", str(copy)) == Said(f"Written: {copy}\n", "", 0)
    assert copy.stat().st_mode & 0o077 == 0
    assert b"quaggaberry" not in copy.read_bytes()
    with closing(open_store(Settings(database=copy))) as store:
        assert (store.count(Asked), store.count(Waiting)) == (1, 0)
    again = here.types("backup", str(copy))
    assert (again.out, again.code, len(again.err.splitlines())) == ("", 1, 1)
    assert acts(here) == [("terminal", "backup", "")]


def test_after_the_key_was_rotated_what_is_kept_under_the_old_one_is_found(here: Here) -> None:
    settings = Settings(database=here.database)
    old = open_pseudonyms(settings).of(USER)
    with closing(kept(here)) as store:
        store.put(asked(1, "often", old))
    said = here.types("rotate-key")
    assert said == Said("There is a new key. Start the bot again to use it.\n", "", 0)
    names = open_pseudonyms(settings)
    assert names.of(USER) != old
    assert names.all_of(USER) == (names.of(USER), old)
    assert "questions, without their words: 1" in here.types("forget", str(USER)).out


def test_withdraw_and_restore_say_what_changes(here: Here) -> None:
    said = here.types("withdraw", MAIN, "figures under review")
    assert said.out.splitlines() == [
        f"{MAIN} is withdrawn. Answers that change: 3",
        "  board-challenge-mechanisms: shows the gap",
        "  challenge-another-agency: withdrawn",
        "  follow-through-concerns: shows the gap",
    ]
    assert here.types("restore", MAIN) == Said(f"{MAIN} is back.\n", "", 0)
    assert here.types("restore", MAIN) == Said(
        "", f"{MAIN} is not withdrawn. Withdrawn: nothing.\n", 1
    )
    assert acts(here) == [("terminal", "withdraw", MAIN), ("terminal", "restore", MAIN)]


def test_withdraw_counts_an_answer_that_cannot_stand_without_it_as_withdrawn(here: Here) -> None:
    said = here.types("withdraw", NEEDED, "figures under review")
    assert "  missed-appointments: withdrawn" in said.out.splitlines()


def test_maintenance_says_what_is_told_meanwhile(here: Here) -> None:
    rests, answers = "The bot rests and says: back at 5.\n", "The bot answers.\n"
    assert here.types("maintenance", "status") == Said(answers, "", 0)
    assert here.types("maintenance", "on", "back at 5") == Said(rests, "", 0)
    assert here.types("maintenance", "status") == Said(rests, "", 0)
    assert here.types("maintenance", "off") == Said(answers, "", 0)
    assert here.types("maintenance", "off") == Said(answers, "", 0)
    assert [did for _, did, _ in acts(here)] == ["maintenance on", "maintenance off"]


@pytest.mark.parametrize("words", [("withdraw", MAIN), ("maintenance", "on")])
def test_what_no_message_can_hold_is_not_taken(here: Here, words: tuple[str, str]) -> None:
    said = here.types(*words, "w" * 301)
    assert said.code == 2
    assert said.err.startswith("Say it in 300 characters or less.")
    assert acts(here) == []


def test_an_invitation_is_made_listed_and_revoked(here: Here) -> None:
    made = here.types("invite", "--days", "3", "--uses", "2")
    link, told = made.out.splitlines()
    assert re.fullmatch(r"https://t\.me/BOT\?start=j_[\w-]{22}", link)
    until = (now().date() + timedelta(days=3)).isoformat()
    id = told.removeprefix("Invitation ").partition(":")[0]
    assert told == (
        f"Invitation {id}: up to 2 practitioners, until {until}. Put the bot's name in the place "
        "of BOT. Whoever has the link can join."
    )
    assert here.types("invite", "--list") == Said(f"{id}: until {until}, 2 left\n", "", 0)
    assert here.types("invite", "--revoke", id).out == (
        "Nobody comes in by it any more. Who came in stays; see people and remove.\n"
    )
    assert here.types("invite", "--list") == Said("", "", 0)
    assert here.types("invite", "--revoke", id) == Said(
        "", f"There is no invitation {id}; see invite --list.\n", 1
    )
    assert acts(here) == [("terminal", "invite", id), ("terminal", "revoke invitation", id)]


def test_a_link_bears_the_name_that_telegram_tells(here: Here) -> None:
    with bot_api(TOKEN) as server:
        environ = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": server.address}
        said = here.types("invite", environ=environ)
    assert said.out.startswith("https://t.me/lessons_bot?start=j_")
    with closing(kept(here)) as store:
        assert [one.uses_left for one in store.find(Invitation)] == [40]


def test_people_are_listed_with_how_they_came_and_when_they_were_last_here(here: Here) -> None:
    assert here.types("people") == Said("Nobody.\n", "", 0)
    gone = (now() - timedelta(days=91)).date().isoformat()
    with closing(kept(here)) as store:
        store.put(Person(1, "abc123", "", today(), today()))
        store.put(Person(2, "", "", gone, gone))
    last = f"2: by a list or a chat, last seen {gone}\n"
    assert here.types("people").out == f"1: by invitation abc123, last seen {today()}\n{last}"
    assert here.types("people", "--unseen").out == last
    assert [one["user"] for one in json.loads(here.types("people", "--json").out)] == [1, 2]


def test_remove_keeps_somebody_out_and_is_noted_by_pseudonym(here: Here) -> None:
    with closing(kept(here)) as store:
        store.put(Person(USER, "abc123", "", today(), today()))
    told = "No invitation lets them in any more."
    assert here.types("remove", str(USER)) == Said(f"{told} They came by abc123.\n", "", 0)
    assert here.types("remove", str(USER)) == Said(f"{told}\n", "", 0)
    name = open_pseudonyms(Settings(database=here.database)).of(USER)
    assert acts(here) == [("terminal", "remove", name)] * 2


@pytest.mark.parametrize("name", ["ALLOWED_USER_IDS", "OPERATOR_IDS"])
def test_who_is_named_in_the_settings_cannot_be_removed_by_a_command(here: Here, name: str) -> None:
    said = here.types("remove", str(USER), environ={name: str(USER)})
    assert said.out.splitlines()[1] == (
        "Their id is in the settings: take it out there and start the bot again."
    )


def test_who_was_removed_by_mistake_may_follow_a_link_again(here: Here) -> None:
    here.types("remove", str(USER))
    assert here.types("remove", str(USER), "--undo").out == "They may follow a link again.\n"
    assert here.types("remove", str(USER), "--undo").out == f"{USER} was not removed.\n"


def test_privacy_writes_the_notice_of_the_settings(here: Here) -> None:
    environ = {"RETENTION_DAYS": "7", "KEEP_QUESTION_TEXT": "on"}
    notice = privacy_notice(Settings(retention_days=7, keep_question_text=True))
    said = here.types("privacy", environ=environ)
    assert said == Said("\n\n".join(notice) + "\n", "", 0)
    assert said.out != here.types("privacy").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["forget"], "Missing argument 'USER'."),
        (["forget", "somebody"], "Invalid value for 'USER': 'somebody' is not a valid integer"),
        (["forget", "9" * 30], "Invalid value for 'USER'"),
        (["remove", "9" * 30], "Invalid value for 'USER'"),
        (["remove"], "Missing argument 'USER'."),
        (["backup"], "Missing argument 'FILE'."),
        (["withdraw", MAIN], "Missing argument 'REASON'."),
        (["withdraw", MAIN, " "], "Say why, in a few words"),
        (["withdraw", "aoc/81,4", "wrong"], f"There is no unit 'aoc/81,4'; close to it: {MAIN}"),
        (["restore"], "Missing argument 'UNIT'."),
        (["maintenance"], "Missing argument"),
        (["maintenance", "perhaps"], "Invalid value for"),
        (["maintenance", "on"], "With on, say what people are told"),
        (["maintenance", "off", "back at 5"], "With on, say what people are told"),
        (["invite", "--days", "0"], "Invalid value for '--days'"),
        (["invite", "--uses", "many"], "Invalid value for '--uses'"),
        (["invite", "--role", "operator"], "Invalid value for '--role'"),
        (["stats", "more"], "Got unexpected extra argument (more)"),
        (["doctor", "--fix"], "No such option '--fix'"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_words_that_are_off_are_told_in_one_line(here: Here, words: list[str], told: str) -> None:
    said = here.types(*words)
    assert said.err.startswith(told)
    assert (said.out, said.code, len(said.err.splitlines())) == ("", 2, 1)


NEEDS_RECORDS = (
    ["stats"],
    ["purge"],
    ["forget", "7"],
    ["backup", "copy.sqlite"],
    ["withdraw", MAIN, "wrong"],
    ["restore", MAIN],
    ["maintenance", "off"],
    ["invite"],
    ["people"],
    ["remove", "7"],
)


@pytest.mark.parametrize("words", NEEDS_RECORDS, ids=lambda words: words[0])
def test_records_that_cannot_be_used_are_told_in_one_line(here: Here, words: list[str]) -> None:
    open_pseudonyms(Settings(database=here.database))
    here.database.write_bytes(b"no database at all " * 300)
    assert here.types(*words) == Said(
        "",
        "The records cannot be used: the file is no database. `python bot.py doctor` says more.\n",
        1,
    )


def test_records_that_are_locked_are_told_in_one_line(here: Here) -> None:
    kept(here).close()
    with closing(sqlite3.connect(here.database)) as other:
        other.execute("begin immediate")
        said = here.types("purge")
    assert said == Said(
        "",
        "The records cannot be used: another program holds it locked. `python bot.py doctor` says "
        "more.\n",
        1,
    )


def test_a_key_that_others_can_read_is_told_in_one_line(here: Here) -> None:
    open_pseudonyms(Settings(database=here.database))
    key = here.database.with_name("records.sqlite.key")
    key.chmod(0o644)
    for words in (["rotate-key"], ["stats"]):
        said = here.types(*words)
        assert said.err.startswith(
            "The records cannot be used: others can read records.sqlite.key; take their rights"
        )
        assert (said.out, said.code, len(said.err.splitlines())) == ("", 1, 1)


def test_doctor_says_of_records_that_cannot_be_used_what_to_do(here: Here) -> None:
    open_pseudonyms(Settings(database=here.database))
    here.database.write_bytes(b"no database at all " * 300)
    said = here.types("doctor", "--json")
    assert findings(said)["database"] == (False, "records.sqlite: the file is no database")
    assert (said.err, said.code) == ("", 1)


def test_rotate_key_leaves_a_key_of_the_settings_alone(here: Here) -> None:
    said = here.types("rotate-key", environ={"PSEUDONYM_KEY": "k" * 40})
    assert said.err.startswith("PSEUDONYM_KEY is set: put the new key before it, with a comma.")
    assert (said.out, said.code, len(said.err.splitlines())) == ("", 2, 1)


def test_a_command_works_in_a_process_of_its_own(terminal: Terminal, tmp_path: Path) -> None:
    environ = {"DATABASE_URL": str(tmp_path / "records.sqlite")}
    assert terminal.types("people", environ=environ) == Said("Nobody.\n", "", 0)
