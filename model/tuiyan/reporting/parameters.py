"""The parameters cell of a notebook: which names may stand in it, of which kind, and what is said of any other.

papermill only warns about a parameter that a notebook does not know; here it stops, with the nearest name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.reporting.words import plain
from tuiyan.wording import LANGUAGES, both

# What IPython and Jupyter put into a kernel's namespace by themselves.
IPYTHON_NAMES = frozenset({"In", "Out", "exit", "quit", "open", "get_ipython"})


class NotebookError(TuiyanError):
    """Bad parameters of the notebook, told in both languages and without a traceback."""

    def __str__(self) -> str:
        return "\n".join(self.render(lang) for lang in LANGUAGES)

    def _render_traceback_(self) -> list[str]:
        return [f"TuiyanError: {self}"]


@dataclass(frozen=True, slots=True)
class Form:
    """What a notebook's parameters cell holds.

    Attributes
    ----------
    kinds
        Name of each parameter to its type: text or whole number.
    own
        Names that the notebook's other cells give to things of their own.
    """

    kinds: Mapping[str, type]
    own: frozenset[str]

    def checked(self, namespace: Mapping[str, object]) -> dict[str, object]:
        """The parameters of a namespace, or every problem with them at once.

        Parameters
        ----------
        namespace
            The notebook's ``globals()``. Only parameters may stand in it beside IPython's own names.

        Raises
        ------
        NotebookError
            For a name that is no parameter (with the nearest one), a wrong type, a language that we do not have.

        Examples
        --------
        >>> form = Form({"lang": str, "draws": int}, frozenset())
        >>> form.checked({"lang": "en", "draws": 512, "_": None})
        {'lang': 'en', 'draws': 512}
        """
        findings = [self.unknown(name) for name, value in namespace.items() if not self._known(name, value)]
        for name, kind in self.kinds.items():
            value = namespace.get(name)
            if not isinstance(value, kind) or isinstance(value, bool):
                expected = both("report.kind.number" if kind is int else "report.kind.words")
                findings.append(Finding("E141", None, {"name": name, "expected": expected, "given": repr(value)}))
        lang = namespace.get("lang")
        if isinstance(lang, str) and lang not in LANGUAGES:
            findings.append(Finding("E141", None, {"name": "lang", "expected": plain("zh | en"), "given": repr(lang)}))
        if findings:
            raise NotebookError(findings)
        return {name: namespace[name] for name in self.kinds}

    def unknown(self, name: str) -> Finding:
        """What is said of a name that is no parameter."""
        known = ", ".join(self.kinds)
        return Finding("E140", None, {"name": name, "nearest": nearest(name, self.kinds), "known": known})

    def _known(self, name: str, value: object) -> bool:
        """Whether a name of the namespace is a parameter, or is there for another reason."""
        usual = name.startswith("_") or name in self.own | IPYTHON_NAMES
        return name in self.kinds or usual or isinstance(value, ModuleType)
