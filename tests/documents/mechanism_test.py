"""The test of documents finds what is wrong. Usage: mechanism_test.py CALLISTO SOURCE"""

import os
import sys
import unittest

import blocks

CALLISTO, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
READER = blocks.Reader(CALLISTO, {"samples": os.path.join(SOURCE, "samples")})
QUERY = ("callisto --load samples/github/monday --format tsv "
         "-c 'FIND github_repo WITH criticality = 5 AS r RETURN r.name, r.criticality'")


def document(*parts):
    return "\n\n".join(f"```{kind}\n{text}\n```" for kind, text in parts)


def problems(*parts):
    return READER.run(document(*parts), "x.md")


class Mechanism(unittest.TestCase):
    def test_what_is_shown_is_what_is_written(self):
        self.assertEqual(problems(("sh", QUERY), ("text", "r.name\tr.criticality\ncard-vault\t5")), [])

    def test_a_wrong_answer(self):
        found = problems(("sh", QUERY), ("text", "r.name\tr.criticality\ncard-vault\t6"))
        self.assertEqual(len(found), 1)
        self.assertIn("card-vault\t5", found[0])

    def test_a_line_too_few_and_one_too_many(self):
        self.assertEqual(len(problems(("sh", QUERY), ("text", "r.name\tr.criticality"))), 1)
        self.assertEqual(len(problems(("sh", QUERY), ("text", "r.name\tr.criticality\ncard-vault\t5\nx"))), 1)

    def test_output_that_is_not_shown(self):
        self.assertEqual(len(problems(("sh", QUERY))), 1)
        parted = "```sh\n" + QUERY + "\n```\nProse.\n```text\nr.name\tr.criticality\ncard-vault\t5\n```\n"
        self.assertEqual(len(READER.run(parted, "x.md")), 1)

    def test_output_that_differs_by_machine(self):
        self.assertEqual(problems(("sh any", "uname -a")), [])
        self.assertEqual(len(problems(("sh any", "false"))), 1)

    def test_a_command_that_fails(self):
        found = problems(("sh", "callisto -c 'FIND'"), ("sh", "true"))
        self.assertEqual(len(found), 1)
        self.assertIn("line 1", found[0])
        self.assertEqual(problems(("sh fails", "echo no; false"), ("text", "no")), [])
        self.assertEqual(len(problems(("sh fails", "echo yes"), ("text", "yes"))), 1)

    def test_a_type_that_does_not_exist_is_seen(self):
        found = problems(("sh", QUERY.replace("github_repo", "github_org")), ("text", "r.name\tr.criticality"))
        self.assertIn("No entity of this graph has the type", found[0])

    def test_times_and_ids_are_placeholders(self):
        self.assertEqual(problems(("sh", "echo 12.3 ms 2026-01-02T03:04:05Z job 01234567-89ab-4def-0123-456789abcdef"),
                                  ("text", "9 µs 1999-12-31T00:00:00.001Z job fedcba98-7654-4210-fedc-ba9876543210")), [])
        self.assertEqual(len(problems(("sh", "echo 12 rows"), ("text", "13 rows"))), 1)

    def test_an_ellipsis_stands_for_lines_only(self):
        self.assertEqual(problems(("sh", "seq 1 9"), ("text", "1\n[...]\n9")), [])
        self.assertEqual(len(problems(("sh", "seq 1 9"), ("text", "1\n[...]\n8"))), 1)

    def test_one_shell_runs_all_blocks_on_a_terminal(self):
        self.assertEqual(problems(("sh", "a=1; b() { echo $1$a; }"), ("sh", "b 2"), ("text", "21"),
                                  ("sh", "test -t 1 && stty size <&1"), ("text", "24 80")), [])

    def test_a_server_in_the_background_answers(self):
        self.assertEqual(problems(
            ("sh", "callisto serve --demo 2>serve.log &\ncurl -s localhost:8080/healthz | cut -c1-14"),
            ("text", '{"status":"ok"'), ("sh", "kill %1; wait %1 || true")), [])

    def test_kinds_that_nobody_knows(self):
        self.assertEqual(len(problems(("shell", "true"))), 1)

    def test_every_document_is_tested(self):
        """With blocks that run, a document is in the list of CMakeLists.txt."""
        with open(os.path.join(SOURCE, "tests", "documents", "CMakeLists.txt"), encoding="utf-8") as file:
            listed = file.read()
        for folder, folders, files in os.walk(SOURCE):
            folders[:] = [name for name in folders if name not in ("build", ".git", "node_modules")]
            for name in files:
                path = os.path.relpath(os.path.join(folder, name), SOURCE)
                if not name.endswith(".md") or path.startswith("changes/"):
                    continue
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    text = file.read()
                self.assertEqual(blocks.unknown_kinds(text), [], path)
                if any(block.kind in blocks.RUN for block in blocks.blocks_of(text)):
                    self.assertIn(path, listed)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
