#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Follows the recipes of docs/adding-a-*.md in a copy of the sources, word for word.

Before a block of code a comment says what is to be done with it:
<!-- new FILE -->, <!-- edit FILE after "TEXT" -->, <!-- edit FILE before "TEXT" --> (TEXT
occurs in one line, JSON's quoting), <!-- run -->. Usage: follow.py SOURCES WORK [NAME=VALUE…]
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

STEP = re.compile(
    r"^ *<!-- (new|edit|run) ?(\S*)(?: (after|before) (\"[^\n]*\"))? -->\n( *)```\w*\n(.*?)^ *```$",
    re.MULTILINE | re.DOTALL)


def dedent(text, indent):
    return "".join(line.removeprefix(indent) for line in text.splitlines(True))


def edit(path, where, needle, text):
    lines = path.read_text().splitlines(True)
    at = [i for i, line in enumerate(lines) if needle in line]
    if len(at) != 1:
        sys.exit(f"{path}: {len(at)} lines have {needle!r}, not one")
    lines.insert(at[0] + (where == "after"), text)
    path.write_text("".join(lines))


def follow(recipe, root):
    """Makes the recipe's edits; returns its commands."""
    commands = []
    for what, name, where, needle, indent, block in STEP.findall(recipe.read_text()):
        text = dedent(block, indent)
        if what == "run":
            commands.append(text)
        elif what == "new":
            (root / name).write_text(text)
        else:
            edit(root / name, where, json.loads(needle), text)
    if not commands:
        sys.exit(f"{recipe}: it says nothing to run")
    return commands


def check_names(recipe, root):
    """Files of the project that the words name must be there, too."""
    names = re.findall(r"`([a-z]+/[\w./-]*\w)`", recipe.read_text())
    gone = [n for n in names if (root / n.split("/")[0]).is_dir() and not (root / n).exists()]
    if gone:
        sys.exit(f"{recipe}: there is no {', '.join(gone)}")


def main():
    source, work = map(pathlib.Path, sys.argv[1:3])
    root, build = work / "sources", work / "build"
    environment = dict(os.environ, BUILD=str(build))
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    shutil.copytree(source, root, symlinks=True,
                    ignore=shutil.ignore_patterns("build", ".git"))
    recipes = sorted((root / "docs").glob("adding-a-*.md"))
    commands = [(r.name, c) for r in recipes for c in follow(r, root)]
    for recipe in recipes:
        check_names(recipe, root)
    configure = ["cmake", "-S", str(root), "-B", str(build), "-DCMAKE_BUILD_TYPE=Debug"]
    subprocess.run(configure + ["-D" + word for word in sys.argv[3:]], check=True,
                   stdout=subprocess.DEVNULL)
    failed = 0
    for name, command in commands:
        start = time.monotonic()
        done = subprocess.run(["bash", "-euc", command], cwd=root, env=environment)
        failed += done.returncode != 0
        print(f"{'ok' if not done.returncode else 'not ok'} - {name}, {time.monotonic() - start:.1f} s", flush=True)
    shutil.rmtree(work, ignore_errors=True)
    sys.exit(1 if failed or len(recipes) < 7 else 0)


if __name__ == "__main__":
    main()
