"""The words that guides, case studies and signposting share.

Each is a closed list that rules are written against, so it lives in code and not in rows an editor
could rename. The stages are those of the one-stop shop of May 2011 (seed article 004); the nations
are those whose law on transfer, procurement and co-operative societies differs.
"""

from django.db import models


class Nation(models.TextChoices):
    """Where the service is delivered. ``UK_WIDE`` means in more than one nation."""

    ENGLAND = "england", "England"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"
    UK_WIDE = "uk-wide", "More than one nation, or the whole of the UK"


FOUR_NATIONS = (Nation.ENGLAND, Nation.SCOTLAND, Nation.WALES, Nation.NORTHERN_IRELAND)


class Stage(models.TextChoices):
    """How far a group has come. The values are also the addresses of the guide's stages."""

    EARLY_THINKING = "early-thinking", "Early thinking"
    APPRAISAL = "appraisal", "Appraisal"
    IMPLEMENTATION = "implementation", "Implementation"
    FIRST_YEAR = "first-year", "First full year of trading"


class EmployerType(models.TextChoices):
    """The kind of public body that runs the service now."""

    COUNCIL = "council", "Council or other local authority"
    NHS = "nhs", "NHS body or health and social care trust"
    CENTRAL_GOVERNMENT = "central-government", "Government department or agency"
    DEVOLVED_GOVERNMENT = "devolved-government", "Devolved government department or agency"
    SCHOOL_OR_COLLEGE = "school-or-college", "School, college or university"
    POLICE_FIRE_JUSTICE = "police-fire-justice", "Police, fire, probation or prison service"
    HOUSING = "housing", "Housing association or housing body"
    OTHER_PUBLIC_BODY = "other-public-body", "Another public body"
    NOT_PUBLIC = "not-public", "Not a public body"


class Sector(models.TextChoices):
    """What the service does."""

    ADULT_SOCIAL_CARE = "adult-social-care", "Adult social care and home care"
    CHILDRENS_SERVICES = "childrens-services", "Children’s services and social work"
    COMMUNITY_HEALTH = "community-health", "Community health and nursing"
    PRIMARY_CARE = "primary-care", "GP and other primary care"
    MENTAL_HEALTH = "mental-health", "Mental health and substance misuse"
    YOUTH = "youth", "Youth services"
    EDUCATION = "education", "Schools, education and training"
    LIBRARIES = "libraries", "Libraries, archives and museums"
    LEISURE = "leisure", "Leisure, sport and culture"
    HOUSING = "housing", "Housing"
    EMPLOYMENT = "employment", "Employment and benefits advice"
    JUSTICE = "justice", "Justice, probation and community safety"
    FIRE = "fire", "Fire and rescue"
    ENVIRONMENT = "environment", "Environment, waste and transport"
    CORPORATE = "corporate", "Back office and professional services"
    OTHER = "other", "Something else"


class EnquirerKind(models.TextChoices):
    """Who is asking, in the words they would use of themselves."""

    STAFF = "staff", "Staff who deliver the service"
    MANAGER = "manager", "A manager of the service"
    COMMISSIONER = "commissioner", "A commissioner of services"
    COUNCIL_OFFICER = "council-officer", "A council officer asking for the authority"
    UNION_REP = "union-rep", "A trade union representative"
    CITIZEN = "citizen", "Someone who uses the service, a carer, parent or citizen"
    BOARD_OR_ELECTED = "board-or-elected", "A board member or elected member"


class OwnershipIdea(models.TextChoices):
    """Who the group thinks should own the new body. Source: seed articles 000 and 002."""

    EMPLOYEES_ONLY = "employees-only", "Employees only"
    EMPLOYEES_AND_USERS = "employees-and-users", "Employees together with users or the community"
    USERS_OR_COMMUNITY = "users-or-community", "Mainly users or the community"
    JOINT_WITH_PUBLIC_BODY = "joint-with-public-body", "Shared with the public body"
    NOT_SURE = "not-sure", "We are not sure yet"
