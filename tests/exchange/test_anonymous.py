"""A table without anybody's name: nothing of the originals is left, figures and days stay."""

import csv
import io

from funnel_desk.exchange.exporting import KINDS, OutOptions, export_file
from funnel_desk.operations import activities, deals, people
from funnel_desk.operations.desk import Desk
from tests.desks import stages

PLANTED = "Xyzzyplugh"


def test_nothing_of_the_originals_is_left(desk: Desk) -> None:
    deal = desk.run(
        deals.new_deal, title=f"{PLANTED} 1", company=f"{PLANTED} 2", contact=f"{PLANTED} 3", value=705, currency="USD",
        owner=f"{PLANTED} 4", source=f"{PLANTED} 5", note=f"{PLANTED} 6",
    )  # fmt: skip
    twin = desk.run(deals.new_deal, title="other", company=f"{PLANTED} 2")
    desk.run(deals.edit_deal, deal.id, tags=(f"{PLANTED}7",), custom={f"{PLANTED}8": f"{PLANTED}9"})
    contact = desk.read(lambda read: read.sql("SELECT id FROM contact"))[0][0]
    desk.run(people.edit_contact, contact, email=f"{PLANTED}@x.com", phone="+375 29 7654321", role=PLANTED)
    desk.run(activities.log_activity, deal.id, kind="call", text=f"said {PLANTED}", minutes=35, result=PLANTED)
    desk.run(deals.lose_deal, deal.id, reason=f"{PLANTED} 10")
    out = desk.path.with_name("anonymous.csv")
    assert twin.id
    assert stages(desk)
    for what in KINDS:
        for profile in ("exact", "excel"):
            export_file(desk, out, OutOptions(what, "exact" if profile == "exact" else "excel", anonymous=True))
            text = out.read_text(encoding="utf-8-sig")
            assert PLANTED.casefold() not in text.casefold()
            assert "7654321" not in text
            assert deal.id not in text
    export_file(desk, out, OutOptions(anonymous=True))
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [row["company"] for row in rows] == ["Company 1", "Company 1"]
    assert (rows[0]["value"], rows[0]["outcome"], rows[0]["custom:1"]) == ("7.05", "lost", "Text 5")
    assert [row["title"] for row in rows] == ["Deal 1", "Deal 2"]
