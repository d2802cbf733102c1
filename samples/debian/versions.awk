# Debian's order of versions: [epoch:]upstream[-revision], as deb-version(7) defines it.

function fill_orders(    i, char) {
  for (i = 1; i < 128; ++i) {
    char = sprintf("%c", i)
    order_of[char] = char == "~" ? -1 : char ~ /[A-Za-z]/ ? i : char ~ /[0-9]/ ? 0 : i + 256
  }
}

# Where the run of digits (or of other characters) that starts the text ends.
function run_length(value, digits) {
  if (digits) return match(value, /^[0-9]+/) ? RLENGTH : 0
  return match(value, /^[^0-9]+/) ? RLENGTH : 0
}

# Negative, zero or positive as a is older than, the same as, or newer than b.
function compare_parts(a, b,    i, x, y, n, m) {
  while (a != "" || b != "") {
    n = run_length(a, 0)
    m = run_length(b, 0)
    for (i = 1; i <= n || i <= m; ++i) {
      x = i <= n ? order_of[substr(a, i, 1)] : 0
      y = i <= m ? order_of[substr(b, i, 1)] : 0
      if (x != y) return x - y
    }
    a = substr(a, n + 1)
    b = substr(b, m + 1)
    n = run_length(a, 1)
    m = run_length(b, 1)
    x = substr(a, 1, n)
    y = substr(b, 1, m)
    sub(/^0+/, "", x)
    sub(/^0+/, "", y)
    if (length(x) != length(y)) return length(x) - length(y)
    # The same number of digits: as text, so that long dates keep every digit.
    if (x "" != y "") return (x "" < y "") ? -1 : 1
    a = substr(a, n + 1)
    b = substr(b, m + 1)
  }
  return 0
}

function epoch(version) { return match(version, /^[0-9]+:/) ? substr(version, 1, RLENGTH - 1) + 0 : 0 }

function upstream(version) {
  sub(/^[0-9]+:/, "", version)
  sub(/-[^-]*$/, "", version)
  return version
}

function revision(version) { return match(version, /-[^-]*$/) ? substr(version, RSTART + 1) : "" }

function compare_versions(a, b,    difference) {
  difference = epoch(a) - epoch(b)
  if (!difference) difference = compare_parts(upstream(a), upstream(b))
  if (!difference) difference = compare_parts(revision(a), revision(b))
  return difference
}
