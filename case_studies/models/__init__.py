"""What case studies keep in the database, one aggregate a file."""

from case_studies.models.case_study import CaseStudy
from case_studies.models.parts import Claim, Evidence, Milestone, OwnershipShare, Part
from case_studies.models.profile import Profile, ProfileSave
from case_studies.models.question import Question
from mutuals_portal import publishing

__all__ = [
    "CaseStudy",
    "Claim",
    "Evidence",
    "Milestone",
    "OwnershipShare",
    "Part",
    "Profile",
    "ProfileSave",
    "Question",
]

publishing.register(publishing.Kind(Profile, (Question,)))
