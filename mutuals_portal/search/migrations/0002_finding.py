import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0001_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='Making',
            fields=[
                ('rules', models.TextField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='What editors call this group. It is kept for good.', unique=True)),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None, verbose_name='words and phrases')),
                ('is_used', models.BooleanField(default=True, verbose_name='used in searches')),
                ('loaded_digest', models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(help_text='Folded.', max_length=30, primary_key=True, serialize=False)),
                ('stem', models.CharField(db_index=True, help_text='What its inflections share.', max_length=30)),
                ('documents', models.IntegerField(db_index=True)),
                ('trigrams', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['trigrams'], name='search_word_trigrams')],
            },
        ),
        migrations.AddField(
            model_name='searchtext',
            name='part_of',
            field=models.CharField(blank=True, default='', max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='searchtext',
            name='called',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, help_text='Title and names, each as folded words.', size=None),
        ),
        migrations.AddField(
            model_name='searchtext',
            name='heading',
            field=django.contrib.postgres.search.SearchVectorField(default='', help_text='The words of its title and names.'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='searchtext',
            name='vector',
            field=django.contrib.postgres.search.SearchVectorField(help_text='All its words, and what it can be filtered by.'),
        ),
        migrations.RemoveIndex(
            model_name='searchtext',
            name='search_text_vector',
        ),
        migrations.AddIndex(
            model_name='searchtext',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['vector'], name='search_text_vector'),
        ),
        migrations.AddIndex(
            model_name='searchtext',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['heading'], name='search_text_heading'),
        ),
        migrations.AddIndex(
            model_name='searchtext',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['called'], name='search_text_called'),
        ),
    ]
