"""统一社会信用代码: 18 characters with a check character (GB 32100-2015)."""

LENGTH = 18
# No I, O, S, V and Z, which are easily taken for digits.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_character(body: str) -> str:
    """The last character over the seventeen before it: weights are the powers of 3 modulo 31."""
    total = sum(ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return ALPHABET[-total % 31]


def normalised(code: str) -> str:
    """Without spaces, in capitals."""
    return "".join(code.split()).upper()


def objection_to(code: str) -> str | None:
    """Why a code can't be right; an empty one is no code and no mistake."""
    code = normalised(code)
    if not code:
        return None
    if len(code) != LENGTH:
        return f"统一社会信用代码“{code}”有{len(code)}位，应为{LENGTH}位，请核对。"
    if strange := next((sign for sign in code if sign not in ALPHABET), ""):
        return f"统一社会信用代码“{code}”中不应出现“{strange}”，请核对。"
    if check_character(code[:-1]) != code[-1]:
        return f"统一社会信用代码“{code}”的校验位不对，可能抄错了一位，请核对。"
    return None
