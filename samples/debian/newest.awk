# From lines of stanzas.awk sorted by name and architecture, keeps one line per package: the newest
# version offered, with what is installed beside it. Packages that are installed but offered by no
# list are kept as they are installed.
# Usage: awk -v only=all|installed -v excluded='games,non-free/doc' -f versions.awk -f newest.awk
# Adds field 21: the installed version, empty when not installed.

BEGIN {
  FS = OFS = "\t"
  fill_orders()
  count = split(excluded, names, ",")
  for (i = 1; i <= count; ++i) is_excluded[names[i]] = 1
}

function flush(    line, parts) {
  if (package == "") return
  line = offered == "" ? installed : offered
  split(line, parts, FS)
  if (!(parts[5] in is_excluded) && (only != "installed" || installed_version != "")) {
    print line, installed_version
  }
}

{
  if ($1 "\t" $2 != package) {
    flush()
    package = $1 "\t" $2
    offered = installed = offered_version = installed_version = ""
  }
  if ($3 == "status") {
    installed = $0
    installed_version = $4
  } else if (offered == "" || compare_versions($4, offered_version) > 0) {
    offered = $0
    offered_version = $4
  }
}

END { flush() }
