"""Steps of unit scores: sheets frozen, appeals and rulings; what units say of each other and of proposals."""

from huiyin.scores.steps.rating import rate_partner, rate_quality
from huiyin.scores.steps.scoring import appeal, freeze, rule

__all__ = ["appeal", "freeze", "rate_partner", "rate_quality", "rule"]
