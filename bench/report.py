#!/usr/bin/env python3
"""Turns the results of callisto_bench into the tables of docs/performance.md, or compares two.

Usage: report.py [--doc FILE] RESULTS.json...
       report.py --compare OLD.json NEW.json [--threshold 1.2]

Each results file is Google Benchmark's JSON of one size, or several launches of it put together by
run.py. The tables stand between the lines `<!-- bench:begin NAME -->` and `<!-- bench:end NAME -->`
of FILE and are replaced there; without --doc they are printed.

--compare prints what moved by more than the threshold while no launch of the one overlaps one of the
other. Exit status: 1 when something got slower so, stopped to answer or answers otherwise; 2 when
the files cannot be compared.
"""

import argparse
import re
import sys

from compare import compare
from results import (PEERS, PEER_TITLES, SIZES, Results, divide, geometric_mean, number, ratio, table)

NEIGHBOUR_GOAL = 3  # A neighbour costs at most so many times its question.
OVERRIDE_GOAL = 1.05

# Other measures: benchmark, what, counter, unit divisor, unit, (goal S, goal M) or None.
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


def title(name):
    return name.split("/", 1)[1]


def spread(results, name):
    """Of the launches, as a share of their median."""
    least, most = results.span(name, "overlay_us")
    return f"{100 * (most - least) / results.value(name, 'overlay_us'):.0f} %"


def override_ratio(results, name):
    """Of two times with and without overrides, beside what the same time differs by from itself."""
    same = results.value(name, "same_ratio")
    bar = "" if same is None else f" ± {abs(same - 1):.2f}"
    return f"{results.value(name, 'overlay_ratio'):.2f}{bar}"


def peer_cells(results, name):
    return [number(results.value(name, f"{peer}_us")) for peer in PEERS] + [ratio(results.to_peer(name))]


def failed_row(results, name, width):
    reason = results.failed(name).replace("|", "\\|")
    return [title(name), f"not answered: {reason}"] + [""] * (width - 2)


def marked(results, name):
    return title(name) + (" **answers differ**" if results.differs(name) else "")


def question_row(results, name, width):
    if results.failed(name):
        return failed_row(results, name, width)
    goal = results.value(name, "goal_us")
    rows = results.value(name, "rows")
    worst = results.worst_neighbour(name)
    over = "" if worst is None or worst[1] <= NEIGHBOUR_GOAL else "**"
    return [
        marked(results, name),
        number(results.value(name, "overlay_us")),
        number(results.span(name, "overlay_us")[0]),
        spread(results, name),
        override_ratio(results, name),
        number(results.value(name, "first_us")),
        number(goal),
        ratio(divide(results.value(name, "overlay_us"), goal)),
        *peer_cells(results, name),
        "–" if worst is None else worst[0],
        "–" if worst is None else f"{over}{ratio(worst[1])}{over}",
        number(rows) if rows % 1 else f"{rows:,.0f}",
    ]


def neighbour_row(results, name, width):
    if results.failed(name):
        return failed_row(results, name, width)
    question = name.split("~")[0]
    rows = results.value(name, "rows")
    return [
        marked(results, name),
        number(results.value(name, "overlay_us")),
        ratio(divide(results.value(name, "overlay_us"), results.value(question, "overlay_us"))),
        override_ratio(results, name),
        number(results.value(name, "first_us")),
        *peer_cells(results, name),
        number(rows) if rows % 1 else f"{rows:,.0f}",
    ]


def behind(results, names):
    found = sorted((results.to_peer(n), title(n)) for n in names if results.to_peer(n))
    slow = [f"{name} {number(value)}" for value, name in found if value < 1]
    return f"{len(slow)} of {len(found)}" + (f": {', '.join(slow)}" if slow else "")


def neighbours_summary(results):
    worst = [(w[1], title(q), w[0]) for q, w in ((q, results.worst_neighbour(q)) for q in results.questions()) if w]
    if not worst:
        return []
    over = [w for w in worst if w[0] > NEIGHBOUR_GOAL]
    top = max(worst)
    return [
        f"* Worst neighbour ÷ question: {number(geometric_mean(w[0] for w in worst))} in the geometric mean, at most"
        f" {number(top[0])} ({top[1]}~{top[2]}); {len(over)} of {len(worst)} questions are over the goal of"
        f" {NEIGHBOUR_GOAL}.",
    ]


