"""Who may enter where: every address of the house × nobody, one person of each role, and a stranger.

The expectation is computed from the roles' permissions and the table below; an address that stands in no table fails.
"""

from __future__ import annotations

from quacan.centre.people.roles import roles
from tests.house.conftest import Knock
from tests.house.doors import STRANGER

ROLE_OF = {
    "phuong": "director",
    "nghia": "technical_head",
    "van": "verifier",
    "yen": "clerk",
    "nhung": "quality_manager",
    "trung": "planner",
    "tu": "administrator",
    "thanh": "inspector",
    "khang": "department_leader",
}
ELSEWHERE = {"thanh"}  # holds a role at another organisation of the department, not above the centre

PUBLIC = {"portal:ask", "portal:check", "people:sign_in", "people:language", "people:theme"}
# Whoever is signed in: pages of one's own, lists of what one may see, forms whose deed asks for the permission,
# and the department's one register of parties and instruments.
OPEN = """
    today search organisations own_scopes followups:new base:ui base:chart people:sign_out people:change_password
    visitors:register laboratory:register
    parties:parties parties:new parties:like parties:choices parties:duplicates parties:party parties:change
    parties:merge parties:new_place parties:place
    instruments:instruments instruments:new instruments:characteristics instruments:of_party
    facilities:points facilities:new
    standards:standards standards:new standards:due
    contracts:contracts contracts:new contracts:of_party contracts:orders
    activities:activities activities:parties
    verification:worksheets verification:procedures verification:declared verification:case
    verification:check_definition verification:batches certificates:certificates certificates:stamps
    certificates:receive certificates:hand_out certificates:damage
    quality:nonconformities quality:simulations
    reporting:reports reporting:book reporting:plans
"""
# A record of the centre, or what is done to it: seen by who holds the permission at the centre, nobody else.
RECORDS = {
    "organisation.see": """organisation found_organisation open_unit open_site succeed
        scopes enter_scope scope add_scope_lines end_scope""",
    "people.see": """people:person people:assign people:end_assignment people:reset_password people:let_go
        people:take_back""",
    "facilities.see": """facilities:point facilities:limit facilities:record facilities:file
        facilities:acknowledge""",
    "facilities.record": "facilities:import",
    "standards.see": """standards:standard standards:state standards:file
        standards:drift standards:checks standards:plan standards:record standards:end standards:withdraw
        standards:keeping standards:lend standards:give_back standards:move standards:maintain
        verification:standard_use""",
    "contracts.see": """contracts:contract contracts:reopen contracts:cancel contracts:new_instrument
        contracts:report contracts:review contracts:sign contracts:accept contracts:order contracts:reassign
        contracts:cancel_job""",
    "worksheets.record": "verification:open_batch",
    "contracts.record": "contracts:change",
    "facilities.manage": "facilities:change",
    "standards.record": "standards:change standards:new_certificate",
    "activities.record": "activities:change",
    "visitors.record": "visitors:change",
    "orders.assign": "contracts:new_order contracts:add_jobs",
    "activities.see": """activities:activity activities:confirm activities:cancel
        activities:attach activities:evidence""",
    "worksheets.see": """verification:open verification:worksheet verification:save verification:standard
        verification:surroundings verification:add_photos verification:add_seal verification:carry_checklists
        verification:run verification:history verification:budgets verification:procedure
        verification:submit verification:approve verification:return verification:void verification:replace
        verification:ask_deviation verification:correct_characteristics verification:verifier
        verification:batch verification:bench_file verification:weigh_file verification:record_file
        verification:upload_bench_file verification:batch_standard verification:send_batch
        verification:approve_batch verification:add_card verification:add_authorisation
        quality:deviation
        verification:add_course verification:end_leave
        laboratory:test laboratory:enter laboratory:use_standard laboratory:submit laboratory:report
        laboratory:return laboratory:void laboratory:report_file""",
    "visitors.see": """visitors:visit visitors:admit visitors:show_out visitors:cancel""",
    "certificates.see": """certificates:certificate certificates:revoke certificates:paper certificates:sign_one
        quality:certificate_tree""",
    "reports.see": """reporting:report reporting:file reporting:prepare reporting:write reporting:submit
        reporting:give_back reporting:issue reporting:take_over reporting:close reporting:close_early
        reporting:indicator""",
    "ledger.see": "reporting:entry",
    "plans.see": "reporting:plan reporting:set_target reporting:approve_plan",
}
# A list or form that asks for a permission wherever one holds it, and then shows one's own organisation.
GATED = {
    "audit.see": "audit",
    "people.see": "people:people",
    "people.manage": "people:enter",
    "visitors.record": "visitors:new",
    "activities.record": "activities:new",
    "plans.record": "reporting:new_plan",
    "certificates.sign": "certificates:signing certificates:open_session",
    "worksheets.see": "verification:benches",
    "worksheets.record": "laboratory:choose laboratory:new",
}
# Doors decided by the record itself (owner, performer, a record the demonstration lacks): only the general promises.
OWN = """
    followups:follow_up followups:finish followups:confirm followups:pass_on followups:call_off
    instruments:instrument instruments:change instruments:move
    instruments:use contracts:of_instrument verification:verifiers verification:matrix verification:course_file
    verification:photo verification:withdraw_photo verification:withdraw_seal
    quality:standard_tree quality:new_simulation quality:simulation quality:advance quality:open
    quality:nonconformity quality:close quality:notice
"""
# What changes a record, with the permission it takes; the forms are filled so that who may does.
DEEDS = {
    "parties:new": "parties.record",
    "contracts:cancel_job": "orders.assign",
    "certificates:revoke": "certificates.revoke",
    "certificates:hand_out": "stamps.manage",
    "certificates:damage": "stamps.manage",
    "certificates:receive": "stamps.manage",
    "people:assign": "people.manage",
    "people:reset_password": "people.manage",
    "people:let_go": "people.manage",
    "facilities:record": "facilities.record",
    "facilities:acknowledge": "facilities.manage",
    "standards:state": "standards.record",
    "standards:plan": "standards.record",
    "standards:record": "standards.record",
    "standards:move": "standards.record",
    "standards:maintain": "standards.record",
    "activities:confirm": "activities.confirm",
    "reporting:prepare": "reports.prepare",
    "open_unit": "organisation.manage",
    "verification:run": "worksheets.record",
    "verification:add_seal": "worksheets.record",
}
LISTS = {
    "contracts:contracts": "contracts.see",
    "contracts:orders": "contracts.see",
    "verification:worksheets": "worksheets.see",
    "verification:batches": "worksheets.see",
    "certificates:certificates": "certificates.see",
    "certificates:stamps": "stamps.see",
    "activities:activities": "activities.see",
    "facilities:points": "facilities.see",
    "standards:standards": "standards.see",
    "standards:due": "standards.see",
    "visitors:register": "visitors.see",
    "laboratory:register": "worksheets.see",
    "reporting:book": "ledger.see",
    "reporting:plans": "plans.see",
    "reporting:reports": "reports.see",
    "people:people": "people.see",
}


