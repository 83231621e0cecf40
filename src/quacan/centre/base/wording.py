"""Words for the codes of the house: measures of the book.

Each is worded by the department that declares it.
"""

from django.utils.translation import gettext as _

from quacan.centre.base.departments import departments


def measure_word(code: str) -> str:
    """The name of a measure of the book; one that no department declares has no name, and no code is shown."""
    for department in departments():
        if code in department.measures:
            return str(department.measures[code])
    return _("đại lượng chưa đặt tên")
