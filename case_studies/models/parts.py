"""What a profile consists of besides its texts. Each row has a source, and belongs to one edition.

A figure is a claim: somebody said it, of a certain day, and somebody has to check it again by another day.
"""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from case_studies.models.profile import Profile
from guides.models import LookOut, Source
from mutuals_portal import partial_date
from mutuals_portal.partial_date import PartialDateField
from mutuals_portal.vocabulary import Stage


class Part(models.Model):
    """A row of one edition. Published editions never change, so neither do their parts."""

    profile: models.ForeignKey
    position = models.PositiveSmallIntegerField(default=1)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class Claim(Part):
    class Measure(models.TextChoices):
        STARTED = "started", "Started"
        ENDED = "ended", "Ended"
        STAFF = "staff", "Staff"
        MEMBERS = "members", "Members"
        PEOPLE_SERVED = "people-served", "People served"
        SITES = "sites", "Sites"
        VISITS = "visits", "Visits"
        INCOME = "income", "Income in a year"
        RESULT = "result", "Surplus or deficit"
        SAVING = "saving", "Saving"
        CONTRACT_VALUE = "contract-value", "Value of a contract"
        CONTRACT_LENGTH = "contract-length", "Length of a contract"
        CONTRACT_UNTIL = "contract-until", "Contract until"
        SUPPORT = "support", "Money or help received"
        QUALITY = "quality", "Quality"
        BALLOT = "ballot", "Ballot"
        EVENT = "event", "Something that happened"
        OTHER = "other", "Something else"

    class Unit(models.TextChoices):
        NUMBER = "number", "a plain number"
        PEOPLE = "people", "people"
        POUNDS = "pounds", "pounds"
        PERCENT = "percent", "per cent"
        HOURS_A_WEEK = "hours-a-week", "hours a week"
        DAYS = "days", "days"
        MONTHS = "months", "months"
        YEARS = "years", "years"
        PLACES = "places", "places"

    class Qualifier(models.TextChoices):
        EXACT = "", "exactly"
        ABOUT = "about", "about"
        OVER = "over", "over"
        UNDER = "under", "under"
        UP_TO = "up to", "up to"
        PLANNED = "planned", "planned"

    class AssuredBy(models.TextChoices):
        """Whose word it is."""

        BODY = "body", "the body itself"
        PUBLIC_BODY = "public-body", "a public body"
        REGULATOR = "regulator", "a regulator or auditor"
        RESEARCH = "research", "research or a network’s case study"
        PRESS = "press", "the press"
        SEED = "seed", "one of the articles that this service began with"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="claims")
    key = models.SlugField(max_length=40, help_text="How texts refer to it: {staff-2013}.")
    measure = models.CharField(max_length=15, choices=Measure.choices)
    label = models.CharField(max_length=120, help_text="What the figure is of: Staff, Visits in the year.")
    qualifier = models.CharField(max_length=8, choices=Qualifier.choices, blank=True)
    number = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=12, choices=Unit.choices, blank=True)
    day = PartialDateField(blank=True, verbose_name="date")
    as_of = PartialDateField(help_text="When it was so.")
    is_undated = models.BooleanField(
        default=False,
        verbose_name="the source gives no date",
        help_text="“As of” is then the day on which we read it.",
    )
    assured_by = models.CharField(max_length=11, choices=AssuredBy.choices)
    review_by = models.DateField(
        help_text="From the day after, the page says that nobody has checked it since."
    )

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["profile", "key"], name="case_studies_claim_key"),
            models.CheckConstraint(
                # A figure or a date, never both and never neither.
                condition=(Q(number__isnull=False, day="") & ~Q(unit=""))
                | (Q(number__isnull=True, unit="") & ~Q(day="")),
                name="case_studies_claim_value",
            ),
            models.CheckConstraint(
                condition=~Q(measure__in=["started", "ended", "contract-until", "event"]) | ~Q(day=""),
                name="case_studies_claim_dated",
            ),
            models.CheckConstraint(
                condition=~Q(measure="staff") | Q(number__isnull=False), name="case_studies_claim_staff"
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.value}"

    @property
    def value(self) -> str:
        """The figure in words: “over 500 people”, “£71,501”, “1 October 2003”."""
        return " ".join(filter(None, (self.qualifier, partial_date.in_words(self.day) or self._figure())))

    def _figure(self) -> str:
        if self.number is None:
            return ""
        amount = f"{self.number:,.2f}".rstrip("0").rstrip(".")
        match self.unit:
            case self.Unit.POUNDS:
                return f"-£{amount.removeprefix('-')}" if self.number < 0 else f"£{amount}"
            case self.Unit.PERCENT:
                return f"{amount}%"
            case self.Unit.NUMBER:
                return amount
            case self.Unit.HOURS_A_WEEK:
                return f"{amount} hours a week"
        return f"{amount} {self.get_unit_display()}"

    @property
    def source_key(self) -> str:
        return self.source.key

    def is_past_review(self, *, on: date) -> bool:
        return self.review_by < on


class OwnershipShare(Part):
    """Which group owns or controls the body, and how much of it, where that is known."""

    class Group(models.TextChoices):
        STAFF = "staff", "Staff"
        USERS = "users", "Users"
        COMMUNITY = "community", "Community"
        PUBLIC_BODY = "public-body", "Public body"
        OTHERS = "others", "Others"

    class Basis(models.TextChoices):
        OWNERSHIP = "ownership", "Shares or ownership"
        MEMBERS = "members", "Members"
        BOARD = "board", "Seats on the board"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="shares")
    group = models.CharField(max_length=11, choices=Group.choices)
    basis = models.CharField(max_length=9, choices=Basis.choices)
    percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="Leave it empty if the share is not known.",
    )
    words = models.CharField(
        max_length=120, blank=True, help_text="As the source says it: one third, four seats."
    )
    as_of = PartialDateField()

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["profile", "group", "basis"], name="case_studies_share_once"),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=100),
                name="case_studies_share_percent",
            ),
        ]

    def __str__(self):
        return f"{self.get_group_display()}: {'not known' if self.percent is None else f'{self.percent}%'}"


class Milestone(Part):
    """A step on the road out, in one of the four stages."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="milestones")
    stage = models.CharField(max_length=14, choices=Stage.choices)
    title = models.CharField(max_length=160)
    begins = PartialDateField()
    ends = PartialDateField(blank=True)

    class Meta(Part.Meta):
        ordering = ["begins", "position", "id"]

    def __str__(self):
        return self.title


class Evidence(Part):
    """This body met this issue at this stage, and it hindered or helped. Look-outs count these rows."""

    class Effect(models.TextChoices):
        HINDERED = "hindered", "Got in the way"
        HELPED = "helped", "Helped"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="evidence")
    look_out = models.ForeignKey(
        LookOut, on_delete=models.PROTECT, related_name="evidence", verbose_name="look-out"
    )
    stage = models.CharField(max_length=14, choices=Stage.choices)
    effect = models.CharField(max_length=8, choices=Effect.choices)
    how = models.CharField(
        max_length=500, help_text="One or two sentences without figures. {key} stands for a claim."
    )

    class Meta(Part.Meta):
        verbose_name_plural = "evidence"
        indexes = [models.Index(fields=["look_out", "profile"], name="case_studies_evidence_of")]

    def __str__(self):
        return f"{self.look_out_id} at {self.stage}: {self.effect}"
