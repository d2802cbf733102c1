#!/usr/bin/env python3
"""bench/report.py turns results into tables. Usage: report_test.py ROOT"""

import json
import os
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(sys.argv.pop(1))


def results(size):
    def entry(name, **counters):
        return {"name": f"{name}/iterations:1/manual_time", "run_type": "iteration", **counters}

    return {
        "context": {
            "size": size, "entities": "10", "relationships": "20", "load_avg": [0.5],
        },
        "benchmarks": [
            entry("read/q01_point_id", overlay_us=1.2, plain_us=1.0, overlay_ratio=1.2,
                  first_us=30.0, rows=1.0, sqlite_us=0.6),
            entry("read/q03_scan_eq", overlay_us=7.0, plain_us=7.0, overlay_ratio=1.0,
                  first_us=90.0, rows=1.0, label="ANSWERS DIFFER on the plain graph"),
            entry("read/q24_triangle", error_occurred=True, error_message="time | out"),
            entry("plan/q01_point_id", p50_us=5.0),
            entry("update/memory", p50_us=4.0),
        ],
    }


class ReportTest(unittest.TestCase):
    def run_report(self, document, *sizes):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for size in sizes:
                paths.append(os.path.join(folder, size + ".json"))
                with open(paths[-1], "w", encoding="utf-8") as file:
                    json.dump(results(size), file)
            doc = os.path.join(folder, "doc.md")
            with open(doc, "w", encoding="utf-8") as file:
                file.write(document)
            command = [sys.executable, os.path.join(ROOT, "bench", "report.py"), "--doc", doc]
            done = subprocess.run(command + paths, capture_output=True, text=True, check=False)
            with open(doc, encoding="utf-8") as file:
                return done, file.read()

    @staticmethod
    def document(*names):
        marks = "".join(f"<!-- bench:begin {n} -->\nold\n<!-- bench:end {n} -->\n" for n in names)
        return "before\n" + marks + "after\n"

    def test_replaces_the_tables_and_nothing_else(self):
        document = self.document("reads-S", "plans", "writes")
        done, text = self.run_report(document, "S")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(text.startswith("before\n") and text.endswith("after\n"))
        self.assertNotIn("old", text)
        self.assertIn("| q01_point_id | 1.20 | 1.00 | 1.20 | 30.0 | 0.60 | 2.00 × | 0.60 | 0.50 × | 1 |", text)
        self.assertIn("1 of 2 reads are above 1.05", text)
        self.assertIn("2 of 3 questions answered", text)

    def test_says_what_differs_and_what_was_not_answered(self):
        _, text = self.run_report(self.document("reads-S", "plans", "writes"), "S")
        self.assertIn("q03_scan_eq **answers differ**", text)
        self.assertIn("not answered: time \\| out", text)

    def test_goals_are_those_of_the_size(self):
        _, text = self.run_report(self.document("reads-S", "reads-M", "plans", "writes"), "S", "M")
        self.assertIn("| q03_scan_eq **answers differ** | 7.00 | 7.00 | 1.00 | 90.0 | 20.0 | 0.35 × |", text)
        self.assertIn("| updateEntity, in memory | µs | 4.00 | 2.00 | 2.00 × | – | 4.00 | 2.00 | 2.00 × | – |", text)

    def test_a_missing_section_is_an_error(self):
        done, _ = self.run_report(self.document("plans"), "S")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("reads-S", done.stderr)


if __name__ == "__main__":
    unittest.main()
