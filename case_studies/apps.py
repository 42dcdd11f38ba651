from django.apps import AppConfig


class CaseStudiesConfig(AppConfig):
    name = "case_studies"
    verbose_name = "Case studies"

    def ready(self):
        # Not at the top: these need models, and there are none before all apps are ready.
        from case_studies import evidence, found  # noqa: F401
        from guides import from_case_studies, reading

        reading.ALSO["met_by"] = evidence.tallies_of_edition
        from_case_studies.answered_by(evidence)
