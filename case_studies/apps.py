from django.apps import AppConfig


class CaseStudiesConfig(AppConfig):
    name = "case_studies"
    verbose_name = "Case studies"

    def ready(self):
        from case_studies import evidence
        from guides import reading

        reading.ALSO["met_by"] = evidence.tallies_of_edition
