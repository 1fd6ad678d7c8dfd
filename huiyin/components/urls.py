"""Addresses of the steps."""

from django.urls import path

from huiyin.components import views

app_name = "components"
urlpatterns = [path("<str:code>/<int:pk>/", views.take_step, name="step")]