def summary(results):
    reads = results.reads()
    answered = [n for n in reads if not results.failed(n)]
    ratios = [results.value(n, "overlay_ratio") for n in answered]
    same = [results.value(n, "same_ratio") for n in answered]
    goals = [divide(results.value(n, "overlay_us"), results.value(n, "goal_us")) for n in results.questions()]
    goals = [g for g in goals if g]
    questions = results.questions()
    neighbours = [n for n in reads if "~" in n]
    means = ", ".join(
        f"{number(geometric_mean(results.to_peer(n) for n in names))} over {what}"
        for what, names in (("questions", questions), ("neighbours", neighbours), ("both", reads)) if names)
    return [
        f"* {len(answered)} of {len(reads)} questions and neighbours answered, {sum(map(results.differs, reads))} with"
        f" an answer that differs. Compared: "
        + ", ".join(f"{sum(results.value(n, p + '_us') is not None for n in reads)} with {PEER_TITLES[p]}" for p in PEERS)
        + ".",
        f"* Best peer's time ÷ ours in the geometric mean: {means}.",
        f"* Questions where the best peer is faster, with that ratio: {behind(results, questions)}.",
        *([f"* Neighbours where it is: {behind(results, neighbours)}."] if neighbours else []),
        *neighbours_summary(results),
        f"* 10,000 overrides cost a factor of {number(geometric_mean(ratios))} in the geometric mean, the same query"
        f" twice {number(geometric_mean(same))};"
        f" {sum(r > OVERRIDE_GOAL for r in ratios)} of {len(ratios)} reads are above {OVERRIDE_GOAL},"
        f" of the same query twice {sum(r > OVERRIDE_GOAL for r in same if r)}.",
        f"* Time ÷ goal: {number(geometric_mean(goals))} in the geometric mean;"
        f" {sum(1 for v in goals if v <= 1)} of {len(goals)} reach it.",
    ]


def origin(results):
    context = results.context
    peers = ", ".join(f"{PEER_TITLES[p]} {context[p]}" for p in PEERS if p in context) or "none"
    return [
        f"Size {results.size}: {int(context['entities']):,} entities,"
        f" {int(context['relationships']):,} relationships; commit {context.get('commit', 'unknown')},"
        f" {context.get('compiler', 'unknown')} `{context.get('flags', '')}`; launches: {context.get('launches', 1)};"
        f" peers: {peers}; load average at the start"
        f" {', '.join(number(v) for v in context.get('load_avg', [])) or 'unknown'}.",
        *([context["missing"]] if "missing" in context else []),
        "",
    ]


def reads_section(results):
    header = ["question", "µs", "least", "spread", "overrides", "first run", "goal", "÷ goal",
              *(PEER_TITLES[p] for p in PEERS), "best peer ÷ ours", "worst neighbour", "÷ question", "rows"]
    rows = [question_row(results, name, len(header)) for name in results.questions()]
    return origin(results) + table(header, rows) + [""] + summary(results)


def neighbours_section(results):
    header = ["question~neighbour", "µs", "÷ question", "overrides", "first run",
              *(PEER_TITLES[p] for p in PEERS), "best peer ÷ ours", "rows"]
    names = [name for name in results.reads() if "~" in name]
    if not names:
        return ["Not measured: only the questions were."]
    return table(header, [neighbour_row(results, name, len(header)) for name in names])


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
    names = sorted({n for r in all_results for n in r.names("plan/") if n != "plan/varied"})
    header = ["question"] + [f"{r.size}, µs" for r in all_results] + ["goal"]
    rows = []
    for name in names:
        figures = [number(r.value(name, "p50_us")) for r in all_results]
        rows.append([title(name)] + figures + [number(PLAN_GOALS_US.get(title(name)[:3]))])
    return table(header, rows) + varied_plans(all_results)


def goal_of(results, goals):
    place = ("S", "M").index(results.size) if results.size in ("S", "M") else None
    return goals[place] if goals and place is not None else None


