"""Addresses of logging in."""

from django.urls import path

from huiyin.people import views

app_name = "people"
urlpatterns = [
    path("login/", views.LogIn.as_view(), name="login"),
    path("logout/", views.log_out, name="logout"),
    path("play/", views.play, name="play"),
    path("switch/<int:pk>/", views.switch, name="switch"),
    path("units/", views.units, name="units"),
    path("proposers/", views.proposers, name="proposers"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/<int:pk>/link/", views.password_link, name="password_link"),
    path("password/<str:uidb64>/<str:token>/", views.SetPassword.as_view(), name="set_password"),
]
