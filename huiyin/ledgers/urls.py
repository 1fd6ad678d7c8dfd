"""Addresses of the ledgers."""

from django.urls import path

from huiyin.ledgers import views

app_name = "ledgers"
urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/drafts/<int:pk>/", views.draft, name="draft"),
    path("imports/drafts/<int:pk>/refused.xlsx", views.draft_refused, name="draft_refused"),
    path("imports/<int:pk>/", views.report, name="import"),
    path("imports/<int:pk>/refused.xlsx", views.refused, name="refused"),
    path("imports/<int:pk>/undo/", views.undo, name="undo"),
    path("ledgers/<slug:code>.xlsx", views.export, name="export"),
]
