#!/usr/bin/env python3
"""Checks the rules that the code of this project sets for itself. Usage: tidy.py [ROOT]

Prints one line for each breach, `path:line: rule: what to do`, and exits 1 when there is any.
The numbers and tables are in rules.py; tidy_test.py proves that every rule can fail.
"""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import rules  # noqa: E402

SKIPPED_FOLDERS = {".git", "build", "node_modules", ".cache", "__pycache__", ".ccache"}
TEXT_SUFFIXES = (
    ".h .cpp .cmake .txt .md .py .sh .awk .json .j1t .yml .toml .in .exp .tcl .ndjson".split()
)
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
TYPE_OR_NAMESPACE = re.compile(r"(inline )?(namespace|class|struct|enum|union|extern)\b")
PRODUCT_FOLDERS = tuple(rules.ARROWS)


class Tree:
    """The files under a root, by path relative to it."""

    def __init__(self, root):
        self.root = root
        self.paths = []
        for folder, names, files in os.walk(root):
            names[:] = sorted(n for n in names if n not in SKIPPED_FOLDERS and n[:6] != "build-")
            for name in sorted(files):
                path = os.path.relpath(os.path.join(folder, name), root)
                if not os.path.islink(os.path.join(root, path)):
                    self.paths.append(path)

    def lines(self, path):
        with open(os.path.join(self.root, path), encoding="utf-8", errors="replace") as file:
            return file.read().split("\n")

    def under(self, *folders, suffixes=(".h", ".cpp")):
        return [
            p for p in self.paths if p.split(os.sep)[0] in folders and p.endswith(tuple(suffixes))
        ]

    def sources(self):
        return self.under(*PRODUCT_FOLDERS, "tests", "samples")


def check_sizes(tree):
    for path in tree.sources():
        count = len(tree.lines(path)) - 1
        limit = rules.HEADER_LINES_MAX if path.endswith(".h") else rules.SOURCE_LINES_MAX
        if count > limit:
            yield path, count, "size", f"{count} lines, at most {limit}: split it by idea"


def functions(lines):
    """(first line, last line) of each function whose closing brace stands at column 0."""
    start = None
    before = ""
    for number, line in enumerate(lines, 1):
        if line and line[0] not in " \t#/":
            if line.startswith("}"):
                if start and not TYPE_OR_NAMESPACE.match(lines[start - 1]):
                    yield start, number
                start = None
            elif start is None or not before or before[0] in "/#" or before[-1] in ";{}":
                start = number
        before = line


def check_functions(tree):
    for path in tree.sources():
        limit = rules.FUNCTION_LINES_MAX
        if path.startswith("tests" + os.sep):
            limit = rules.TEST_FUNCTION_LINES_MAX
        for first, last in functions(tree.lines(path)):
            if last - first + 1 > limit:
                length = last - first + 1
                yield path, first, "function", f"{length} lines, at most {limit}: split it"


def owner_of_public_header(tree, name):
    for folder in PRODUCT_FOLDERS:
        if os.path.join(folder, "include", "callisto", name) in tree.paths:
            return folder
    return None


def includes(tree, path):
    for number, line in enumerate(tree.lines(path), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1), match.group(2)


def check_arrows(tree):
    for path in tree.under(*PRODUCT_FOLDERS):
        folder = path.split(os.sep)[0]
        for number, quote, header in includes(tree, path):
            public = header.startswith("callisto/") and quote == "<"
            if public:
                target = owner_of_public_header(tree, header[len("callisto/") :])
                if target is None:
                    yield path, number, "arrows", f"no module offers <{header}>"
                    continue
            else:
                target = header.split("/")[0]
                if target not in PRODUCT_FOLDERS and target != "tests":
                    continue
            allowed = rules.ARROWS[folder] | {folder}
            if public and "api" in allowed:
                allowed = allowed | rules.PUBLIC_THROUGH_API
            if target not in allowed:
                yield path, number, "arrows", f"{folder} may not know {target} ({header})"


def check_doors(tree):
    for path in tree.under(*PRODUCT_FOLDERS):
        for number, _, header in includes(tree, path):
            for library, doors in rules.DOORS.items():
                if header.startswith(library) and not path.startswith(tuple(doors)):
                    where = " or ".join(doors)
                    yield path, number, "door", f"{header} belongs behind a header of {where}"


def check_public_headers(tree):
    standard = re.compile(r"^[a-z_0-9]+$")
    for path in tree.under(*PRODUCT_FOLDERS, suffixes=(".h",)):
        if f"{os.sep}include{os.sep}callisto{os.sep}" not in path:
            continue
        for number, quote, header in includes(tree, path):
            if quote == "<" and (standard.match(header) or header.startswith("callisto/")):
                continue
            if header not in rules.PUBLIC_HEADER_LIBRARIES:
                yield path, number, "public", f"an installed header may not include {header}"


def check_header_form(tree):
    for path in tree.sources():
        lines = tree.lines(path)
        # A source that starts with its own header is described there, a test by its titles.
        own = path.endswith(".cpp") and lines[0] == f'#include "{path[:-4]}.h"'
        test = path.endswith("_test.cpp")
        if not own and not test and not lines[0].startswith("//"):
            yield path, 1, "file comment", "start with one line saying what this file is"
        if path.endswith(".h"):
            if "#pragma once" not in lines:
                yield path, 1, "pragma once", "a header needs #pragma once"
            for number, line in enumerate(lines, 1):
                if re.match(r"\s*using namespace(?! std::[a-z_:]*literals)\b", line):
                    yield path, number, "using namespace", "not in a header"


