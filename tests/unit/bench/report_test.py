#!/usr/bin/env python3
"""bench/report.py turns results into tables and compares them. Usage: report_test.py ROOT"""

import json
import os
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(sys.argv.pop(1))
sys.path.insert(0, os.path.join(ROOT, "bench"))

from results import Results, merge  # noqa: E402


def entry(name, **counters):
    return {"name": f"{name}/iterations:1/manual_time", "run_type": "iteration", **counters}


def read(name, microseconds, **counters):
    figures = {"overlay_us": microseconds, "plain_us": 1.0, "overlay_ratio": 1.2, "same_ratio": 0.97,
               "first_us": 30.0, "rows": 1.0}
    return entry(f"read/{name}", **{**figures, **counters})


def document(size="S", benchmarks=None, **context):
    return {
        "context": {"size": size, "seed": "1", "entities": "10", "relationships": "20", "load_avg": [0.5],
                    "commit": "abc", "compiler": "GNU", "flags": "-O2", **context},
        "benchmarks": benchmarks if benchmarks is not None else [
            read("q01_point_id", 1.2, sqlite_us=0.6, duckdb_us=90.0, goal_us=0.6),
            read("q01_point_id~max", 6.0, sqlite_us=12.0),
            read("q01_point_id~count", 1.5, duckdb_us=3.0),
            read("q03_scan_eq", 7.0, overlay_ratio=1.0, label="ANSWERS DIFFER on the plain graph"),
            entry("read/q24_triangle", error_occurred=True, error_message="time | out"),
            entry("plan/q01_point_id", p50_us=5.0),
            entry("update/memory", p50_us=4.0, sqlite_us=2.0, duckdb_us=400.0),
            entry("beside/q01_point_id", alone_p50_us=1.0, alone_p99_us=2.0, beside_p50_us=1.5,
                  beside_p99_us=8.0, syncs=4.0),
            entry("sessions/q01_point_id", per_s_1=1000.0, per_s_2=1900.0, per_s_8=1950.0),
        ],
    }


def sections(*sizes):
    names = [f"{kind}-{size}" for size in sizes for kind in ("reads", "neighbours")]
    marks = "".join(f"<!-- bench:begin {n} -->\nold\n<!-- bench:end {n} -->\n"
                    for n in names + ["plans", "writes", "together"])
    return "before\n" + marks + "after\n"


class ScriptTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content if isinstance(content, str) else json.dumps(content))
        return path

    @staticmethod
    def report(*arguments):
        command = [sys.executable, os.path.join(ROOT, "bench", "report.py"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)


class TablesTest(ScriptTest):
    def tables(self, text, *documents):
        paths = [self.path(f"{i}.json", d) for i, d in enumerate(documents)]
        doc = self.path("doc.md", text)
        done = self.report("--doc", doc, *paths)
        with open(doc, encoding="utf-8") as file:
            return done, file.read()

    def test_replaces_the_tables_and_nothing_else(self):
        done, text = self.tables(sections("S"), document())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(text.startswith("before\n") and text.endswith("after\n"))
        self.assertNotIn("old", text)
        self.assertIn("commit abc, GNU `-O2`; launches: 1; peers: none", text)

    def test_a_question_stands_beside_its_peers_and_its_worst_neighbour(self):
        _, text = self.tables(sections("S"), document())
        self.assertIn("| q01_point_id | 1.20 | 1.20 | 0 % | 1.20 ± 0.03 | 30.0 | 0.60 | 2.00 × | 0.60 | 90.0 | 0.50 × |"
                      " max | **5.00 ×** | 1 |", text)
        self.assertIn("| q01_point_id~count | 1.50 | 1.25 × | 1.20 ± 0.03 | 30.0 | – | 3.00 | 2.00 × | 1 |", text)

    def test_the_summary_lists_what_is_behind(self):
        _, text = self.tables(sections("S"), document())
        self.assertIn("Questions where the best peer is faster, with that ratio: 1 of 1: q01_point_id 0.50.", text)
        self.assertIn("Neighbours where it is: 0 of 2.", text)
        self.assertIn("0.50 over questions, 2.00 over neighbours, 1.26 over both", text)
        self.assertIn("1 of 1 questions are over the goal of 3", text)

    def test_says_what_differs_and_what_was_not_answered(self):
        _, text = self.tables(sections("S"), document())
        self.assertIn("q03_scan_eq **answers differ**", text)
        self.assertIn("not answered: time \\| out", text)
        self.assertIn("4 of 5 questions and neighbours answered, 1 with an answer that differs", text)

    def test_writes_have_the_goals_of_their_size_and_all_peers(self):
        _, text = self.tables(sections("S", "M"), document("M"), document("S"))
        self.assertIn("| updateEntity, in memory | µs | 4.00 | 2.00 | 2.00 × | 2.00 | 400 | 4.00 | 2.00 | 2.00 × |"
                      " 2.00 | 400 |", text)

    def test_reads_beside_a_writer_and_of_several_sessions(self):
        _, text = self.tables(sections("S"), document())
        self.assertIn("| q01_point_id | S | 1.00 | 2.00 | 1.50 | 8.00 | 1.50 × | 4.00 × | 4.00 | 1,000 | 1,900 | 1,950 |"
                      " 1.90 × |", text)

    def test_without_neighbours_it_says_so(self):
        _, text = self.tables(sections("S"), document(benchmarks=[read("q01", 1.0)]))
        self.assertIn("Not measured: only the questions were.", text)
        self.assertIn("| q01 | 1.00 | 1.00 | 0 % | 1.20 ± 0.03 | 30.0 | – | – | – | – | – | – | – | 1 |", text)

    def test_a_missing_section_is_an_error(self):
        done, _ = self.tables("<!-- bench:begin plans -->\n<!-- bench:end plans -->\n", document())
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("reads-S", done.stderr)

    def test_nothing_measured_is_an_error(self):
        done, _ = self.tables(sections("S"), document(benchmarks=[]))
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("no benchmark in it", done.stderr)
        self.assertNotEqual(self.report().returncode, 0)


class LaunchesTest(ScriptTest):
    @staticmethod
    def launches(*microseconds):
        return merge([document(benchmarks=[read("q01", us)]) for us in microseconds])

    def test_launches_become_medians_with_their_span(self):
        merged = Results(self.path("m.json", self.launches(3.0, 1.0, 2.0)))
        self.assertEqual(merged.context["launches"], 3)
        self.assertEqual(merged.value("read/q01", "overlay_us"), 2.0)
        self.assertEqual(merged.span("read/q01", "overlay_us"), (1.0, 3.0))

    def test_one_launch_that_failed_is_not_hidden(self):
        merged = merge([document(benchmarks=[read("q01", 1.0)]),
                        document(benchmarks=[read("q01", 1.0, label="ANSWERS DIFFER")])])
        self.assertIn("DIFFER", merged["benchmarks"][0]["label"])

    def test_launches_of_different_things_do_not_go_together(self):
        for other in (document(benchmarks=[read("q02", 1.0)]),
                      document(benchmarks=[read("q01", 1.0)], commit="def"),
                      document("M", benchmarks=[read("q01", 1.0)])):
            with self.assertRaises(ValueError):
                merge([document(benchmarks=[read("q01", 1.0)]), other])


class CompareTest(ScriptTest):
    def compare(self, old, new, *more):
        return self.report("--compare", self.path("old.json", old), self.path("new.json", new), *more)

    @staticmethod
    def times(*launches, **more):
        return merge([document(benchmarks=[read("q01", us, **more), read("q02", 5.0)]) for us in launches])

    def test_what_did_not_move_is_fine(self):
        done = self.compare(self.times(1.0), self.times(1.19))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("q01", done.stdout)
        self.assertIn("0 of 2 moved by more than 1.2 ×", done.stdout)

    def test_what_got_slower_is_named_and_fails(self):
        done = self.compare(self.times(1.0), self.times(1.5))
        self.assertEqual(done.returncode, 1)
        self.assertIn("read/q01: 1.50 × slower: 1.00 -> 1.50 µs", done.stdout)
        self.assertNotIn("q02", done.stdout)

    def test_what_got_faster_is_named_and_passes(self):
        done = self.compare(self.times(1.5), self.times(1.0))
        self.assertEqual(done.returncode, 0)
        self.assertIn("read/q01: 1.50 × faster", done.stdout)

    def test_the_threshold_is_the_callers(self):
        self.assertEqual(self.compare(self.times(1.0), self.times(1.5), "--threshold", "1.6").returncode, 0)
        self.assertEqual(self.compare(self.times(1.0), self.times(1.1), "--threshold", "1.05").returncode, 1)
        self.assertEqual(self.compare(self.times(1.0), self.times(1.0), "--threshold", "0.5").returncode, 2)

    def test_launches_that_overlap_did_not_move(self):
        self.assertEqual(self.compare(self.times(1.0, 1.0, 1.6), self.times(1.5, 1.5, 1.5)).returncode, 0)
        self.assertEqual(self.compare(self.times(1.0, 1.0, 1.4), self.times(1.5, 1.5, 1.5)).returncode, 1)

    def test_an_answer_that_is_lost_or_differs_fails(self):
        lost = document(benchmarks=[entry("read/q01", error_occurred=True, error_message="no"), read("q02", 5.0)])
        done = self.compare(self.times(1.0), lost)
        self.assertEqual(done.returncode, 1)
        self.assertIn("read/q01: not answered: no", done.stdout)
        done = self.compare(self.times(1.0), self.times(1.0, label="ANSWERS DIFFER"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("read/q01: answers differ", done.stdout)

    def test_what_cannot_be_compared_is_an_error(self):
        self.assertEqual(self.compare(self.times(1.0), document("M")).returncode, 2)
        self.assertEqual(self.compare(self.times(1.0), document(benchmarks=[read("q99", 1.0)])).returncode, 2)
        self.assertEqual(self.compare(self.times(1.0), "no JSON").returncode, 2)
        self.assertEqual(self.report("--compare", "nowhere.json", "nowhere.json").returncode, 2)

    def test_what_is_not_measured_any_more_is_told(self):
        done = self.compare(self.times(1.0), document(benchmarks=[read("q01", 1.0)]))
        self.assertIn("not measured any more: read/q02", done.stdout)


class RunTest(ScriptTest):
    PROGRAM = """#!{python}
import json, os, sys
out = [a.split("=", 1)[1] for a in sys.argv if a.startswith("--benchmark_out=")][0]
count = os.path.join(os.path.dirname(__file__), "count")
launch = int(open(count).read()) if os.path.exists(count) else 0
open(count, "w").write(str(launch + 1))
if "--only" in sys.argv: sys.exit(2)
json.dump(json.loads({document!r} % (launch + 1)), open(out, "w"))
"""

    def run_it(self, *arguments):
        text = json.dumps(document(benchmarks=[read("q01", 12345)])).replace("12345", "%d")
        program = self.path("callisto_bench", self.PROGRAM.format(python=sys.executable, document=text))
        os.chmod(program, 0o755)
        out = os.path.join(self.folder, "out")
        command = [sys.executable, os.path.join(ROOT, "bench", "run.py"), self.folder, "--sizes", "S", "--out", out,
                   "--no-doc", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done, os.path.join(out, "S.json")

    def test_every_launch_is_a_process_of_its_own(self):
        done, path = self.run_it("--launches", "3")
        self.assertEqual(done.returncode, 0, done.stderr)
        results = Results(path)
        self.assertEqual(results.context["launches"], 3)
        self.assertEqual(results.span("read/q01", "overlay_us"), (1, 3))

    def test_a_selection_of_nothing_fails(self):
        done, path = self.run_it("--", "--only", "nothing")
        self.assertEqual(done.returncode, 2)
        self.assertFalse(os.path.exists(path))


if __name__ == "__main__":
    unittest.main()
