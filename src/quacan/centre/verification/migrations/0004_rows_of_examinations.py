"""Every worksheet becomes an examination too: what is any examination's is copied there, under the same key."""

from django.db import migrations

COLUMNS = (
    'id, number, procedure_code, procedure_version, characteristics, place, performed_on, submitted_at, approved_at, '
    'state, verdict, result, decision_rule, budgets, content_sha256, returned_reason, folded, checker_id, '
    'limits_text_id, organisation_id, performer_id, procedure_text_id, unit_id'
)


def copy(apps, schema_editor):
    schema_editor.execute(
        f'INSERT INTO examinations_examination ({COLUMNS}) SELECT {COLUMNS} FROM verification_worksheet ORDER BY id'
    )
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(
            "SELECT setval(pg_get_serial_sequence('examinations_examination', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL) "
            'FROM examinations_examination'
        )


class Migration(migrations.Migration):

    dependencies = [
        ('examinations', '0001_initial'),
        ('verification', '0003_bench'),
    ]

    operations = [migrations.RunPython(copy, elidable=False)]
