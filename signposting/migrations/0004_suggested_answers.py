from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("signposting", "0003_directory"),
    ]

    operations = [
        migrations.AddField(
            model_name="enquirydraft",
            name="suggested",
            field=models.JSONField(
                default=dict,
                help_text="Answers to begin with, by step. None counts before it is confirmed on its page.",
            ),
        ),
    ]
