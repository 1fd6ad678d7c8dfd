"""The words of this app: on what a unit rates a proposal."""

from huiyin.words import Word


class QualityDimension(Word):
    """提案质量: whether it finds the problem, knows the facts, and asks for what can be done."""

    PROBLEM = "problem", "问题找得准不准"
    FACTS = "facts", "情况摸得实不实"
    ADVICE = "advice", "建议可行不可行"


class QualityGrade(Word):
    GOOD = "good", "好"
    FAIR = "fair", "较好"
    PLAIN = "plain", "一般"
