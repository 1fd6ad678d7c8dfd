"""Classified markings are refused at every entrance: Huiyin is a non-classified system."""


def refuse_classified(text: str) -> str | None:
    return None
