"""A document shows what its commands write. Usage: documents_test.py CALLISTO SOURCE DOCUMENT [--write]

--write puts what they write in place of what the document shows and is wrong: look at the difference."""

import os
import re
import shutil
import sys

import blocks


def missing_tool(document):
    """What the blocks need and this machine or build does not have, or None."""
    text = "\n".join(block.text for block in blocks.blocks_of(document) if block.kind in blocks.RUN)
    for tool in ("curl", "openssl", "apt-cache", "python3"):
        if re.search(rf"\b{tool}\b", text) and shutil.which(tool) is None:
            return tool
    return None


def main():
    callisto, source, name = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3]
    with open(os.path.join(source, name), encoding="utf-8") as file:
        document = file.read()
    build = os.path.dirname(os.path.dirname(callisto))
    tool = missing_tool(document)
    for program in re.findall(r"^build/dev/bin/\w+|(?<= )build/dev/bin/\w+", document, re.MULTILINE):
        in_blocks = any(program in block.text for block in blocks.blocks_of(document) if block.kind in blocks.RUN)
        if in_blocks and not os.access(os.path.join(build, "bin", os.path.basename(program)), os.X_OK):
            tool = program
    if tool is not None:
        print(f"skipped: {tool} is missing")
        return 77
    folders = {"samples": os.path.join(source, "samples"), "build/dev": build, "build/release": build}
    reader = blocks.Reader(callisto, folders)
    if sys.argv[4:] == ["--write"]:
        filled = reader.filled(document)
        with open(os.path.join(source, name), "w", encoding="utf-8") as file:
            file.write(filled)
        document = filled
    problems = reader.run(document, name)
    for problem in problems:
        print(problem, end="\n\n")
    print(f"{name}: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
