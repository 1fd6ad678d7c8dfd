"""`huiyin serve` is used with a port that exists, typed or given by the environment; other commands don't look at it."""

import argparse

import pytest

from huiyin.serving import add_parsers


def read(*argv: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="huiyin")
    subparsers = parser.add_subparsers(dest="command")
    add_parsers(subparsers)
    return parser.parse_args(argv)


def test_the_port_is_the_one_typed_else_that_of_the_environment_else_8000(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    assert read("serve").port == 8000
    monkeypatch.setenv("PORT", "8123")
    assert read("serve").port == 8123
    assert read("serve", "--port", "8124").port == 8124


@pytest.mark.parametrize("text", ["99999", "-1", "abc", "８０００", "80.5"])
def test_a_port_that_does_not_exist_is_wrong_use_of_serve_alone(text, monkeypatch, capsys):
    monkeypatch.setenv("PORT", text)
    assert read("migrate").command == "migrate"
    with pytest.raises(SystemExit) as left:
        read("serve")
    assert left.value.code == 2
    assert "不是端口号，请用1至65535的整数" in capsys.readouterr().err