def write_row(results, name, counter, divisor, goals):
    def scaled(key):
        value = results.value(name, key)
        return value / divisor if value else None

    value, goal = scaled(counter), goal_of(results, goals)
    peer_counter = {"p50_us": "us", "bytes_per_element": "bytes_per_element"}.get(counter)
    peers = [number(scaled(f"{peer}_{peer_counter}") if peer_counter else None) for peer in PEERS]
    return [number(value), number(goal), ratio(divide(value, goal)), *peers]


def writes_section(all_results):
    header = ["measure", "unit"]
    for results in all_results:
        header += [results.size, f"goal {results.size}", "÷ goal",
                   *(f"{PEER_TITLES[p]} {results.size}" for p in PEERS)]
    rows = []
    for name, what, counter, divisor, unit, goals in WRITES:
        row = [what, unit]
        for results in all_results:
            row += write_row(results, name, counter, divisor, goals)
        rows.append(row)
    return table(header, rows)


def together_section(all_results):
    header = ["question", "size", "alone p50, µs", "p99", "beside a writer p50, µs", "p99", "p50 ÷ alone", "p99 ÷ alone",
              "syncs", "1 session, /s", "2", "8", "2 ÷ 1"]
    rows = []
    for results in all_results:
        for name in sorted(results.names("beside/")):
            together = "sessions/" + title(name)

            def value(counter, of=name):
                return results.value(of, counter)

            per_second = [value(f"per_s_{n}", together) for n in (1, 2, 8)]
            rows.append([
                title(name), results.size,
                number(value("alone_p50_us")), number(value("alone_p99_us")),
                number(value("beside_p50_us")), number(value("beside_p99_us")),
                ratio(divide(value("beside_p50_us"), value("alone_p50_us"))),
                ratio(divide(value("beside_p99_us"), value("alone_p99_us"))),
                number(value("syncs")),
                *(number(v) for v in per_second), ratio(divide(per_second[1], per_second[0])),
            ])
    return table(header, rows)


def sections_of(all_results):
    sections = {}
    for results in all_results:
        sections[f"reads-{results.size}"] = reads_section(results)
        sections[f"neighbours-{results.size}"] = neighbours_section(results)
    sections["plans"] = plans_section(all_results)
    sections["writes"] = writes_section(all_results)
    sections["together"] = together_section(all_results)
    return sections


def replace_section(text, name, lines):
    pattern = re.compile(f"(<!-- bench:begin {name} -->\n).*?(<!-- bench:end {name} -->)", re.S)
    if not pattern.search(text):
        sys.exit(f"report: the document has no section bench:begin {name}")
    return pattern.sub(lambda m: m.group(1) + "\n".join(lines) + "\n" + m.group(2), text)


def compare_files(old, new, threshold):
    try:
        lines, slower = compare(Results(old), Results(new), threshold)
    except (OSError, ValueError, KeyError) as error:
        print(f"report: {error}", file=sys.stderr)
        return 2
    print("\n".join(lines))
    return 1 if slower else 0


def write_tables(paths, doc):
    all_results = sorted((Results(path) for path in paths), key=lambda r: SIZES.index(r.size))
    empty = [r.path for r in all_results if not r.found]
    if empty:
        sys.exit(f"report: {', '.join(empty)}: no benchmark in it")
    sections = sections_of(all_results)
    if not doc:
        for lines in sections.values():
            print("\n".join(lines), end="\n\n")
        return
    with open(doc, encoding="utf-8") as file:
        text = file.read()
    for name, lines in sections.items():
        text = replace_section(text, name, lines)
    with open(doc, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--doc", help="the document whose tables are replaced")
    parser.add_argument("--compare", nargs=2, metavar=("OLD", "NEW"))
    parser.add_argument("--threshold", type=float, default=1.2, help="of --compare (default: 1.2)")
    parser.add_argument("results", nargs="*")
    arguments = parser.parse_args()
    if arguments.compare:
        if arguments.results or arguments.doc:
            parser.error("--compare takes two files and no document")
        if arguments.threshold < 1:
            parser.error("--threshold is a factor of at least 1")
        return compare_files(*arguments.compare, arguments.threshold)
    if not arguments.results:
        parser.error("no results")
    write_tables(arguments.results, arguments.doc)
    return 0


if __name__ == "__main__":
    sys.exit(main())
