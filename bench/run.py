#!/usr/bin/env python3
"""Measures with callisto_bench in fresh processes and writes the tables of docs/performance.md.

Usage: run.py BIN_DIR [--sizes "S M"] [--launches N] [--out DIR] [--no-doc] [-- callisto_bench's own]

    python3 bench/run.py build/release/bin --sizes S --launches 5
    python3 bench/run.py build/release/bin --sizes S --launches 3 -- --only q13

Results: DIR/SIZE.json (DIR: by default `bench` beside BIN_DIR), each figure the median over the
launches, with all of them in `launches`. What follows -- goes to callisto_bench; a selection is not
put into the document. Exit status: 1 when an answer differs or something failed, 2 when nothing was
selected.
"""

import argparse
import json
import os
import subprocess
import sys

from results import merge

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NOTHING_SELECTED = 2


def launch(program, size, path, more):
    """Returns (exit status, document or None)."""
    command = [program, "--size", size, f"--benchmark_out={path}", "--benchmark_out_format=json", *more]
    status = subprocess.run(command, check=False).returncode
    try:
        with open(path, encoding="utf-8") as file:
            return status, json.load(file)
    except (OSError, ValueError):
        return status or 1, None


def measure(program, size, folder, launches, more):
    """Returns (exit status, path of the results or None)."""
    worst, documents = 0, []
    parts = [os.path.join(folder, f"{size}.{number}.json") for number in range(1, launches + 1)]
    for path in parts:
        if os.path.exists(path):
            os.remove(path)
        status, document = launch(program, size, path, more)
        worst = max(worst, status if status >= 0 else 1)
        if document is None:
            return worst, None
        documents.append(document)
    path = os.path.join(folder, f"{size}.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(merge(documents), file, indent=1)
        file.write("\n")
    for part in parts:
        os.remove(part)
    return worst, path


def main():
    own, more = sys.argv[1:], []
    if "--" in own:
        own, more = own[:own.index("--")], own[own.index("--") + 1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bin_dir")
    parser.add_argument("--sizes", default="S M")
    parser.add_argument("--launches", type=int, default=1)
    parser.add_argument("--out")
    parser.add_argument("--no-doc", action="store_true", help="leave docs/performance.md alone")
    arguments = parser.parse_args(own)
    if arguments.launches < 1 or not arguments.sizes.split():
        parser.error("at least one launch and one size")
    folder = arguments.out or os.path.join(os.path.dirname(os.path.abspath(arguments.bin_dir)), "bench")
    os.makedirs(folder, exist_ok=True)
    worst, paths = 0, []
    for size in arguments.sizes.split():
        status, path = measure(
            os.path.join(arguments.bin_dir, "callisto_bench"), size, folder, arguments.launches, more)
        worst = max(worst, status)
        if path is None:
            return worst
        paths.append(path)
    print("run: results in " + ", ".join(paths))
    if worst == NOTHING_SELECTED or arguments.no_doc or more:
        return worst
    doc = os.path.join(ROOT, "docs", "performance.md")
    report = [sys.executable, os.path.join(ROOT, "bench", "report.py"), "--doc", doc, *paths]
    return subprocess.run(report, check=False).returncode or worst


if __name__ == "__main__":
    sys.exit(main())
