"""Every address; each app's stand in its own urls.py."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huiyin.desks.urls")),
    path("", include("huiyin.ledgers.urls")),
    path("setup/", include("huiyin.setup.urls")),
    path("", include("huiyin.people.urls")),
    path("", include("huiyin.proposals.urls")),
    path("", include("huiyin.evaluations.urls")),
    path("", include("huiyin.notices.urls")),
    path("", include("huiyin.components.urls")),
]

handler400 = "huiyin.components.errors.bad_request"
handler403 = "huiyin.components.errors.forbidden"
handler404 = "huiyin.components.errors.not_found"
handler500 = "huiyin.components.errors.broken"
