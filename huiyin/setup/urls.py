"""Addresses of the set-up assistant."""

from django.urls import path

from huiyin.setup import views

app_name = "setup"
urlpatterns = [
    path("", views.start, name="start"),
    path("place/", views.place, name="place"),
    path("pack/", views.pack, name="pack"),
    path("people/", views.people, name="people"),
    path("units/", views.units, name="units"),
    path("plenary/", views.plenary, name="plenary"),
    path("members/", views.members, name="members"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/links.xlsx", views.links, name="links"),
    path("<slug:what>/template.xlsx", views.blank, name="blank"),
]
