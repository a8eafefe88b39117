"""Prints a command of the README, so that what is tested is what is written: `readme_command.py NAME`.

A command is the fenced block that follows a line `<!-- command: NAME -->`.
"""

import re
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def command(name: str) -> str:
    """The text of the command's fenced block. Exits with a message where the README has none."""
    found = re.search(
        rf"<!-- command: {re.escape(name)} -->\n```\w*\n(.*?)```", README.read_text(encoding="utf-8"), re.S
    )
    if found is None:
        sys.exit(f"README.md: there is no command {name!r}")
    return found[1]


if __name__ == "__main__":
    print(command(sys.argv[1]), end="")
