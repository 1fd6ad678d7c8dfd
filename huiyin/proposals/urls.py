"""Addresses of what a proposer writes."""

from django.urls import path

from huiyin.proposals import views

app_name = "proposals"
urlpatterns = [
    path("writing/", views.writing, name="writing"),
    path("writing/<int:pk>/", views.draft, name="draft"),
]
