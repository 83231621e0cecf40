"""The library of procedures on the screen: found, opened, its cases run, a definition checked."""

import pytest
from django.test import Client

from conftest import World
from quacan.centre.verification.library import cases_of, shelves

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def signed_in(world: World, client: Client) -> None:
    """Whoever is signed in reads the library."""
    client.force_login(world.people["kdv.an"])


def test_the_library_is_searched_without_diacritics(client: Client) -> None:
    page = client.get("/quy-trinh/", {"q": "ap ke lo xo"}).content.decode()
    assert "ĐLVN 08:2011" in page
    assert "counter-scale" not in page
    assert "Không có quy trình nào như vậy" in client.get("/quy-trinh/", {"q": "máy bay"}).content.decode()


def test_every_procedure_opens_and_every_case_comes_out_as_it_must(client: Client) -> None:
    for shelf in shelves():
        answer = client.get(f"/quy-trinh/{shelf.procedure.code}/", {"ban": shelf.procedure.version})
        assert answer.status_code == 200
        cases = answer.context["page"].cases
        assert [one.name for one in cases] == list(cases_of(shelf.procedure))
        assert [one.name for one in cases if one.differences or one.verdict != one.expected] == []


def test_a_case_is_laid_out_as_the_worksheet_it_would_be(client: Client) -> None:
    page = client.get("/quy-trinh/counter-scale/failing/").content.decode()
    assert "Điểm 10 000 g" in page or "10.000" in page
    assert "Không đạt" in page
    assert "<input" not in page.split('class="panel step"')[1].split("</section>")[0]


def test_an_unknown_procedure_version_or_case_is_not_found(client: Client) -> None:
    for address in (
        "/quy-trinh/khong-co/",
        "/quy-trinh/counter-scale/?ban=99",
        "/quy-trinh/counter-scale/xa/",
    ):
        assert client.get(address).status_code == 404


def test_a_definition_is_checked_and_every_problem_named_at_once(client: Client) -> None:
    good = shelves()[0].text
    answer = client.post("/quy-trinh/soat/", {"text": good})
    assert answer.status_code == 200
    assert "không có chỗ nào sai" in answer.content.decode()
    bad = good.replace('service = "', 'service = "x').replace('decision_rule = "', 'decision_rule = "y')
    answer = client.post("/quy-trinh/soat/", {"text": bad})
    assert answer.status_code == 422
    assert len(answer.context["checked"].problems) >= 2
    assert "còn trống" in client.post("/quy-trinh/soat/", {"text": " "}).content.decode()
    assert client.post("/quy-trinh/soat/", {"text": "= không phải TOML"}).status_code == 422


def test_steps_are_told_in_words_not_in_the_keys_of_the_definition(client: Client) -> None:
    page = client.get("/quy-trinh/electronic-pressure-gauge/").content.decode()
    steps = page.partition("<pre")[0]
    assert "range_low" not in steps
    assert "“" in steps
    assert "range_low" in page, "the definition itself stays as it was written"
