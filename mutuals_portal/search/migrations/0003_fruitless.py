from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_finding'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='synonym',
            options={'ordering': ['slug'], 'verbose_name': 'group of synonyms', 'verbose_name_plural': 'groups of synonyms'},
        ),
        migrations.CreateModel(
            name='FruitlessSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('words', models.CharField(help_text='Folded.', max_length=100)),
                ('number', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': 'search without result',
                'verbose_name_plural': 'searches without result',
                'constraints': [models.UniqueConstraint(fields=('day', 'words'), name='search_fruitless_once_a_day')],
            },
        ),
    ]
