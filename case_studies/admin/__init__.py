"""Case studies in the Django admin: profiles, and what readers ask about their figures."""

from .case_studies import CaseStudyAdmin
from .questions import QuestionAdmin

__all__ = ["CaseStudyAdmin", "QuestionAdmin"]
