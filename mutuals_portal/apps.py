from django.apps import AppConfig


class MutualsPortalConfig(AppConfig):
    name = "mutuals_portal"
