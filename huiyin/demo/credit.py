"""Unified social credit codes that belong to nobody: a made-up body with true check characters.

GB 32100-2015: 18 characters, of which the ninth to the seventeenth are the organisation code of GB 11714-1997.
The body begins with HUYN, which no registration authority gives out.
"""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
BODY = "HUYN"


def organisation_check(body: str) -> str:
    """The check character of GB 11714: letters count from ten, the remainder ten is written X."""
    value = sum(int(char, 36) * weight for char, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    check = 11 - value % 11
    return {10: "X", 11: "0"}.get(check, str(check))


def credit_check(code: str) -> str:
    """The check character of GB 32100 over the first seventeen characters, with weights 3^i mod 31."""
    value = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(code))
    return ALPHABET[-value % 31]


def made_up_code(kind: str, division: str, serial: int) -> str:
    """A code of a kind (11 organ, 12 institution, 13 body, 91 company) in an administrative division."""
    body = f"{BODY}{serial:04d}"
    code = f"{kind}{division}{body}{organisation_check(body)}"
    return code + credit_check(code)
