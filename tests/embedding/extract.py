"""The program and its output that a page shows: extract.py PAGE PROGRAM EXPECTED.

Blocks ```cpp stand at the top, blocks ```cpp run follow each other in one function; what blocks
```text hold is what the program prints, all of it.
"""
import re
import sys

page, program, expected = sys.argv[1:]
with open(page, encoding="utf-8") as file:
    blocks = re.findall(r"^```([^\n]*)\n(.*?)^```$", file.read(), re.M | re.S)
kinds = {kind for kind, _ in blocks}
if kinds != {"cpp", "cpp run", "text"}:
    sys.exit(f"{page}: blocks are cpp, cpp run or text, not {sorted(kinds)}")


def joined(kind):
    return "".join(text for name, text in blocks if name == kind)


with open(program, "w", encoding="utf-8") as file:
    file.write(joined("cpp"))
    file.write("\nStatus run() {\n" + joined("cpp run") + "return {};\n}\n\n")
    file.write("int main() {\n  const Status status = run();\n")
    file.write('  if (!status) std::cerr << status.error().message << "\\n";\n')
    file.write("  return status ? 0 : 1;\n}\n")
with open(expected, "w", encoding="utf-8") as file:
    file.write(joined("text"))
