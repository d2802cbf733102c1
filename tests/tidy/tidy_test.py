#!/usr/bin/env python3
"""Proves that each rule of tidy.py can fail, and that a clean tree passes."""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import rules  # noqa: E402
import tidy  # noqa: E402

ERRORS = "// Errors.\n#pragma once\nenum class ErrorCode : int {\n  ParseError = 1,\n};\n"
ROW = "| 1 | `ParseError` | 400 | 1 | The text is not J1QL. |\n"
CLEAN = {
    "core/include/callisto/error.h": ERRORS,
    "core/graph.h": "// The graph.\n#pragma once\n#include <vector>\n",
    "query/plan.cpp": '// Plans.\n#include <callisto/error.h>\n\n#include "core/graph.h"\n',
    "docs/errors.md": ROW,
    "docs/adr/0001-boost.md": "# Boost\n",
    "tests/queries/with/undefined.j1t": 'query "a sentence"\n',
}


class TidyTest(unittest.TestCase):
    def found(self, files):
        """The rules that a tree made of CLEAN and these files breaks."""
        with tempfile.TemporaryDirectory() as root:
            for path, text in {**CLEAN, **files}.items():
                full = os.path.join(root, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "w", encoding="utf-8") as file:
                    file.write(text)
            return [(path, rule) for path, _, rule, _ in tidy.breaches(root)]

    def test_a_clean_tree_passes(self):
        self.assertEqual(self.found({}), [])

    def test_sizes(self):
        header = "// Long.\n#pragma once\n" + "int x;\n" * rules.HEADER_LINES_MAX
        source = "// Long.\n" + "int x;\n" * rules.SOURCE_LINES_MAX
        self.assertEqual(self.found({"core/a.h": header}), [("core/a.h", "size")])
        self.assertEqual(self.found({"core/a.cpp": source}), [("core/a.cpp", "size")])

    def test_functions(self):
        body = "  f();\n" * rules.FUNCTION_LINES_MAX
        long = f"// Long.\nnamespace x {{\n\n// Comment.\nvoid g(int a,\n       int b) {{\n{body}}}\n}}\n"
        self.assertEqual(self.found({"core/a.cpp": long}), [("core/a.cpp", "function")])
        short = "// Short.\nnamespace x {\n" + "\nvoid g() {\n  f();\n}\n" * 40 + "\n}\n"
        self.assertEqual(self.found({"core/a.cpp": short}), [])

    def test_arrows_never_turn_back(self):
        for path, header in [
            ("core/a.cpp", '"query/plan.h"'),
            ("core/a.cpp", "<callisto/database.h>"),
            ("query/a.cpp", '"persist/job.h"'),
            ("persist/a.cpp", '"query/plan.h"'),
            ("repl/a.cpp", '"core/graph.h"'),
            ("bench/a.cpp", '"query/plan.h"'),
            ("core/a.cpp", "<callisto/nowhere.h>"),
        ]:
            files = {
                path: f"// A.\n#include {header}\n",
                "api/include/callisto/database.h": "// The database.\n#pragma once\n",
            }
            self.assertEqual(self.found(files), [(path, "arrows")], header)

    def test_installed_headers_reach_the_shell_through_api(self):
        self.assertEqual(self.found({"repl/a.cpp": "// A.\n#include <callisto/error.h>\n"}), [])

    def test_one_door_per_library(self):
        for library, doors in rules.DOORS.items():
            header = library if library.endswith(".h") else library.rstrip("/") + "/x.h"
            path = "core/a.cpp" if "core/" not in doors else "bench/a.cpp"
            files = {path: f"// A.\n#include <{header}>\n"}
            if header.startswith(library):
                self.assertEqual(self.found(files), [(path, "door")], header)

    def test_public_headers_hide_the_libraries(self):
        for header in ["<boost/uuid.hpp>", '"core/graph.h"']:
            path = "core/include/callisto/a.h"
            files = {path: f"// A.\n#pragma once\n#include {header}\n"}
            self.assertEqual(self.found(files), [(path, "public")])

    def test_header_form(self):
        self.assertEqual(self.found({"core/a.cpp": "int x;\n"}), [("core/a.cpp", "file comment")])
        self.assertEqual(self.found({"core/a.h": "// A.\n"}), [("core/a.h", "pragma once")])
        using = "// A.\n#pragma once\nusing namespace std;\n"
        self.assertEqual(self.found({"core/a.h": using}), [("core/a.h", "using namespace")])

    def test_names(self):
        for name in ["utils", "string_util", "CamelCase", "plan_manager"]:
            path = f"core/{name}.cpp"
            self.assertEqual(self.found({path: "// A.\n"}), [(path, "file name")])

    def test_text(self):
        for banned in rules.BANNED_TEXT:
            files = {"docs/a.md": f"See {banned}x\n"}
            self.assertEqual(self.found(files), [("docs/a.md", "path")], banned)
        todo = {"core/a.cpp": "// A.\n// TO" + "DO later\n"}
        self.assertEqual(self.found(todo), [("core/a.cpp", "todo")])

    def test_error_codes(self):
        page = "docs/errors.md"
        for text in ["", ROW.replace("| 1 |", "| 2 |", 1), ROW + ROW.replace("Parse", "Bind")]:
            self.assertEqual(self.found({page: text}), [(page, "errors")])

    def test_adr_numbers(self):
        for name in ["0001-again.md", "two.md", "0003-gap.md"]:
            self.assertIn("adr", [rule for _, rule in self.found({f"docs/adr/{name}": "# A\n"})])

    def test_query_tests(self):
        path = "tests/queries/a.j1t"
        for text in ["", "query\n", 'query "one two"\nquery "one two"\n']:
            self.assertIn((path, "j1t"), self.found({path: text}))

    def test_every_override_rule_has_a_test(self):
        titles = "".join(f'TEST_CASE("O-{n} holds") {{}}\n' for n in range(1, 31) if n != 14)
        files = {"persist/CMakeLists.txt": "", "tests/unit/a_test.cpp": "// T.\n" + titles}
        self.assertEqual(self.found(files), [("tests", "override rules")])


if __name__ == "__main__":
    unittest.main()
