"""What pyproject.toml cannot say: the rule packs lie beside the package in a checkout and inside it when installed."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["huiyin", "huiyin.*"]), "huiyin.packs"],
    package_dir={"huiyin": "huiyin", "huiyin.packs": "packs"},
    package_data={
        "": ["templates/**/*", "static/**/*", "**/*.toml", "**/*.typ"],
        "huiyin.packs": ["*/*.toml", "*/*.txt"],
    },
)
