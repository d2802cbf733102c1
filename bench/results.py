"""Results of callisto_bench: reading them, and putting those of several launches together."""

import json
import math
import re
import statistics

PEERS = ("sqlite", "duckdb")
PEER_TITLES = {"sqlite": "SQLite", "duckdb": "DuckDB"}
SIZES = ("XS", "S", "M")


def plain_name(name):
    """Without Google Benchmark's suffixes."""
    return re.sub(r"/(iterations|manual_time).*", "", name)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def merge(documents):
    """One document of several launches of the same benchmarks: each figure is the median of theirs,
    and `launches` holds them all. Raises ValueError when they measured different things."""
    first = documents[0]
    context = dict(first["context"], launches=len(documents))
    launches = [
        {plain_name(e["name"]): e for e in d["benchmarks"] if e.get("run_type", "iteration") == "iteration"}
        for d in documents
    ]
    for other, document in zip(launches, documents):
        if other.keys() != launches[0].keys():
            raise ValueError("the launches measured different things")
        for key in ("commit", "compiler", "flags", "size", "seed"):
            if document["context"].get(key) != context.get(key):
                raise ValueError(f"the launches differ in {key}")
    return {"context": context, "benchmarks": [merge_entry([o[n] for o in launches]) for n in launches[0]]}


def merge_entry(entries):
    """A launch that failed makes the whole entry a failure: a median of the others would hide it."""
    for entry in entries:
        if entry.get("error_occurred") or "DIFFER" in entry.get("label", ""):
            return dict(entry)
    merged = dict(entries[0])
    figures = {}
    for key, value in entries[0].items():
        values = [e[key] for e in entries if is_number(e.get(key))]
        if is_number(value) and len(values) == len(entries):
            figures[key] = values
            merged[key] = statistics.median(values)
    return dict(merged, launches=figures)


class Results:
    """The benchmarks of one file, by name without Google Benchmark's suffixes."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        self.path = path
        self.context = document["context"]
        self.size = self.context["size"]
        self.found = {}
        for entry in document["benchmarks"]:
            if entry.get("run_type", "iteration") == "iteration":
                self.found.setdefault(plain_name(entry["name"]), entry)

    def failed(self, name):
        """Why there is no figure, or None."""
        entry = self.found.get(name, {})
        if entry.get("error_occurred"):
            return entry.get("error_message", "failed")
        return None

    def differs(self, name):
        return "DIFFER" in self.found.get(name, {}).get("label", "")

    def value(self, name, counter):
        entry = self.found.get(name, {})
        return None if entry.get("error_occurred") else entry.get(counter)

    def span(self, name, counter):
        """(least, most) over the launches, or None."""
        value = self.value(name, counter)
        if value is None:
            return None
        values = self.found[name].get("launches", {}).get(counter) or [value]
        return min(values), max(values)

    def names(self, prefix):
        return [name for name in self.found if name.startswith(prefix)]

    def questions(self):
        return sorted(n for n in self.names("read/") if "~" not in n)

    def neighbours(self, question):
        return sorted(n for n in self.names(question + "~"))

    def reads(self):
        return sorted(self.names("read/"))

    def best_peer(self, name):
        times = [t for t in (self.value(name, f"{peer}_us") for peer in PEERS) if t]
        return min(times) if times else None

    def to_peer(self, name):
        """The best peer's time by ours: over 1 we are faster."""
        return divide(self.best_peer(name), self.value(name, "overlay_us"))

    def worst_neighbour(self, question):
        """(name, its time by the question's), or None."""
        own = self.value(question, "overlay_us")
        ratios = [(divide(self.value(n, "overlay_us"), own), n) for n in self.neighbours(question)]
        ratios = [(r, n) for r, n in ratios if r]
        if not ratios:
            return None
        worst, name = max(ratios)
        return name.split("~", 1)[1], worst


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


def table(header, rows):
    widths = "|".join("---" if i == 0 else "--:" for i in range(len(header)))
    lines = ["| " + " | ".join(header) + " |", "|" + widths + "|"]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]
