"""Prints the session key of the logged-in registrar of a home."""

from benchmarks import part

part.begin()

from django.test import Client  # noqa: E402

from huiyin.people.models import Person  # noqa: E402

if __name__ == "__main__":
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(Person.objects.get(name="林岚"), "django.contrib.auth.backends.ModelBackend")
    print(client.session.session_key)
