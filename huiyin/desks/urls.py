"""Addresses of the desks, the ledger, the case page and the figures."""

from django.urls import path

from huiyin.desks import views

app_name = "desks"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("ledger/", views.ledger, name="ledger"),
    path("cases/<int:pk>/", views.case, name="case"),
    path("promises/", views.promises, name="promises"),
    path("figures/", views.figures, name="figures"),
    path("figures/<slug:plenary>/<str:code>/", views.figure_rows, name="figure_rows"),
    path("figures/<slug:plenary>/circular.docx", views.circular, name="circular"),
]
