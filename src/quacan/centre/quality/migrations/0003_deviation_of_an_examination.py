"""A deviation is granted on an examination; its table was renamed, nothing else changes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('examinations', '0002_what_is_written'),
        ('quality', '0002_deviations'),
    ]
    run_before = [('verification', '0006_worksheet_of_an_examination')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='nonconformity',
                    name='deviation',
                    field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='nonconformity', to='examinations.deviation'),
                ),
            ],
        ),
    ]
