import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0003_tools'),
    ]

    operations = [
        migrations.CreateModel(
            name='FailedAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'failed accesses',
                'abstract': False,
                'indexes': [models.Index(fields=['subject', 'at'], name='guides_failed_access'), models.Index(fields=['at'], name='guides_failed_at')],
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='key',
            field=models.UUIDField(default=uuid.uuid4, help_text='Of the form that it came with, so that a double click is one decision.'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='decision',
            name='look_out',
            field=models.SlugField(blank=True, help_text='The issue that it settles, if any.'),
        ),
        migrations.AlterField(
            model_name='plan',
            name='kept',
            field=models.JSONField(default=dict, help_text="What was kept of each tool, by the tool's slug: query, lines and moment."),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('plan', 'key'), name='guides_decision_once'),
        ),
    ]
