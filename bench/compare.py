"""Which questions moved between two results, beyond what launches of the same program differ by."""

from results import divide, geometric_mean, number

# Benchmark names begin with -> the counter that is compared, less is better.
COMPARED = {
    "read/": "overlay_us",
    "plan/": "p50_us",
    "load/": "p50_us",
    "sync/": "p50_us",
    "override/": "p50_us",
    "update/": "p50_us",
    "disk/": "p50_us",
    "beside/": "beside_p50_us",
}


def counter_of(name):
    for prefix, counter in COMPARED.items():
        if name.startswith(prefix):
            return counter
    return None


def compare(old, new, threshold):
    """Returns (lines, slower): slower is whether something got slower than the threshold, stopped to
    answer or answers otherwise. Raises ValueError when the two cannot be compared."""
    if old.size != new.size:
        raise ValueError(f"{old.path} is of size {old.size}, {new.path} of size {new.size}")
    names = [n for n in old.found if counter_of(n) and (n in new.found)]
    if not names:
        raise ValueError("the two have no benchmark in common")
    moved, ratios, broken = [], [], []
    for name in names:
        problem = problem_of(new, name)
        if problem and not problem_of(old, name):
            broken.append(f"{name}: {problem}")
            continue
        change = change_of(old, new, name, threshold)
        if change is None:
            continue
        ratios.append(change[0])
        if change[1]:
            moved.append((change[0], name))
    lines = [f"{describe(old)} -> {describe(new)}"]
    lines += [line_of(old, new, name, r) for r, name in sorted(moved, reverse=True)]
    lines += broken
    gone = [n for n in old.found if counter_of(n) and n not in new.found]
    if gone:
        lines.append(f"not measured any more: {', '.join(sorted(gone))}")
    lines.append(
        f"{len(moved)} of {len(names)} moved by more than {threshold} ×;"
        f" new ÷ old in the geometric mean {number(geometric_mean(ratios))}")
    return lines, bool(broken) or any(r > 1 for r, _ in moved)


def problem_of(results, name):
    if results.failed(name):
        return "not answered: " + results.failed(name)
    return "answers differ" if results.differs(name) else None


def change_of(old, new, name, threshold):
    """(new by old, whether that is more than the threshold and their launches do not overlap)."""
    counter = counter_of(name)
    before, after = old.span(name, counter), new.span(name, counter)
    change = divide(new.value(name, counter), old.value(name, counter))
    if change is None:
        return None
    apart = after[0] > before[1] or after[1] < before[0]
    return change, apart and (change > threshold or change < 1 / threshold)


def line_of(old, new, name, change):
    counter = counter_of(name)
    what = "slower" if change > 1 else "faster"
    times = change if change > 1 else 1 / change
    return (f"{name}: {number(times)} × {what}:"
            f" {shown(old, name, counter)} -> {shown(new, name, counter)} µs")


def shown(results, name, counter):
    least, most = results.span(name, counter)
    text = number(results.value(name, counter))
    return text if least == most else f"{text} ({number(least)} to {number(most)})"


def describe(results):
    context = results.context
    return f"{context.get('commit', 'unknown')} ({context.get('launches', 1)} launches, size {results.size})"
