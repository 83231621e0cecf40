"""Who may be given a line: for verification, whoever holds a card of its field on the day."""

from collections.abc import Sequence
from datetime import date

from quacan.centre.contracts.models import ContractLine, Service
from quacan.centre.instruments import catalogue
from quacan.centre.people.models import Person, VerifierCard


def fitting(line: ContractLine, performers: Sequence[Person], *, on: date) -> list[Person]:
    """This will keep the performers who may be given a line: for verification those whose card covers its field."""
    if line.service != Service.VERIFICATION or not line.kind_code:
        return list(performers)
    field = catalogue.kind(line.kind_code).field
    cards = VerifierCard.objects.filter(
        organisation=line.contract.organisation_id,
        person__in=performers,
        issued_on__lte=on,
        expires_on__gte=on,
    )
    holders = {card.person_id for card in cards if field in card.fields}
    return [person for person in performers if person.pk in holders]
