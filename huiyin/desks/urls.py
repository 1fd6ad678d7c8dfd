"""Addresses of the desks, the ledger, the case page and the figures."""

from django.urls import path

from huiyin.desks import figures, views

app_name = "desks"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("ledger/", views.ledger, name="ledger"),
    path("cases/<int:pk>/", views.case, name="case"),
    path("promises/", views.promises, name="promises"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<slug:plenary>/<str:code>/", figures.figure_rows, name="figure_rows"),
]
