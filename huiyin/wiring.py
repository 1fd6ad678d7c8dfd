"""Hands the runner what lower apps do for it. The one place that knows both ends."""

from django.apps import AppConfig


class Wiring(AppConfig):
    name = "huiyin"
    label = "wiring"

    def ready(self) -> None:
        from django.conf import settings

        from huiyin import steps  # noqa: F401  every step is declared before the first one runs
        from huiyin.clock.alerts import after_alerts
        from huiyin.clock.hear import hear
        from huiyin.clock.now import now, use_home
        from huiyin.desks.following import notices
        from huiyin.files.marking import refuse_classified
        from huiyin.journal.work import hooks
        from huiyin.notices.outbox import outward
        from huiyin.notices.sending.turn import send_due
        from huiyin.proposals.grams import install
        from huiyin.proposals.stage import settle

        use_home(settings.HOME)
        hooks.now, hooks.hear, hooks.settle, hooks.screen = now, hear, settle, refuse_classified
        hooks.install, hooks.follow, hooks.outward = install, notices, outward
        after_alerts(send_due)
