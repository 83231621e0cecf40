"""Who came to the centre lately: one gone, one not shown out, one expected."""

from datetime import date

from quacan.centre.visitors.actions import VisitDraft, admit_visitor, expect_visitor, show_out
from quacan.demo.institution import House


def receive_visitors(house: House, *, yesterday: date, today: date) -> None:
    """This will keep the visitors' register of yesterday and today."""
    rows = (
        (
            "Bế Văn Lâm",
            "Công ty Nước sạch (mẫu)",
            "Xem thử đồng hồ nước",
            yesterday,
            "Phòng lưu lượng",
            "CK 01",
        ),
        ("Hà Thị Sen", "Hợp tác xã Nà Tấu (mẫu)", "Nhận lại cân", yesterday, "", ""),
        ("Lò Văn Pao", "Đoàn đánh giá (mẫu)", "Trao đổi lịch đánh giá", today, "Phòng khối lượng", ""),
    )
    visits = [
        expect_visitor(
            house.act("yen", on),
            house.centre,
            VisitDraft(
                visitor=visitor, comes_from=place, purpose=purpose, host=house.people["nghia"], expected_on=on,
                rooms=rooms, undertaking=undertaking,
            ),
        )
        for visitor, place, purpose, on, rooms, undertaking in rows
    ]  # fmt: skip
    gone = admit_visitor(house.act("yen", yesterday, hour=9), visits[0])
    show_out(house.act("yen", yesterday, hour=11), gone)
    admit_visitor(house.act("yen", yesterday, hour=15), visits[1])
