"""No machine word reaches a reader: no code, key, user name or bare hash stands on any page."""

from __future__ import annotations

from tests.house.conftest import Knock
from tests.house.machine_words import Vocabulary

HOUSE = Vocabulary(
    codes=frozenset({"worksheets.sign", "contracts.sign_contract", "contracts.Contract", "accuracy.1.load"}),
    states=frozenset({"draft"}),
    usernames=frozenset({"phuong"}),
)


def words_on(html: str, **asked: bool) -> list[str]:
    return [found.partition(" | ")[0] for found in HOUSE.found(html, **asked)]


def test_no_page_shows_a_machine_word(knocks: list[Knock]) -> None:
    assert {(one.door, word) for one in knocks for word in one.words} == set()


def test_pages_were_looked_at(knocks: list[Knock]) -> None:
    assert len({one.door for one in knocks if one.method == "get" and one.status == 200}) > 100


def test_a_code_is_seen_in_text_and_in_what_is_read_aloud() -> None:
    assert words_on("<p>Cần quyền worksheets.sign.</p>") == ["worksheets.sign"]
    assert words_on('<a title="contracts.sign_contract">ký</a>') == ["contracts.sign_contract"]
    assert words_on("<td>contracts.Contract:12</td>") == ["contracts.Contract"]
    assert words_on("<td>accuracy.1.load</td>") == ["accuracy.1.load"]
    assert words_on("<p>thiếu in_force</p>") == ["in_force"]


def test_a_state_and_a_user_name_are_seen_where_they_stand_alone() -> None:
    assert words_on("<td>draft</td>") == ["draft"]
    assert words_on("<span>14:32 · phuong</span>") == ["phuong"]
    assert words_on("<td>phuong</td>", names=False) == []
    assert words_on("<p>nguyễn phuong thảo, a first draft of it</p>") == []


def test_a_hash_is_named() -> None:
    digest = "0f" * 32
    assert words_on(f"<code>{digest}</code>") == ["hash"]
    assert words_on(f"<dt>SHA-256</dt><dd>{digest}</dd>") == []
    assert words_on(f"<p>Mã băm {digest}</p>") == []


def test_what_only_the_machine_reads_is_left_alone() -> None:
    html = '<a href="/contracts.Contract/" id="draft" class="phuong"><input name="draft" value="phuong"></a>'
    assert words_on(html) == []
    assert words_on("<script>draft</script><textarea>draft</textarea>") == []
    assert words_on("<details><p>draft</p></details>", without_details=True) == []
    assert words_on("<p>tệp du_lieu.csv, thư a_b@c.vn</p>") == []
