"""Write new examinations: one by one they save themselves, many at once go in two statements."""

from collections.abc import Sequence

from quacan.centre.base.act import Act
from quacan.centre.examinations.actions.recording import propose_missing
from quacan.centre.examinations.models import Examination, Run
from quacan.centre.examinations.queries import sheet_layout


def begin(act: Act, child: Examination) -> None:
    """Store a new examination with its first run, and propose the standards that nothing stands against."""
    child.save(force_insert=True)
    Run.objects.create(
        examination=child, ordinal=1, kind=Run.Kind.FIRST, opened_at=act.at, opened_by=act.actor.username
    )
    act.created(child)
    propose_missing(child, sheet_layout(child))


def write_examinations(children: Sequence[Examination]) -> None:
    """Store many new examinations of one kind at once: their common rows, then what their kind adds, with its keys."""
    if not children:
        return
    shared = [one.attname for one in Examination._meta.concrete_fields if not one.primary_key]
    parents = Examination.objects.bulk_create(
        Examination(**{name: getattr(child, name) for name in shared}) for child in children
    )
    for child, parent in zip(children, parents, strict=True):
        child.id, child.pk = parent.pk, parent.pk
        child._state.adding = False
    model = type(children[0])
    # Django's bulk_create knows no child tables; the statement behind it does.
    rows = model._base_manager.all()
    fields = model._meta.local_concrete_fields
    rows._batched_insert(list(children), fields, batch_size=None)  # type: ignore[attr-defined]