def holds(username: str, permission: str) -> bool:
    """This will say by the roles alone whether somebody holds a permission at the centre."""
    if username not in ROLE_OF or username in ELSEWHERE:
        return False
    return permission in roles()[ROLE_OF[username]].permissions


def by_permission(table: dict[str, str]) -> dict[str, str]:
    """This will turn permission to doors into door to permission."""
    return {door: permission for permission, doors in table.items() for door in doors.split()}


def test_every_door_stands_in_a_table(knocks: list[Knock]) -> None:
    known = PUBLIC | {*OPEN.split(), *OWN.split(), *by_permission(RECORDS), *by_permission(GATED)}
    assert {one.door for one in knocks} == known
    assert {one.username for one in knocks} == {"", STRANGER, *ROLE_OF}


def test_no_door_breaks(knocks: list[Knock]) -> None:
    assert [str(one) for one in knocks if one.status >= 500] == []


def test_nobody_enters_without_signing_in(knocks: list[Knock]) -> None:
    inside = [one for one in knocks if not one.username and one.door not in PUBLIC]
    assert [str(one) for one in inside if not one.location.startswith("/dang-nhap/") or one.written] == []
    public = [one for one in knocks if not one.username and one.door in PUBLIC]
    assert [str(one) for one in public if one.location.startswith("/dang-nhap/?next")] == []


def test_records_open_to_whom_the_roles_name_and_to_nobody_else(knocks: list[Knock]) -> None:
    permissions = by_permission(RECORDS)
    wrong = []
    for one in knocks:
        if not one.username or one.door not in permissions:
            continue
        if holds(one.username, permissions[one.door]):
            right = one.method == "post" or one.entered or one.door in LACKING
        else:
            right = one.status in (403, 404, 405)
        if not right:
            wrong.append(str(one))
    assert wrong == []


LACKING = {"standards:file", "activities:evidence"}  # the demonstration keeps no such file


def test_gates_ask_for_their_permission(knocks: list[Knock]) -> None:
    permissions = by_permission(GATED)
    inside = [
        one for one in knocks if one.username in ROLE_OF and one.door in permissions and one.method == "get"
    ]
    wrong = [
        str(one)
        for one in inside
        if one.status != 405
        and one.entered != (permissions[one.door] in roles()[ROLE_OF[one.username]].permissions)
    ]
    assert wrong == []


def test_lists_show_nothing_of_what_one_may_not_see(knocks: list[Knock]) -> None:
    shown = [one for one in knocks if one.door in LISTS and one.method == "get" and one.username]
    assert [str(one) for one in shown if one.shows != holds(one.username, LISTS[one.door])] == []


def test_deeds_are_done_by_whom_the_roles_name_and_change_nothing_otherwise(knocks: list[Knock]) -> None:
    posts = [one for one in knocks if one.method == "post" and one.username]
    may = [one for one in posts if one.door in DEEDS and holds(one.username, DEEDS[one.door])]
    assert {one.door for one in may if one.written} == set(DEEDS), (
        "some deed was done by nobody: its form is wrong"
    )
    not_theirs = [one for one in posts if one.door in DEEDS and not holds(one.username, DEEDS[one.door])]
    own_house = {"parties:new", "certificates:receive"}  # the stranger does these for the house it works in
    theirs = [one for one in not_theirs if not (one.username == STRANGER and one.door in own_house)]
    assert [str(one) for one in theirs if one.written or one.status in (200, 302)] == []


def test_reading_never_writes(knocks: list[Knock]) -> None:
    assert [str(one) for one in knocks if one.method == "get" and one.written] == []
