from django.apps import AppConfig


class SignpostingConfig(AppConfig):
    name = "signposting"

    def ready(self):
        # Not at the top: it needs models, and there are none before all apps are ready.
        from signposting import found  # noqa: F401
