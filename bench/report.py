#!/usr/bin/env python3
"""Turns the results of callisto_bench into the tables of docs/performance.md.

Usage: report.py [--doc FILE] RESULTS.json...

Each results file is Google Benchmark's JSON of one size. The tables stand between the lines
`<!-- bench:begin NAME -->` and `<!-- bench:end NAME -->` of FILE and are replaced there; without
--doc they are printed.
"""

import argparse
import json
import math
import re
import sys

# Goals for the same classes of questions on another workload of the same sizes, in microseconds:
# query -> (S, M). The peers' figures there, and why they are worth reaching, are not repeated here.
GOALS_US = {
    "q01_point_id": (0.60, 0.80),
    "q02_point_prop": (0.60, 0.80),
    "q03_scan_eq": (7.0, 20),
    "q04_scan_range": (10, 60),
    "q05_scan_contains": (36, 900),
    "q06_scan_prefix": (6.0, 20),
    "q07_scan_array": (6.0, 20),
    "q08_scan_regex": (29, 600),
    "q09_rows_out": (121, 2000),
    "q10_hop1_sel": (1.1, 1.5),
    "q11_hop3_sel": (3.0, 4.0),
    "q12_neighbours": (2.3, 3.0),
    "q13_hop1_group": (22, 300),
    "q14_hop2": (14, 200),
    "q15_hop3": (110, 2000),
    "q17_anti": (8.0, 60),
    "q18_optional": (11, 150),
    "q19_multiverb": (28, 350),
    "q20_group_prop": (13, 120),
    "q21_top10": (16, 200),
    "q22_order_limit": (17, 200),
    "q23_shared_node": (50, 800),
    "q24_triangle": (425, 4500),
    "q25_exposure": (15, 250),
    "q26_multiclass": (7.0, 20),
    "q27_edge_prop": (6.0, 10),
}

# Other measures: benchmark -> (what, counter, unit divisor, unit, (goal S, goal M) or None,
# whether less is better).
WRITES = [
    ("load/memory", "bulk load: JSON uploads to queryable graph", "p50_us", 1e6, "s", (0.5, 4.0)),
    ("memory/graph", "memory for each element (resident)", "bytes_per_element", 1, "B", (190, 165)),
    ("memory/graph", "the same, as the graph itself counts", "own_bytes_per_element", 1, "B", None),
    ("sync/users_unchanged", "full sync of all okta_user, nothing changed", "p50_us", 1e3, "ms", None),
    ("sync/users_one_percent", "the same, 1 % changed", "p50_us", 1e3, "ms", (20, 200)),
    ("sync/relationships_unchanged", "full sync of one relationship kind, nothing changed", "p50_us", 1e3, "ms", None),
    ("sync/relationships_one_percent", "the same, 1 % changed", "p50_us", 1e3, "ms", (25, 200)),
    ("override/first_10000", "override 10,000 entities, first time", "p50_us", 1e3, "ms", (3, 3)),
    ("override/same_10000", "the same set again", "p50_us", 1e3, "ms", None),
    ("override/other_10000", "the same entities, other values", "p50_us", 1e3, "ms", (3, 3)),
    ("update/memory", "updateEntity, in memory", "p50_us", 1, "µs", (2, 2)),
    ("disk/load", "bulk load into a durable database", "p50_us", 1e6, "s", None),
    ("disk/update", "updateEntity, synced to disk", "p50_us", 1, "µs", None),
    ("disk/update_by_4_threads", "the same by 4 threads at once, per update", "p50_us", 1, "µs", None),
    ("disk/update_by_16_threads", "the same by 16 threads at once, per update", "p50_us", 1, "µs", None),
    ("disk/reopen", "open the durable database, first answer", "p50_us", 1e3, "ms", (150, 1200)),
    ("disk/reopen_compacted", "the same after compact()", "p50_us", 1e3, "ms", (150, 1200)),
]

PLAN_GOALS_US = {"q01": 10, "q02": 10, "q10": 20, "q13": 20, "q11": 50, "q15": 50}


def number(value):
    if value is None:
        return "–"
    if value >= 1000:
        return f"{value:,.0f}"
    if value >= 100:
        return f"{value:.0f}"
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}"


def ratio(value):
    return "–" if value is None else f"{number(value)} ×"


def divide(a, b):
    return a / b if a and b else None


def geometric_mean(values):
    values = [v for v in values if v]
    return math.exp(sum(math.log(v) for v in values) / len(values)) if values else None


