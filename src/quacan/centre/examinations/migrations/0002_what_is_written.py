"""Runs, readings, conditions, standards, photos, seals and deviations are every examination's: their tables came over.

``verification`` renamed the tables and pointed them to examinations; here only the state learns whose they are.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0001_initial'),
        ('examinations', '0001_initial'),
        ('standards', '0002_checks_loans_ranges'),
        ('verification', '0005_tables_of_examinations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Deviation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('obstacle', models.CharField(max_length=40)),
                        ('subject', models.CharField(max_length=80)),
                        ('sentence', models.TextField()),
                        ('reason', models.TextField()),
                        ('granted_at', models.DateTimeField()),
                        ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('performer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('examination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to='examinations.examination')),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
                migrations.CreateModel(
                    name='Condition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=40)),
                        ('moment', models.CharField(choices=[('start', 'Bắt đầu'), ('end', 'Kết thúc')], max_length=5)),
                        ('text', models.CharField(max_length=40)),
                        ('origin', models.CharField(blank=True, default='', max_length=120)),
                        ('examination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='examinations.examination')),
                    ],
                ),
                migrations.CreateModel(
                    name='Photo',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject', models.CharField(choices=[('whole', 'Toàn cảnh phương tiện'), ('plate', 'Nhãn mác, số máy'), ('indication', 'Chỉ thị khi đo'), ('seal', 'Niêm phong, tem'), ('damage', 'Hư hỏng'), ('other', 'Khác')], max_length=12)),
                        ('caption', models.CharField(blank=True, default='', max_length=200)),
                        ('added_by', models.CharField(max_length=150)),
                        ('added_at', models.DateTimeField()),
                        ('withdrawn_reason', models.CharField(blank=True, default='', max_length=300)),
                        ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.document')),
                        ('examination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='examinations.examination')),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
                migrations.CreateModel(
                    name='Run',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ordinal', models.IntegerField()),
                        ('kind', models.CharField(choices=[('first', 'Lần đầu'), ('repeat', 'Đo lại'), ('correct', 'Sửa số ghi nhầm'), ('withdraw', 'Rút số đọc'), ('adjust', 'Hiệu chỉnh, đo lại')], max_length=10)),
                        ('reason', models.CharField(blank=True, default='', max_length=300)),
                        ('opened_at', models.DateTimeField()),
                        ('opened_by', models.CharField(max_length=150)),
                        ('examination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='examinations.examination')),
                    ],
                ),
                migrations.CreateModel(
                    name='Reading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('cell', models.CharField(max_length=80)),
                        ('revision', models.IntegerField()),
                        ('text', models.CharField(max_length=200)),
                        ('entered_by', models.CharField(max_length=150)),
                        ('entered_at', models.DateTimeField()),
                        ('digest', models.CharField(max_length=64)),
                        ('examination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='examinations.examination')),
                        ('standard_certificate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='standards.standardcertificate')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='examinations.run')),
                    ],
                ),
                migrations.CreateModel(
                    name='Seal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('moment', models.CharField(choices=[('found', 'Khi đến'), ('applied', 'Khi xong')], max_length=8)),
                        ('position', models.CharField(max_length=120)),
                        ('mark', models.CharField(blank=True, default='', max_length=80)),
                        ('condition', models.CharField(choices=[('intact', 'Nguyên vẹn'), ('broken', 'Đứt, rách'), ('missing', 'Không có')], max_length=8)),
                        ('entered_by', models.CharField(max_length=150)),
                        ('entered_at', models.DateTimeField()),
                        ('withdrawn_reason', models.CharField(blank=True, default='', max_length=300)),
                        ('examination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='examinations.examination')),
                        ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='examinations.photo')),
                    ],
                    options={
                        'ordering': ['moment', 'position', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='StandardUse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('need', models.CharField(max_length=40)),
                        ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='standards.standardcertificate')),
                        ('examination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standard_uses', to='examinations.examination')),
                    ],
                ),
                migrations.AddConstraint(
                    model_name='deviation',
                    constraint=models.UniqueConstraint(fields=('examination', 'obstacle', 'subject'), name='deviation_once'),
                ),
                migrations.AddConstraint(
                    model_name='deviation',
                    constraint=models.CheckConstraint(condition=models.Q(('granted_by', models.F('performer')), _negated=True), name='deviation_granted_by_another'),
                ),
                migrations.AddConstraint(
                    model_name='deviation',
                    constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='deviation_has_reason'),
                ),
                migrations.AddConstraint(
                    model_name='condition',
                    constraint=models.UniqueConstraint(fields=('examination', 'key', 'moment'), name='condition_once'),
                ),
                migrations.AddConstraint(
                    model_name='run',
                    constraint=models.UniqueConstraint(fields=('examination', 'ordinal'), name='run_once'),
                ),
                migrations.AddConstraint(
                    model_name='run',
                    constraint=models.CheckConstraint(condition=models.Q(('kind', 'first'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='run_has_reason'),
                ),
                migrations.AddConstraint(
                    model_name='reading',
                    constraint=models.UniqueConstraint(fields=('examination', 'cell', 'revision'), name='reading_once'),
                ),
                migrations.AddConstraint(
                    model_name='seal',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('moment', 'applied'), _negated=True), models.Q(('condition', 'intact'), models.Q(('mark', ''), _negated=True)), _connector='OR'), name='seal_applied_is_whole_and_marked'),
                ),
                migrations.AddConstraint(
                    model_name='standarduse',
                    constraint=models.UniqueConstraint(fields=('examination', 'need'), name='standard_use_once'),
                ),
            ],
        ),
    ]
