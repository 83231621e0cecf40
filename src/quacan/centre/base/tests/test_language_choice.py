"""The language of a page: Vietnamese unless the person chose English; what the browser announces is not asked."""

import pytest

from quacan.centre.base.language.texts import Text, is_english

pytestmark = pytest.mark.django_db


def test_a_stranger_reads_vietnamese_whatever_the_browser_announces(client):
    page = client.get("/dang-nhap/", headers={"accept-language": "en"})
    assert page.headers["Content-Language"] == "vi"
    assert "Đăng nhập" in page.content.decode()


def test_who_chose_english_reads_english_and_caches_keep_them_apart(client):
    client.cookies["quacan_language"] = "en"
    page = client.get("/dang-nhap/")
    assert page.headers["Content-Language"] == "en"
    assert "Sign in" in page.content.decode()
    assert "Cookie" in page.headers["Vary"]


@pytest.mark.parametrize("chosen", ["fr", "", "en-GB", "../en"])
def test_a_language_the_house_does_not_speak_is_vietnamese(client, chosen):
    client.cookies["quacan_language"] = chosen
    assert client.get("/dang-nhap/").headers["Content-Language"] == "vi"


def test_one_request_leaves_no_language_to_the_next(client):
    client.cookies["quacan_language"] = "en"
    client.get("/dang-nhap/")
    assert not is_english()
    assert str(Text("cân", "scale")) == "cân"


def test_a_text_without_english_is_said_in_vietnamese():
    from django.utils.translation import override

    with override("en"):
        assert str(Text("cân", "")) == "cân"
        assert str(Text("cân", "scale")) == "scale"