class Results:
    """The benchmarks of one run, by name without Google Benchmark's suffixes."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        self.context = document["context"]
        self.size = self.context["size"]
        self.index = "SM".index(self.size)
        self.found = {}
        for entry in document["benchmarks"]:
            if entry.get("run_type", "iteration") != "iteration":
                continue
            self.found.setdefault(re.sub(r"/(iterations|manual_time).*", "", entry["name"]), entry)

    def value(self, name, counter):
        entry = self.found.get(name, {})
        return None if entry.get("error_occurred") else entry.get(counter)

    def reads(self):
        return [name for name in self.found if name.startswith("read/")]


def table(header, rows):
    widths = "|".join("---" if i == 0 else "--:" for i in range(len(header)))
    lines = ["| " + " | ".join(header) + " |", "|" + widths + "|"]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def read_row(results, name):
    entry = results.found[name]
    query = name.split("/")[1]
    if entry.get("error_occurred"):
        return [query, "not answered: " + entry["error_message"].replace("|", "\\|")] + [""] * 8
    ours = entry["overlay_us"]
    goal = GOALS_US.get(query, (None, None))[results.index]
    peer = entry.get("sqlite_us")
    note = " **answers differ**" if "DIFFER" in entry.get("label", "") else ""
    return [
        query + note,
        number(ours),
        number(entry["plain_us"]),
        f"{entry['overlay_ratio']:.2f}",
        number(entry["first_us"]),
        number(goal),
        ratio(divide(ours, goal)),
        number(peer),
        ratio(divide(peer, ours)),
        number(entry["rows"]) if entry["rows"] % 1 else f"{entry['rows']:,.0f}",
    ]


def summary(results):
    answered = [results.found[n] for n in results.reads() if not results.found[n].get("error_occurred")]
    ratios = [e["overlay_ratio"] for e in answered]
    to_goal = [
        divide(results.value(n, "overlay_us"), GOALS_US[n.split("/")[1]][results.index])
        for n in results.reads()
        if n.split("/")[1] in GOALS_US
    ]
    to_peer = [divide(e.get("sqlite_us"), e["overlay_us"]) for e in answered]
    faster = [v for v in to_peer if v]
    return [
        f"* {len(answered)} of {len(results.reads())} questions answered; of {len(faster)} asked of"
        f" SQLite too, all answers equal unless marked.",
        f"* 10,000 overrides cost a factor of {number(geometric_mean(ratios))} in the geometric mean;"
        f" {sum(r > 1.05 for r in ratios)} of {len(ratios)} reads are above 1.05.",
        f"* Time ÷ goal: {number(geometric_mean(to_goal))} in the geometric mean;"
        f" {sum(1 for v in to_goal if v and v <= 1)} of {sum(1 for v in to_goal if v)} reach it.",
        f"* SQLite's time ÷ ours: {number(geometric_mean(to_peer))} in the geometric mean;"
        f" SQLite is faster on {sum(1 for v in faster if v < 1)} of {len(faster)}.",
    ]


def reads_section(results):
    context = results.context
    header = ["query", "µs", "no overrides", "ratio", "first run", "goal", "÷ goal", "SQLite",
              "SQLite ÷ ours", "rows"]
    rows = [read_row(results, name) for name in sorted(results.reads())]
    lines = [
        f"Size {results.size}: {int(context['entities']):,} entities,"
        f" {int(context['relationships']):,} relationships; load average at the start"
        f" {', '.join(number(v) for v in context.get('load_avg', [])) or 'unknown'}.",
        "",
    ]
    return lines + table(header, rows) + [""] + summary(results)


def varied_plans(all_results):
    lines = []
    for r in all_results:
        name = "plan/varied"
        if r.value(name, "p50_us") is None:
            continue
        lines.append(
            f"* {r.value(name, 'queries'):.0f} varied queries (`bench/suite/plan_set.cpp`), size {r.size}:"
            f" median {number(r.value(name, 'p50_us'))} µs, p99 {number(r.value(name, 'p99_us'))} µs,"
            f" highest {number(r.value(name, 'max_us'))} µs; goal for the median 20 µs.")
    return [""] + lines if lines else []


def plans_section(all_results):
    names = sorted({n for r in all_results for n in r.found
                    if n.startswith("plan/") and n != "plan/varied"})
    header = ["query"] + [f"{r.size}, µs" for r in all_results] + ["goal"]
    rows = []
    for name in names:
        query = name.split("/")[1]
        figures = [number(r.value(name, "p50_us")) for r in all_results]
        rows.append([query] + figures + [number(PLAN_GOALS_US.get(query[:3]))])
    return table(header, rows) + varied_plans(all_results)


def write_row(results, name, counter, divisor, goals):
    value = results.value(name, counter)
    value = None if value is None else value / divisor
    goal = goals[results.index] if goals else None
    peer_counter = "sqlite_bytes_per_element" if counter == "bytes_per_element" else "sqlite_us"
    peer = results.value(name, peer_counter) if counter != "own_bytes_per_element" else None
    peer = None if not peer else peer / divisor
    return [number(value), number(goal), ratio(divide(value, goal)), number(peer)]


def writes_section(all_results):
    header = ["measure", "unit"]
    for results in all_results:
        header += [results.size, f"goal {results.size}", "÷ goal", f"SQLite {results.size}"]
    rows = []
    for name, what, counter, divisor, unit, goals in WRITES:
        row = [what, unit]
        for results in all_results:
            row += write_row(results, name, counter, divisor, goals)
        rows.append(row)
    return table(header, rows)


def replace_section(text, name, lines):
    pattern = re.compile(f"(<!-- bench:begin {name} -->\n).*?(<!-- bench:end {name} -->)", re.S)
    if not pattern.search(text):
        sys.exit(f"report: the document has no section bench:begin {name}")
    return pattern.sub(lambda m: m.group(1) + "\n".join(lines) + "\n" + m.group(2), text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--doc", help="the document whose tables are replaced")
    parser.add_argument("results", nargs="+")
    arguments = parser.parse_args()
    all_results = sorted((Results(path) for path in arguments.results), key=lambda r: r.index)
    sections = {f"reads-{r.size}": reads_section(r) for r in all_results}
    sections["plans"] = plans_section(all_results)
    sections["writes"] = writes_section(all_results)
    if not arguments.doc:
        for lines in sections.values():
            print("\n".join(lines), end="\n\n")
        return
    with open(arguments.doc, encoding="utf-8") as file:
        text = file.read()
    for name, lines in sections.items():
        text = replace_section(text, name, lines)
    with open(arguments.doc, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
