"""What can be taken away. A format is a file here with a FORMAT: its name, type and suffix, what it is made of and how; its button is
called `take.<name>` in text.csv. Every download of every page is a button of this registry."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path

import streamlit as st
from pandas import DataFrame

from pages.parts import twin
from pages.parts.ask.warehouse import of_this_version
from pages.parts.say.text import Words
from pages.parts.take.harmless import file_name


@dataclass(frozen=True)
class Format:
    name: str
    mime: str
    suffix: str
    icon: str
    of: type  # what it is made of: a Table, a View, a Talk ...
    make: Callable[..., bytes]


@dataclass(frozen=True)
class Table:
    """What stands under the word of a chart or a table. `about`: pairs of label and value that say what it is and where from."""

    word: str
    words: Words
    about: list[tuple[str, str]]
    ask: Callable[[], DataFrame]

    @cached_property
    def frame(self) -> DataFrame:
        return self.ask()

    @property
    def twin(self) -> DataFrame:
        """The frame as people read it, years and numbers as data."""
        return twin.table(self.frame, self.words, file=True)


@dataclass(frozen=True)
class View(Table):
    """A view of a group: what it shows, and the parameters of every score behind it."""

    behind: dict


@cache
def formats() -> tuple[Format, ...]:
    """The formats of all files here, in the order of their names."""
    modules = [import_module(f"{__name__}.{path.stem}") for path in sorted(Path(__file__).parent.glob("*.py")) if path.stem != "__init__"]
    return tuple(module.FORMAT for module in modules if hasattr(module, "FORMAT"))


def buttons(thing, name: str, words: Words, key: str, title: str | None = None, disabled: bool = False) -> None:
    """A button a format that can be made of the thing, each made when it is pressed. `name`: of the file, without its ending."""
    for one in formats():
        if one.of is type(thing):
            st.download_button(
                title or words(f"take.{one.name}"),
                of_this_version(lambda one=one: one.make(thing)),
                f"{file_name(name)}.{one.suffix}",
                one.mime,
                on_click="ignore",
                icon=one.icon,
                key=f"{one.name}_{key}",
                disabled=disabled,
            )
