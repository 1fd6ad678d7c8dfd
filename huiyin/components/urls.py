"""Addresses of the steps, and of what helps on every page."""

from django.urls import path

from huiyin.components import views

app_name = "components"
urlpatterns = [
    path("steps/<str:code>/<int:pk>/", views.take_step, name="step"),
    path("workdays/<int:year>/", views.workdays, name="workdays"),
    path("shortcuts/", views.shortcuts, name="shortcuts"),
]
