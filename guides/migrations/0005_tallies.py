import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("guides", "0004_plans"),
    ]

    operations = [
        migrations.DeleteModel(name="Tally"),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shown", models.JSONField(default=dict, help_text="How many gave an answer, by question and answer.")),
                ("waiting", models.BinaryField()),
                ("plan", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="tally", to="guides.plan")),
            ],
        ),
    ]
