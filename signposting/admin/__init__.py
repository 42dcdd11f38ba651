"""Triage, organisations and rules in the Django admin. One module per page or kind of row."""

from django.contrib import admin

from .enquiry import EnquiryAdmin
from .entries import ListingAdmin
from .entry_reports import EntryReportAdmin
from .organisation import AdviserAdmin, OrganisationAdmin
from .proposals import ProposalAdmin
from .rule_sets import RuleSetAdmin

__all__ = [
    "AdviserAdmin",
    "EnquiryAdmin",
    "EntryReportAdmin",
    "ListingAdmin",
    "OrganisationAdmin",
    "ProposalAdmin",
    "RuleSetAdmin",
]

admin.site.index_title = "Casework"
