"""The command line: every command explains itself, and does what it says over the house."""

import argparse
import json
import socket
from datetime import date

import pytest

from quacan import cli
from quacan.centre.base.models import FollowUp
from quacan.centre.base.problems import Flaw
from quacan.centre.people.models import VerifierCard


@pytest.fixture
def open_already(monkeypatch):
    """The house is open: the tests have their own database."""
    from quacan.cli import check, daily

    for module in (check, daily):
        monkeypatch.setattr(module, "open_house", lambda: None)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(name, capsys):
    commands = cli.parser()._subparsers._group_actions[0].choices
    word = {"procedures": "procedure", "benches": "bench", "reports": "report"}.get(name, name)
    if word in commands:
        with pytest.raises(SystemExit) as left:
            cli.main([word, "--help"])
        assert left.value.code == 0
        assert "usage: quacan" in capsys.readouterr().out
    assert commands, "every module adds at least one"


def test_an_unknown_command_is_refused(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["nowhere"])
    assert left.value.code == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_refusal_is_a_sentence_on_stderr(capsys):
    assert cli.refused("Không có tệp.") == 2
    assert capsys.readouterr().err == "Không có tệp.\n"


def test_serve_refuses_a_busy_port_before_it_touches_anything(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert cli.main(["serve", "--port", str(port)]) == 2
    assert str(port) in capsys.readouterr().err


def test_serve_reads_the_port_from_its_environment(monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    assert cli.parser().parse_args(["serve"]).port == 8123
    assert cli.parser().parse_args(["serve", "--port", "9000", "--no-demo"]).no_demo


@pytest.mark.django_db
def test_check_says_everything_is_whole(world, open_already, capsys):
    assert cli.main(["check"]) == 0
    assert "✓" in capsys.readouterr().out


@pytest.mark.django_db
def test_check_lists_every_problem_with_its_remedy_and_fails(world, open_already, monkeypatch, capsys):
    from quacan.cli import check

    flaws = [Flaw("base.Document:1", "Số liệu chốt bị sửa.", "Khôi phục từ bản sao lưu.")]
    monkeypatch.setattr(check, "every_flaw", lambda: iter(flaws))
    assert cli.main(["check"]) == 1
    said = capsys.readouterr().out
    assert "✕ base.Document:1" in said
    assert "Khôi phục" in said
    assert cli.main(["check", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["record"] for one in found["problems"]] == ["base.Document:1"]
    assert isinstance(found["notes"], list)


@pytest.mark.django_db
def test_check_proves_the_book_against_what_departments_say_it_must_say(bench):
    from quacan.centre.ledger.models import Entry
    from quacan.cli.check import every_flaw

    bench.approved()
    assert list(every_flaw()) == []
    Entry.objects.filter(measure="contracts.signed").update(amount=1)
    assert any(flaw.record.startswith("ledger.") for flaw in every_flaw())


@pytest.mark.django_db
def test_check_turns_a_broken_definition_into_a_flaw(monkeypatch):
    from dataclasses import replace

    from quacan.centre.base import departments as declared
    from quacan.cli.check import definition_flaws

    def broken():
        raise ValueError("bảng trống")

    kept = declared.departments()
    monkeypatch.setattr(declared, "departments", lambda: (replace(kept[0], definitions=(broken,)),))
    assert [flaw.sentence for flaw in definition_flaws()] == ["bảng trống"]


@pytest.mark.django_db
def test_daily_asks_once_for_what_ends_soon(world, open_already, monkeypatch, capsys):
    from quacan.cli import daily

    on = world.now.date()
    VerifierCard.objects.filter(person=world.people["kdv.an"]).update(expires_on=date(2022, 5, 1))
    act = world.operator()
    assert daily.ask_for_renewals(act) >= 1
    asked = FollowUp.objects.get(kind=daily.KIND, subject__startswith="people.VerifierCard:")
    assert (asked.owner, asked.due_on) == ("truongphong", date(2022, 5, 1))
    assert "Hoàng Văn An" in asked.title
    assert daily.ask_for_renewals(act) == 0, "asked for once, however often this runs"
    assert {one.title for one in daily.endings(world.centre, on=on)} >= {asked.title}
    assert cli.main(["daily"]) == 0
    assert "follow-ups" in capsys.readouterr().out


def test_messages_finds_every_sentence_translated(monkeypatch, tmp_path):
    from quacan.cli import catalogue

    entries = catalogue.merged(catalogue.messages_in(), catalogue.read_catalogue())
    assert [entry.message.text for entry in entries if not entry.is_whole and not entry.gone] == []


def test_the_operator_may_everything_and_is_named():
    from quacan.centre.base.actors import Operator

    operator = Operator()
    assert operator.may("anything", organisation_id=None, unit_id=None, on=date(2022, 1, 1))
    assert operator.full_name
    assert isinstance(argparse.Namespace(json=False).json, bool)


def test_an_answer_nobody_reads_to_its_end_is_no_complaint(monkeypatch):
    from quacan.cli import answering

    monkeypatch.setattr(answering, "open_house", lambda: None)

    def told(_args):
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        answering.in_the_house(told)(argparse.Namespace())
