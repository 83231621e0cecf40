"""The chain of a result: reading ← step ← certificate of a standard ← issuer ← what that traces to."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from quacan.centre.base.language.texts import Text
from quacan.centre.certificates.models import Outcome
from quacan.centre.certificates.queries import outcomes
from quacan.centre.examinations.models import Reading
from quacan.centre.examinations.queries import current_readings, sheet_layout
from quacan.centre.people.models import Person
from quacan.centre.standards.models import Standard, StandardCertificate
from quacan.centre.verification.models import Worksheet

SHORTEST_NUMBER = 4


@dataclass(frozen=True, slots=True)
class Link:
    """One certificate of a chain: the standard, the paper, who issued it, what it says it traces to."""

    certificate: StandardCertificate
    standard: Standard
    valid_that_day: bool
    upper: tuple["Link", ...]

    @property
    def is_end(self) -> bool:
        """This will say whether the chain leaves the house here: no certificate of ours is named above."""
        return not self.upper

    @property
    def is_broken(self) -> bool:
        """This will say whether nobody wrote what the certificate traces to."""
        return self.is_end and not self.certificate.traceable_to.strip()


@dataclass(frozen=True, slots=True)
class Branch:
    """A certificate that supported steps of a worksheet: which steps, for which need, how many readings."""

    needs: tuple[str, ...]
    steps: tuple[str, ...]
    readings: int
    link: Link


@dataclass(frozen=True, slots=True)
class Tree:
    """Everything a result rests on; *loose* counts readings of steps no standard supports (examinations, notes)."""

    outcome: Outcome
    worksheet: Worksheet
    branches: tuple[Branch, ...]
    readings: int
    loose: int
    unmet: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """This will say whether every need is met and every chain is written to its end."""
        return not self.unmet and not any(_broken(branch.link) for branch in self.branches)


def certificate_tree(found: Outcome) -> Tree:
    """This will trace a certificate: its standing readings by the certificates that support them, upwards.

    A reading of a step that several standards support is counted with each of them.
    """
    sheet = found.worksheet
    shape = sheet_layout(sheet)
    titles = {step.key: _said(step.title) for step in shape.steps}
    uses = {use.need: use.certificate for use in sheet.standard_uses.select_related("certificate__standard")}
    counted: dict[int, int] = defaultdict(int)
    steps: dict[int, dict[str, None]] = defaultdict(dict)
    needs: dict[int, dict[str, None]] = defaultdict(dict)
    certificates = {certificate.pk: certificate for certificate in uses.values()}
    typed = [row for row in current_readings(sheet).values() if row.text]
    loose = 0
    for row in typed:
        step = row.cell.partition(".")[0]
        behind = {uses[need.key].pk for need in shape.standards if step in need.steps and need.key in uses}
        if row.standard_certificate is not None:
            certificates[row.standard_certificate.pk] = row.standard_certificate
            behind.add(row.standard_certificate.pk)
            steps[row.standard_certificate.pk][_title(titles, row)] = None
        for key in behind:
            counted[key] += 1
        loose += not behind
    for need in shape.standards:
        if need.key in uses:
            key = uses[need.key].pk
            needs[key][_said(need.label)] = None
            steps[key] |= {titles[step]: None for step in need.steps if step in titles}
    return Tree(
        outcome=found,
        worksheet=sheet,
        branches=tuple(
            Branch(tuple(needs[key]), tuple(steps[key]), counted[key], _link(one, sheet.performed_on))
            for key, one in sorted(certificates.items(), key=lambda item: item[1].standard.code)
        ),
        readings=len(typed),
        loose=loose,
        unmet=tuple(_said(need.label) for need in shape.standards if need.key not in uses),
    )


def _said(label: Any) -> str:
    return str(Text(label.vi, label.en))


def _title(titles: dict[str, str], row: Reading) -> str:
    key = row.cell.partition(".")[0]
    return titles.get(key, key)


def _link(certificate: StandardCertificate, on: date, seen: frozenset[int] = frozenset()) -> Link:
    """A certificate and, when its trace names certificates of other standards of the house, those above it."""
    seen |= {certificate.standard_id}
    return Link(
        certificate=certificate,
        standard=certificate.standard,
        valid_that_day=certificate.issued_on <= on <= certificate.valid_until,
        upper=tuple(
            _link(one, certificate.issued_on, seen)
            for one in _named_in(certificate)
            if one.standard_id not in seen
        ),
    )


def _named_in(certificate: StandardCertificate) -> list[StandardCertificate]:
    words = {
        word for word in re.split(r"[\s,;()]+", certificate.traceable_to) if len(word) >= SHORTEST_NUMBER
    }
    if not words:
        return []
    rows = StandardCertificate.objects.filter(
        standard__organisation=certificate.standard.organisation_id,
        number__in=words,
        issued_on__lte=certificate.issued_on,
    )
    return list(rows.exclude(standard=certificate.standard_id).select_related("standard").order_by("number"))


def _broken(link: Link) -> bool:
    return link.is_broken or any(_broken(one) for one in link.upper)


def standard_chains(standard: Standard, *, on: date) -> tuple[Link, ...]:
    """This will trace every certificate of a standard upwards, the newest first."""
    return tuple(_link(one, on) for one in standard.certificates.select_related("standard"))


def outcomes_resting_on(person: Person, standard: Standard, *, on: date) -> QuerySet[Outcome]:
    """This will list the certificates and notices a person may see whose worksheet used a standard, newest first."""
    used = Q(worksheet__standard_uses__certificate__standard=standard)
    return outcomes(person, on=on).filter(used).distinct().order_by("-issued_on", "-id")
