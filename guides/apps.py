from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "guides"

    def ready(self):
        # Not at the top: it needs models, and there are none before all apps are ready.
        from guides import found  # noqa: F401
