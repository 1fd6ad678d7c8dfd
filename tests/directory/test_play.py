"""Made-up people are played without a password; nobody else is."""

from huiyin.people.models import Person


def test_only_a_made_up_person_is_played(city, client):
    made_up, real = city.sun_yue, city.lin_lan
    assert client.get("/play/").status_code == 404
    Person.objects.filter(pk=made_up.person.pk).update(made_up=True)
    for post in (real.post.pk, "", "主任"):
        assert client.post("/play/", {"post": post}).status_code == 404
    assert "_auth_user_id" not in client.session
    client.post("/play/", {"post": made_up.post.pk})
    assert client.session["_auth_user_id"] == str(made_up.person.pk)
