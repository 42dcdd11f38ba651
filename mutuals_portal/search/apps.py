from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "mutuals_portal.search"
    label = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        # Not at the top: these need models, and there are none before all apps are ready.
        from mutuals_portal import publishing
        from mutuals_portal.search import index

        publishing.followers.append(index.renew)
