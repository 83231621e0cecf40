"""Decisions about certificates and stamps on plain values."""

import secrets

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def check_code() -> str:
    """This will draw the code of a public check: 12 letters and digits, none of them easily confused."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(12))


def reissued(number: str) -> str:
    """This will give the number of a reissue: V22.00001 → V22.00001.R1 → V22.00001.R2."""
    base, mark, count = number.rpartition(".R")
    return f"{base}.R{int(count) + 1}" if mark and count.isdigit() else f"{number}.R1"


def stamp_number(*, series: str, sequence: int) -> str:
    """This will write a stamp's number as printed: series, point, five digits."""
    return f"{series}.{sequence:05d}"
