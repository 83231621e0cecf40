"""What the bytes of a picture say, and that anything else is refused."""

from datetime import datetime

import pytest

from quacan.centre.examinations.rules.pictures import NotAPicture, read_picture, taken_at
from quacan.centre.verification.tests.shots import exif, jpeg, png, webp


@pytest.mark.parametrize(
    ("content", "format", "size"),
    [(png(4, 3), "png", (4, 3)), (jpeg(640, 480), "jpeg", (640, 480)), (webp(320, 200), "webp", (320, 200))],
)
def test_format_and_size(content: bytes, format: str, size: tuple[int, int]) -> None:
    found = read_picture(content)
    assert (found.format, (found.width, found.height), found.taken_at) == (format, size, None)


def test_the_camera_says_when() -> None:
    assert read_picture(jpeg(taken="2026:11:20 09:30:00")).taken_at == datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "yesterday afternoon", "2026:13:40 09:30:00"])
def test_a_clock_that_was_never_set_says_nothing(text: str) -> None:
    assert taken_at(exif(text)) is None


def test_every_cut_is_noticed() -> None:
    for whole in (png(), jpeg(taken="2026:11:20 09:30:00"), webp()):
        for length in range(len(whole)):
            with pytest.raises(NotAPicture):
                read_picture(whole[:length])


def test_a_flipped_bit_of_a_png_is_noticed() -> None:
    whole = bytearray(png())
    whole[45] ^= 1
    with pytest.raises(NotAPicture):
        read_picture(bytes(whole))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"GIF89a\x01\x00\x01\x00",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"\xff\xd8\xff<html><script>alert(1)</script>",
        b"\xff\xd8\xff\xd9",
        png(0, 3),
    ],
)
def test_what_is_no_picture(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        read_picture(content)
