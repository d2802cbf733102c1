#!/usr/bin/env python3
"""Runs clang-tidy on the product's sources, and on none twice. Usage: clang_tidy.py BUILD [options]

BUILD is a built tree (Ninja): its compile_commands.json says how each file is compiled, its record of
dependencies which headers of ours went in. A source that was clean is remembered by the digest of all of
them, so an unchanged one costs nothing. Findings are printed, and exit with 1. With --seconds, files that
the time did not reach are left for the next run, which begins elsewhere when --turn differs.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDERS = ("core", "query", "persist", "api", "server", "repl")
TOOL = "clang-tidy-14"


def cache_folder():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "callisto", TOOL)


def compile_commands(build):
    """Source below ROOT -> its command, of the product's sources only."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        entries = json.load(file)
    commands = {os.path.relpath(entry["file"], ROOT): entry["command"] for entry in entries}
    return {path: text for path, text in commands.items() if path.split(os.sep)[0] in FOLDERS}


def own_headers(build):
    """Source below ROOT -> the files below ROOT that it was compiled from."""
    text = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True, check=True)
    headers = {}
    for block in text.stdout.split("\n\n"):
        paths = [os.path.join(build, line.strip()) for line in block.split("\n")[1:] if line.strip()]
        inside = [os.path.relpath(os.path.realpath(path), ROOT) for path in paths]
        inside = [path for path in inside if not path.startswith("..")]
        if inside:
            headers[inside[0]] = inside
    return headers


class Digests:
    """Digest of all that decides what clang-tidy says of a source."""

    def __init__(self, build):
        self.commands = compile_commands(build)
        self.headers = own_headers(build)
        self.contents = {}
        version = subprocess.run([TOOL, "--version"], capture_output=True, text=True, check=True).stdout
        self.common = version + self.content(".clang-tidy")

    def content(self, path):
        if path not in self.contents:
            with open(os.path.join(ROOT, path), "rb") as file:
                self.contents[path] = hashlib.sha256(file.read()).hexdigest()
        return self.contents[path]

    def of(self, path):
        parts = [self.common, self.commands[path].replace(ROOT, "")]
        parts += [name + self.content(name) for name in sorted(self.headers.get(path, [path]))]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def findings(build, path):
    """What clang-tidy says of one file: nothing when it is clean."""
    run = subprocess.run(
        [TOOL, "-p", build, "--quiet", os.path.join(ROOT, path)], capture_output=True, text=True, check=False
    )
    noise = re.compile(r"^(\d+ warnings? generated|Suppressed|Use -header-filter|\d+ warnings? treated)")
    said = [line for line in run.stdout.split("\n") + run.stderr.split("\n") if line and not noise.match(line)]
    return "\n".join(said) if run.returncode else ""


class Run:
    def __init__(self, build, deadline):
        self.build = build
        self.deadline = deadline
        self.folder = cache_folder()
        self.known = self.looked = self.left = self.dirty = 0
        os.makedirs(self.folder, exist_ok=True)

    def look(self, item):
        path, digest = item
        if os.path.exists(os.path.join(self.folder, digest)):
            self.known += 1
        elif time.monotonic() >= self.deadline:
            self.left += 1
        else:
            self.looked += 1
            said = findings(self.build, path)
            if said:
                self.dirty += 1
                print(said, flush=True)
            else:
                with open(os.path.join(self.folder, digest), "w", encoding="utf-8"):
                    pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", help="a built tree: build/fuzz, build/clang")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no file after so long")
    parser.add_argument("--turn", type=lambda text: int(text, 16), default=0, help="hexadecimal: where to begin")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    build = os.path.abspath(options.build)
    digests = Digests(build)
    items = [(path, digests.of(path)) for path in sorted(digests.commands)]
    first = options.turn % max(1, len(items))
    run = Run(build, time.monotonic() + options.seconds)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(run.look, items[first:] + items[:first]))
    print(
        f"clang-tidy: {len(items)} files: {run.known} known to be clean, {run.looked} looked at,"
        f" {run.dirty} with findings, {run.left} left for another time"
    )
    return 1 if run.dirty else 0


if __name__ == "__main__":
    sys.exit(main())
