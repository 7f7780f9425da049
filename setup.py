"""Finds the packages; ``resources/`` stands beside the code and is installed within it."""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["photo_organizer*"]), "photo_organizer.resources"])
