from axes.apps import AppConfig as AxesConfig
from django.apps import AppConfig
from django.contrib.admin import apps as stock


class MutualsPortalConfig(AppConfig):
    name = "mutuals_portal"
    default = True


class PortalAdminConfig(stock.AdminConfig):
    """The stock admin with a site of our own. (Django takes every AppConfig named in here for one of ours.)"""

    default = False
    default_site = "mutuals_portal.admin_site.PortalAdminSite"


class FailedLogInsConfig(AxesConfig):
    """django-axes under a heading that says what it keeps."""

    default = False
    verbose_name = "Failed log-ins"
