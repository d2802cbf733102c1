#!/usr/bin/env python3
"""What callisto_bench does with a selection. Usage: selection_test.py CALLISTO_BENCH FOLDER"""

import os
import subprocess
import sys
import tempfile
import unittest

FOLDER = sys.argv.pop(2)
PROGRAM = sys.argv.pop(1)


def bench(*arguments):
    command = [PROGRAM, "--size", "XS", "--no-duckdb", "--seconds", "0.001", "--directory", FOLDER, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


class SelectionTest(unittest.TestCase):
    def test_a_question_that_does_not_exist_is_an_error_with_the_nearest(self):
        done = bench("--only", "q13_hop1_gruop")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no question is called 'q13_hop1_gruop'; near it: q13_hop1_group", done.stderr)
        self.assertEqual(bench("--check", "--only", "nothing_like_it").returncode, 2)

    def test_a_filter_that_matches_nothing_is_an_error(self):
        self.assertEqual(bench("--only", "q03", "--benchmark_filter=^nothing$").returncode, 2)

    def test_a_selection_measures_its_questions_and_nothing_else(self):
        done = bench("--only", "q03")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("read/q03_scan_eq~sum", done.stdout)
        self.assertIn("plan/q03_scan_eq", done.stdout)
        for other in ("q04", "update/", "disk/", "plan/varied"):
            self.assertNotIn(other, done.stdout)
        self.assertNotIn("~", bench("--only", "q03", "--no-neighbours").stdout)

    def test_any_query_can_be_measured_and_compared(self):
        query = "FIND okta_user AS u RETURN count(u) AS n"
        done = bench("--query", query, "--sql", "SELECT count(*) FROM okta_user")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("read/query", done.stdout)
        self.assertIn("sqlite_us", done.stdout)
        done = bench("--check", "--query", query, "--sql", "SELECT count(*) + 1 FROM okta_user")
        self.assertEqual(done.returncode, 1)
        self.assertIn("other cells", done.stderr)

    def test_a_query_that_is_none_fails(self):
        done = bench("--check", "--query", "FIND WITH")
        self.assertEqual(done.returncode, 1)
        self.assertIn("not answered", done.stderr)

    def test_a_library_that_somebody_names_has_to_be_there(self):
        done = subprocess.run([PROGRAM, "--size", "XS", "--check", "--duckdb", FOLDER + "/nowhere.so"],
                              capture_output=True, text=True, check=False, timeout=120)
        self.assertEqual(done.returncode, 1)
        self.assertIn("nowhere.so", done.stderr)

    def test_answers_are_recorded_when_all_agree_and_compared_from_then_on(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "q90_users.q")
            with open(path, "w", encoding="utf-8") as file:
                file.write("question: q90_users\nj1ql: FIND okta_user AS u RETURN count(u) AS n\n"
                           "sqlite: SELECT count(*) FROM okta_user\n")
            self.assertEqual(bench("--questions", folder, "--record").returncode, 0)
            with open(path, encoding="utf-8") as file:
                recorded = file.read()
            self.assertIn("\nanswer: XS 1 ", recorded)
            done = bench("--questions", folder, "--check")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("1 questions and neighbours, 0 wrong; 1 compared with sqlite", done.stdout)
            with open(path, "w", encoding="utf-8") as file:
                file.write(recorded.replace("answer: XS 1 ", "answer: XS 2 "))
            done = bench("--questions", folder, "--check")
            self.assertEqual(done.returncode, 1)
            self.assertIn("1 rows here, 2 in the question's file", done.stderr)

    def test_answers_that_differ_are_not_recorded(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "q90_users.q")
            text = ("question: q90_users\nj1ql: FIND okta_user AS u RETURN count(u) AS n\n"
                    "sqlite: SELECT 1 + count(*) FROM okta_user\n")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            self.assertEqual(bench("--questions", folder, "--record").returncode, 1)
            with open(path, encoding="utf-8") as file:
                self.assertEqual(file.read(), text)


if __name__ == "__main__":
    unittest.main()
