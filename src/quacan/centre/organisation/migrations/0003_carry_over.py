"""Centres that worked before scopes were recorded keep working for 90 days (decision 0009)."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

DAYS = 90
NOTE = "Chuyển từ bản cũ: chưa nhập quyết định chỉ định và phạm vi."


def carry_over(apps, schema_editor):
    today = timezone.localdate()
    scopes = apps.get_model("organisation", "Scope").objects
    lines = apps.get_model("organisation", "ScopeLine").objects
    centres = apps.get_model("organisation", "Organisation").objects.filter(kind="centre", valid_to=None)
    for centre in centres:
        scope = scopes.create(
            organisation=centre,
            kind="designation",
            number=centre.designation_number,
            valid_from=min(centre.valid_from, today),
            valid_to=today + timedelta(days=DAYS),
            carried_over=True,
            note=NOTE,
        )
        lines.create(scope=scope, service="verification", valid_from=scope.valid_from)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_scopes")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True)]
