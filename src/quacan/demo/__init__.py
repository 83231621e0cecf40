"""The demonstration institution: invented people and customers, recorded through the same actions as a user's.

Nothing here is planted: readings are drawn from simulated instruments, typed through the actions, and every figure is
computed from them.
"""

from collections.abc import Callable

from django.utils import timezone

from quacan.centre.organisation.models import Organisation
from quacan.demo.institution import PASSWORD, found_institution

Progress = Callable[[str], None]


def is_empty() -> bool:
    """This will say whether nobody has used this database yet."""
    return not Organisation.objects.exists()


def load_demo(*, progress: Progress = lambda line: None) -> None:
    """This will load the whole demonstration into an empty database."""
    from quacan.demo.activities import record_activities
    from quacan.demo.customers import enter_customers
    from quacan.demo.present import make_today
    from quacan.demo.work import close_half_year, plan_years, verify_half_year, verify_since

    today = timezone.localdate()
    house = found_institution(today)
    progress("cơ quan, người dùng, chuẩn, tem · institution, people, standards, stamps")
    instruments = enter_customers(house)
    progress(f"{len(instruments)} phương tiện đo của khách hàng · customers' instruments")
    plan_years(house, today)
    verify_half_year(house, instruments, year=2021, count=24, failing=1)
    progress("6 tháng đầu năm 2021 · first half of 2021")
    verify_half_year(house, instruments, year=2022, count=515, failing=17)
    progress("6 tháng đầu năm 2022: 515 phương tiện đo · first half of 2022")
    record_activities(house)
    close_half_year(house)
    progress("hoạt động khác, chốt số liệu 2022-H1 · other activities, period closed")
    verify_since(house, instruments, today=today, count=56)
    make_today(house, instruments, today=today)
    progress("công việc hôm nay · work of today")


def accounts() -> list[str]:
    """This will describe the demonstration accounts, when they are there."""
    from quacan.centre.base.cast import cast
    from quacan.centre.people.models import Person
    from quacan.centre.people.roles import roles

    known = set(Person.objects.values_list("username", flat=True))
    lines = [
        f"  {one.username:<9}{roles()[one.role].name.vi:<24}{one.full_name}"
        for one in cast().people
        if one.username in known
    ]
    if not lines:
        return []
    return [f"Tài khoản mẫu / demo accounts (mật khẩu / password: {PASSWORD})", *lines]