def check_names(tree):
    for path in tree.under(*PRODUCT_FOLDERS, "tests", "samples"):
        stem = os.path.splitext(os.path.basename(path))[0]
        if not re.fullmatch(r"[a-z0-9_]+", stem):
            yield path, 1, "file name", "snake_case, please"
        if set(re.split(r"[_.]", stem)) & set(rules.BANNED_FILE_NAMES):
            yield path, 1, "file name", f"'{stem}' does not name the thing inside"


def check_text(tree):
    todo = re.compile(r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\))")
    for path in tree.paths:
        if not path.endswith(tuple(TEXT_SUFFIXES)) and os.path.basename(path) != "Makefile":
            continue
        is_code = path.endswith((".h", ".cpp"))
        for number, line in enumerate(tree.lines(path), 1):
            for banned in rules.BANNED_TEXT:
                if banned in line:
                    yield path, number, "path", f"'{banned}' names somebody's machine"
            if is_code and todo.search(line):
                yield path, number, "todo", "finish it, or name the issue: TODO(#12)"


def check_error_codes(tree):
    header = os.path.join("core", "include", "callisto", "error.h")
    page = os.path.join("docs", "errors.md")
    if header not in tree.paths:
        return
    text = "\n".join(tree.lines(header))
    body = re.search(r"enum class ErrorCode[^{]*\{(.*?)\};", text, re.S)
    codes = re.findall(r"^\s*(\w+)\s*=\s*(\d+)", body.group(1), re.M) if body else []
    if not codes:
        yield header, 1, "errors", "found no `Name = number` in enum class ErrorCode"
    rows = {}
    for number, line in enumerate(tree.lines(page) if page in tree.paths else [], 1):
        match = re.match(r"\| (\d+) \| `(\w+)` \| (\d{3}) \| (\d) \|", line)
        if match:
            rows[match.group(2)] = (match.group(1), number)
    for name, value in codes:
        if name not in rows:
            yield page, 1, "errors", f"ErrorCode::{name} = {value} has no row here"
        elif rows[name][0] != value:
            yield page, rows[name][1], "errors", f"{name} is {value} in error.h"
    for name in sorted(set(rows) - {name for name, _ in codes}):
        yield page, rows[name][1], "errors", f"error.h has no ErrorCode::{name}"


def check_adrs(tree):
    seen = {}
    for path in tree.under("docs", suffixes=(".md",)):
        folder, name = os.path.split(path)
        if folder != os.path.join("docs", "adr") or name == "README.md":
            continue
        match = re.fullmatch(r"(\d{4})-[a-z0-9-]+\.md", name)
        if not match:
            yield path, 1, "adr", "name it NNNN-what-was-decided.md"
        elif match.group(1) in seen:
            yield path, 1, "adr", f"{match.group(1)} is taken by {seen[match.group(1)]}"
        else:
            seen[match.group(1)] = name
    for position, number in enumerate(sorted(seen), 1):
        if int(number) != position:
            yield os.path.join("docs", "adr"), 1, "adr", f"{position:04} is missing"
            break


def check_query_tests(tree):
    for path in tree.under("tests", suffixes=(".j1t",)):
        if not re.fullmatch(r"[a-z0-9_-]+\.j1t", os.path.basename(path)):
            yield path, 1, "j1t", "lower-case file names: what the file is about"
        titles = {}
        for number, line in enumerate(tree.lines(path), 1):
            match = re.match(r"(query|error|plan|explain)\b(.*)$", line)
            if not match:
                continue
            title = match.group(2).strip()
            if not re.match(r'"[^"]{4,}"', title):
                yield path, number, "j1t", f'{match.group(1)} needs a sentence in "quotes"'
            elif title in titles:
                yield path, number, "j1t", f"{title} is also on line {titles[title]}"
            titles.setdefault(title, number)
        if not titles:
            yield path, 1, "j1t", "holds no test"


def check_override_rules(tree):
    """Each rule O-1 ... O-30 of the overrides is named by the title of a test."""
    if os.path.join("persist", "CMakeLists.txt") not in tree.paths:
        return
    named = set()
    title = re.compile(r'TEST_CASE\s*\(\s*"([^"]*)"')
    for path in tree.under("tests", suffixes=(".cpp",)):
        for match in title.finditer("\n".join(tree.lines(path))):
            named |= {int(number) for number in re.findall(r"\bO-(\d+)\b", match.group(1))}
    for rule in range(1, 31):
        if rule not in named:
            yield "tests", 1, "override rules", f"no TEST_CASE names O-{rule}"


CHECKS = [
    check_sizes,
    check_functions,
    check_arrows,
    check_doors,
    check_public_headers,
    check_header_form,
    check_names,
    check_text,
    check_error_codes,
    check_adrs,
    check_query_tests,
    check_override_rules,
]


def breaches(root):
    tree = Tree(root)
    for check in CHECKS:
        yield from check(tree)


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else "."
    found = list(breaches(root))
    for path, line, rule, advice in found:
        print(f"{path}:{line}: {rule}: {advice}")
    if found:
        print(f"tidy: {len(found)} breaches", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
