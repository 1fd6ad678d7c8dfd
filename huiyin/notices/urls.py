"""Addresses of one's own notices, of a leader's week, of messages that did not go out, and of the feeds."""

from django.urls import path

from huiyin.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.own, name="own"),
    path("notices/week/", views.week, name="week"),
    path("notices/failed/", views.failed, name="failed"),
    path("feeds/<str:token>/due.ics", views.due_feed, name="due_feed"),
    path("feeds/<str:token>/news.atom", views.news_feed, name="news_feed"),
]
