"""The command `demo`: builds the made city in this home, or says that it is there."""

import argparse
import sys
from typing import TextIO

HOW = "启动 huiyin serve，打开它给出的地址，在“选一个角色”（/play/）里点一个人就能进入，不用密码。"


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "demo", help="建好演示城市：2017年到2020年办完答复的提案和2021年正在办的件"
    )
    parser.add_argument("--fresh", action="store_true", help="已有的演示城市拆掉重建")
    parser.set_defaults(run=demo, needs_home=False)


def demo(args: argparse.Namespace) -> int:
    """Exit code 0 where the city stands, 1 with a sentence where the home holds anything else."""
    from huiyin.demo import build
    from huiyin.demo.plan import make_plan

    with build.alone():
        build.open_home()
        if build.stage() == build.Stage.READY and not args.fresh:
            print("演示城市已经在这里。要从头再来，用 huiyin demo --fresh。")
            tell_roles(sys.stdout)
            return 0
        plan = make_plan()
        if said := build.objection(plan):
            print(said, file=sys.stderr)
            return 1
        _build(plan)
    print(
        "演示城市已经建好：2017年到2019年的提案可以看到承诺后来落实没有，2020年的436件提案全部办完答复，"
        "2021年的提案和建议正在办理。今天是2021年2月20日。"
    )
    tell_roles(sys.stdout)
    return 0


def _build(plan: object) -> None:
    from tqdm import tqdm

    from huiyin.demo import build
    from huiyin.demo.plan import Plan

    assert isinstance(plan, Plan)
    to_people = sys.stderr.isatty()
    with tqdm(
        total=len(plan.acts),
        desc="重演四年的办理",
        unit="步",
        file=sys.stderr,
        mininterval=0.3 if to_people else 10,
        ascii=not to_people,
    ) as bar:
        build.build(plan, seen=bar.update)


def tell_roles(out: TextIO) -> None:
    """One person of each role, those whom the page shows first."""
    from huiyin.people.models import Post
    from huiyin.words import Role

    print(HOW, file=out)
    posts = Post.objects.filter(person__made_up=True).select_related("person", "unit").order_by("pk")
    for role in Role:
        if post := posts.filter(role=role).first():
            place = f"{post.unit.name}" if post.unit else ""
            print(f"  {role.label}：{post.person.name}（{place}{post.title}）", file=out)
