"""Addresses of the evaluation form."""

from django.urls import path

from huiyin.evaluations import views

app_name = "evaluations"
urlpatterns = [
    path("e/<str:token>/", views.by_link, name="by_link"),
    path("evaluations/<int:pk>/link/", views.link, name="link"),
    path("replies/<int:pk>/inquiries/", views.letters, name="letters"),
]
