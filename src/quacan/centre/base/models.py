"""What every department keeps: the audit chain, keys of actions, documents, number registers, follow-ups.

``book`` is everywhere the code of the organisation whose book this is (``*`` for the installation itself):
this storey lies below the organisations and knows them by their code alone.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

INSTALLATION = "*"


class AuditHead(models.Model):
    """The last link of one book's audit chain; locking this row orders its writers."""

    book = models.CharField(max_length=40, primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)


class AuditLine(models.Model):
    """Who did what, when, through which door, and what it changed: append-only, hash-chained."""

    book = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    door = models.CharField(max_length=20)
    action = models.CharField(max_length=100)
    subject = models.CharField(max_length=100)
    before = models.TextField(default="null")
    after = models.TextField(default="null")
    reason = models.TextField(blank=True, default="")
    key = models.CharField(max_length=100, blank=True, default="")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "seq"], name="audit_seq")]
        indexes = [models.Index(fields=["subject"], name="audit_subject")]


class ActionKey(models.Model):
    """An idempotency key that was used: the same key and content give the same result, done once."""

    key = models.CharField(max_length=100)
    action = models.CharField(max_length=100)
    content = models.CharField(max_length=64)
    result = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "key"], name="action_key")]


class FrozenText(models.Model):
    """The text of a definition as it stood when a record was judged by it, kept once by its SHA-256."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=100)
    version = models.CharField(max_length=40)
    text = models.TextField()


class Document(models.Model):
    """Something on paper, in or out: numbered, rendered from one frozen snapshot, immutable once issued."""

    class State(models.TextChoices):
        ISSUED = "issued", _("Có hiệu lực")
        SUPERSEDED = "superseded", _("Đã thay thế")
        REVOKED = "revoked", _("Đã thu hồi")

    book = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60, blank=True, default="")
    title = models.CharField(max_length=300)
    snapshot = models.TextField(default="{}")
    snapshot_sha256 = models.CharField(max_length=64)
    issued_on = models.DateField()
    year = models.IntegerField()  # registers begin anew every year, so a number is only unique within it
    recorded_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.ISSUED)
    state_reason = models.TextField(blank=True, default="")
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book", "kind", "year", "number"],
                condition=~models.Q(number=""),
                name="document_number",
            )
        ]

    def __str__(self) -> str:
        return self.number or self.title


class DocumentFile(models.Model):
    """One rendition of a document; its bytes lie in the store under their own SHA-256."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "name"], name="document_file_name")]


class Register(models.Model):
    """The book numbers are taken from: one per organisation, site, kind and year, without gaps."""

    book = models.CharField(max_length=40)
    site = models.CharField(max_length=20, blank=True, default="")
    kind = models.CharField(max_length=40)
    year = models.IntegerField()
    pattern = models.CharField(max_length=100)
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "site", "kind", "year"], name="register_once")]


class IssuedNumber(models.Model):
    """A number that was taken, and what it was taken for."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="numbers")
    sequence = models.BigIntegerField()
    text = models.CharField(max_length=60)
    subject = models.CharField(max_length=100)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "sequence"], name="issued_number_once"),
            models.UniqueConstraint(fields=["register", "text"], name="issued_number_text"),
        ]


class FollowUp(models.Model):
    """Something somebody must do by a day, with evidence, confirmed by who asked."""

    class State(models.TextChoices):
        OPEN = "open", _("Chưa làm")
        DONE = "done", _("Đã làm, chờ xác nhận")
        CONFIRMED = "confirmed", _("Đã xác nhận")
        CANCELLED = "cancelled", _("Đã hủy")

    book = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=100, blank=True, default="")
    title = models.CharField(max_length=300)
    owner = models.CharField(max_length=150)
    asked_by = models.CharField(max_length=150)
    asked_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    evidence = models.TextField(blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=150, blank=True, default="")
    escalated_to = models.CharField(max_length=150, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["owner", "state", "due_on"], name="followup_owner")]

    def __str__(self) -> str:
        return self.title
