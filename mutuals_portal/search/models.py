"""What readers can search, as the search looks at it, and the words that mean the same."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from mutuals_portal.search.found import Kind


class SearchTextQuerySet(models.QuerySet):
    def live(self, *, at: datetime) -> Self:
        """What readers can open at that moment."""
        return self.filter(Q(shown_until=None) | Q(shown_until__gt=at), shown_from__lte=at)


class SearchText(models.Model):
    """One published edition, from the moment that it is shown to the one that it is not.

    Written in the transaction that publishes or withdraws. Time alone makes a scheduled text appear here.
    """

    key = models.CharField(max_length=180, db_index=True, help_text="The document: page:pensions.")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    address = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    names = ArrayField(models.CharField(max_length=200), default=list)
    part_of = models.CharField(max_length=300, blank=True)
    nations = ArrayField(models.CharField(max_length=16), default=list)
    stages = ArrayField(models.CharField(max_length=14), default=list)
    shown_from = models.DateTimeField()
    shown_until = models.DateTimeField(null=True)
    called = ArrayField(models.TextField(), default=list, help_text="Title and names, each as folded words.")
    heading = SearchVectorField(help_text="The words of its title and names.")
    vector = SearchVectorField(help_text="All its words, and what it can be filtered by.")

    objects = SearchTextQuerySet.as_manager()

    class Meta:
        indexes = [
            # No list of pending entries, which every search would read through: few publish, many search.
            GinIndex(fields=["vector"], name="search_text_vector", fastupdate=False),
            GinIndex(fields=["heading"], name="search_text_heading", fastupdate=False),
            GinIndex(fields=["called"], name="search_text_called", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word of the texts above, and in how many of them it stands. For spelling, and for what is rare."""

    word = models.CharField(max_length=30, primary_key=True, help_text="Folded.")
    stem = models.CharField(max_length=30, db_index=True, help_text="What its inflections share.")
    documents = models.IntegerField(db_index=True)
    trigrams = ArrayField(models.TextField())

    class Meta:
        indexes = [GinIndex(fields=["trigrams"], name="search_word_trigrams", fastupdate=False)]

    def __str__(self) -> str:
        return self.word


class Synonym(models.Model):
    """Words and phrases that mean the same: who looks for one finds the others too."""

    slug = models.SlugField(unique=True, help_text="What editors call this group. It is kept for good.")
    words = ArrayField(models.CharField(max_length=80), verbose_name="words and phrases")
    is_used = models.BooleanField(default=True, verbose_name="used in searches")
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "group of synonyms"
        verbose_name_plural = "groups of synonyms"
        ordering = ["slug"]

    def __str__(self) -> str:
        return " = ".join(self.words)


class Making(models.Model):
    """By which rules all rows were made. Where the rules have changed since, they are made anew."""

    rules = models.TextField(primary_key=True)


class FruitlessSearch(models.Model):
    """Words that somebody looked for on a day and nothing says: how often, and nothing about who it was."""

    day = models.DateField()
    words = models.CharField(max_length=100, help_text="Folded.")
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = "search without result"
        verbose_name_plural = "searches without result"
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="search_fruitless_once_a_day")]

    def __str__(self) -> str:
        return self.words
