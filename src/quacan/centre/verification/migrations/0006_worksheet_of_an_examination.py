"""A worksheet is the examination of an instrument on order: it keeps the law's and the order's, under the same key."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

MOVED = ('Reading', 'Run', 'Condition', 'StandardUse', 'Seal', 'Photo', 'Deviation')
KEPT = ('job', 'instrument', 'service', 'event', 'supersedes', 'batch', 'position')
GONE = (
    'number', 'procedure_code', 'procedure_version', 'characteristics', 'place', 'performed_on', 'submitted_at',
    'approved_at', 'state', 'verdict', 'result', 'decision_rule', 'budgets', 'content_sha256', 'returned_reason',
    'folded', 'checker_id', 'limits_text_id', 'organisation_id', 'performer_id', 'procedure_text_id', 'unit_id',
)
POSTGRESQL = (
    'SET CONSTRAINTS ALL IMMEDIATE',
    'ALTER TABLE verification_worksheet ' + ', '.join(f'DROP COLUMN {column}' for column in GONE),
    'ALTER TABLE verification_worksheet ALTER COLUMN id DROP IDENTITY IF EXISTS',
    'ALTER TABLE verification_worksheet ADD CONSTRAINT verification_worksheet_id_fk_examinations_examination_id '
    'FOREIGN KEY (id) REFERENCES examinations_examination (id) DEFERRABLE INITIALLY DEFERRED',
)
COLUMNS = 'id, service, event, position, batch_id, instrument_id, job_id, supersedes_id'
SQLITE = (
    'CREATE TABLE new__verification_worksheet ('
    'id bigint NOT NULL PRIMARY KEY REFERENCES examinations_examination (id) DEFERRABLE INITIALLY DEFERRED, '
    'service varchar(12) NOT NULL, event varchar(14) NOT NULL, position integer NULL, '
    'batch_id bigint NULL REFERENCES verification_batch (id) DEFERRABLE INITIALLY DEFERRED, '
    'instrument_id bigint NOT NULL REFERENCES instruments_instrument (id) DEFERRABLE INITIALLY DEFERRED, '
    'job_id bigint NOT NULL REFERENCES contracts_job (id) DEFERRABLE INITIALLY DEFERRED, '
    'supersedes_id bigint NULL UNIQUE REFERENCES verification_worksheet (id) DEFERRABLE INITIALLY DEFERRED, '
    'CONSTRAINT batch_position UNIQUE (batch_id, position))',
    f'INSERT INTO new__verification_worksheet ({COLUMNS}) SELECT {COLUMNS} FROM verification_worksheet',
    'DROP TABLE verification_worksheet',
    'ALTER TABLE new__verification_worksheet RENAME TO verification_worksheet',
    *(
        f'CREATE INDEX verification_worksheet_{column} ON verification_worksheet ({column})'
        for column in ('batch_id', 'instrument_id', 'job_id')
    ),
)


class BecomeExamination(Operation):
    """A worksheet inherits from examinations; Django has no operation that gives a stored model a parent."""

    reduces_to_sql = True
    reversible = False

    def state_forwards(self, app_label, state):
        worksheet = state.models[app_label, 'worksheet']
        parent = models.OneToOneField(
            db_column='id',
            on_delete=django.db.models.deletion.PROTECT,
            parent_link=True,
            primary_key=True,
            related_name='worksheet',
            serialize=False,
            to='examinations.examination',
        )
        worksheet.fields = {'examination': parent, **{name: worksheet.fields[name] for name in KEPT}}
        worksheet.bases = ('examinations.examination',)
        options = {'indexes': [], 'constraints': [c for c in worksheet.options['constraints'] if c.name == 'batch_position']}
        worksheet.options = {**worksheet.options, **options}
        state._relations = None
        if 'apps' in state.__dict__:
            state.reload_model(app_label, 'worksheet', delay=False)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        statements = SQLITE if schema_editor.connection.vendor == 'sqlite' else POSTGRESQL
        for statement in statements:
            schema_editor.execute(statement)

    def describe(self):
        return 'Make a worksheet the child of its examination'


class Migration(migrations.Migration):

    dependencies = [
        ('examinations', '0002_what_is_written'),
        ('verification', '0005_tables_of_examinations'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name=name) for name in MOVED],
        ),
        BecomeExamination(),
    ]
