"""What is written on a worksheet now belongs to its examination: tables renamed, pointed to the examination."""

import django.db.models.deletion
from django.db import migrations, models

# Model, how an examination calls its rows, its constraint that names the worksheet, with the other fields of that.
MOVED = (
    ('Run', 'runs', 'run_once', ['ordinal']),
    ('Reading', 'readings', 'reading_once', ['cell', 'revision']),
    ('Condition', 'conditions', 'condition_once', ['key', 'moment']),
    ('StandardUse', 'standard_uses', 'standard_use_once', ['need']),
    ('Photo', 'photos', '', []),
    ('Seal', 'seals', '', []),
    ('Deviation', 'deviations', 'deviation_once', ['obstacle', 'subject']),
)


def handed_over(model, rows, constraint, fields):
    name = model.lower()
    if constraint:
        yield migrations.RemoveConstraint(model_name=name, name=constraint)
    yield migrations.RenameField(model_name=name, old_name='worksheet', new_name='examination')
    yield migrations.AlterField(
        model_name=name,
        name='examination',
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name=rows, to='examinations.examination'
        ),
    )
    if constraint:
        unique = models.UniqueConstraint(fields=['examination', *fields], name=constraint)
        yield migrations.AddConstraint(model_name=name, constraint=unique)
    yield migrations.AlterModelTable(name=name, table=f'examinations_{name}')


class Migration(migrations.Migration):

    dependencies = [
        ('verification', '0004_rows_of_examinations'),
    ]

    operations = [operation for moved in MOVED for operation in handed_over(*moved)]
