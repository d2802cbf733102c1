# Turns Debian control stanzas (dpkg's status file, apt's Packages lists) into one line each, fields
# separated by tabs, for catalogue.awk. Text that ends up in JSON is escaped here, once.
# Usage: awk -v from=status|list -f json.awk -f stanzas.awk FILE...
#
# Fields: 1 name, 2 architecture, 3 from, 4 version, 5 section, 6 priority, 7 essential,
# 8 installed size in KiB, 9 size in bytes, 10 multi-arch, 11 maintainer, 12 homepage, 13 summary,
# 14 source, 15 tags, 16 pre-depends, 17 depends, 18 recommends, 19 suggests, 20 provides

BEGIN {
  RS = ""
  FS = "\n"
  OFS = "\t"
  fill_escapes()
}

function text(name) { return name in field ? escape(field[name]) : "" }

function list(name,    value) {
  value = name in field ? field[name] : ""
  gsub(/[ \t\r]+/, " ", value)
  return value
}

{
  split("", field)
  name = ""
  for (i = 1; i <= NF; ++i) {
    if ($i ~ /^[ \t]/) {
      # Only lists of names are folded over lines; a description's first line is its summary.
      if (name != "" && name != "description") field[name] = field[name] " " $i
    } else if ((colon = index($i, ":")) > 1) {
      name = tolower(substr($i, 1, colon - 1))
      value = substr($i, colon + 1)
      sub(/^[ \t]+/, "", value)
      sub(/[ \t\r]+$/, "", value)
      field[name] = value
    }
  }
  # Names and architectures are made of [a-z0-9.+-]: anything else is not a package.
  if (field["package"] !~ /^[A-Za-z0-9][A-Za-z0-9.+-]*$/ || field["version"] == "") next
  if (from == "status" && field["status"] !~ / installed$/) next
  if (field["architecture"] !~ /^[a-z0-9-]+$/) next
  print field["package"], field["architecture"], from, list("version"), list("section"), \
      list("priority"), field["essential"] == "yes" ? "true" : "false", field["installed-size"] + 0, \
      field["size"] + 0, list("multi-arch"), text("maintainer"), text("homepage"), \
      text("description"), list("source"), list("tag"), list("pre-depends"), list("depends"), \
      list("recommends"), list("suggests"), list("provides")
}
