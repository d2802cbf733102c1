# From the lines of newest.awk, writes the graph as an integration would upload it: entities and
# relationships, one JSON object a line. Reads its input twice: first to know what exists.
# Usage: awk -v native=amd64 -v entities=FILE -v relationships=FILE -v counts=FILE -v suggests=0|1
#   -f json.awk -f catalogue.awk PACKAGES PACKAGES
# Host properties come in as hostname, os_name, os_version, os_title, kernel.

BEGIN {
  FS = "\t"
  fill_escapes()
}

function entity(key, type, class, name, properties) {
  print "{\"_key\":" quoted(key) ",\"_type\":\"" type "\",\"_class\":[\"" class "\"],\"name\":" \
      quoted(name) ",\"displayName\":" quoted(name) properties "}" > entities
  ++entity_count[type]
}

# The `more` of a relationship keeps the keys of parallel edges apart.
function relationship(from, from_type, verb, to, to_type, more, properties,    type) {
  type = from_type "_" tolower(verb) "_" to_type
  print "{\"_key\":" quoted(from "|" tolower(verb) "|" to more) ",\"_type\":\"" type \
      "\",\"_class\":\"" verb "\",\"displayName\":\"" verb "\",\"_fromEntityKey\":" quoted(from) \
      ",\"_toEntityKey\":" quoted(to) properties "}" > relationships
  ++relationship_count[type]
}

function package_key(name, architecture) { return "deb:package:" name ":" architecture }

# The architecture of the package that a dependency on `name` means, or "" when there is none: the
# asking package's own, then "all", then the machine's.
function architecture_for(name, asking) {
  if ((name, asking) in exists) return asking
  if ((name, "all") in exists) return "all"
  if ((name, native) in exists) return native
  return ""
}

# First pass: which packages exist, and who provides a name that may not be a package.
NR == FNR {
  exists[$1, $2] = 1
  count = split($20, parts, ",")
  for (i = 1; i <= count; ++i) {
    virtual = parts[i]
    gsub(/\(.*|[ ]/, "", virtual)
    if (virtual != "" && virtual != $1) {
      providers[virtual] = providers[virtual] " " package_key($1, $2)
    }
  }
  next
}

# One possible way to satisfy a dependency. The same target asked for twice ("a (>= 1), a (<< 2)") is
# one edge with both constraints.
function add_edge(to, kind, constraint, via, alternatives,    slot) {
  slot = to SUBSEP kind SUBSEP via
  if (!(slot in edge_constraint)) {
    edges[++edges_total] = slot
    edge_constraint[slot] = constraint
    edge_alternatives[slot] = alternatives
  } else if (constraint != "") {
    edge_constraint[slot] = (edge_constraint[slot] == "" ? "" : edge_constraint[slot] ", ") constraint
  }
}

function add_alternative(wanted, kind, alternatives,    name, constraint, architecture, n, keys, i) {
  constraint = ""
  if (match(wanted, /\([^)]*\)/)) {
    constraint = substr(wanted, RSTART + 1, RLENGTH - 2)
    gsub(/^ +| +$/, "", constraint)
  }
  name = wanted
  gsub(/[ ]*[(\[<].*|^ +| +$/, "", name)
  architecture = $2
  if (name ~ /:/) {
    if (name !~ /:(any|native)$/) architecture = substr(name, index(name, ":") + 1)
    sub(/:.*/, "", name)
  }
  if (name == "") return 1
  architecture = architecture_for(name, architecture)
  if (architecture != "") {
    add_edge(package_key(name, architecture), kind, constraint, "", alternatives)
    return 1
  }
  if (!(name in providers)) return 0
  n = split(substr(providers[name], 2), keys, " ")
  for (i = 1; i <= n; ++i) add_edge(keys[i], kind, constraint, name, alternatives)
  return 1
}

function add_dependencies(field, kind,    groups, n, i, ways, m, j, met, alternatives) {
  if (field == "") return
  n = split(field, groups, ",")
  for (i = 1; i <= n; ++i) {
    m = split(groups[i], ways, "|")
    met = 0
    alternatives = m > 1 ? groups[i] : ""
    gsub(/^ +| +$/, "", alternatives)
    for (j = 1; j <= m; ++j) met += add_alternative(ways[j], kind, alternatives)
    if (!met) ++unmet[kind]
  }
}

function write_edges(from,    i, slot, parts) {
  for (i = 1; i <= edges_total; ++i) {
    slot = edges[i]
    split(slot, parts, SUBSEP)
    if (parts[1] == from) continue
    relationship(from, "deb_package", "USES", parts[1], "deb_package", \
        "|" parts[2] (parts[3] == "" ? "" : "|" parts[3]), \
        ",\"dependencyKind\":\"" parts[2] "\"" \
        text_property("versionConstraint", edge_constraint[slot]) \
        text_property("via", parts[3]) \
        text_property("alternatives", edge_alternatives[slot]))
  }
}

function write_uses(from) {
  edges_total = 0
  split("", edges)
  split("", edge_constraint)
  split("", edge_alternatives)
  add_dependencies($16, "preDepends")
  add_dependencies($17, "depends")
  add_dependencies($18, "recommends")
  if (suggests) add_dependencies($19, "suggests")
  write_edges(from)
}

function write_section(key,    section) {
  section = "deb:section:" $5
  if (!(section in seen)) {
    seen[section] = 1
    entity(section, "deb_section", "Group", $5, "")
  }
  relationship(section, "deb_section", "HAS", key, "deb_package", "", "")
}

function write_source(key,    name, version, source) {
  name = $14 == "" ? $1 : $14
  version = $4
  if (match(name, /\(.*\)/)) {
    version = substr(name, RSTART + 1, RLENGTH - 2)
    name = substr(name, 1, RSTART - 1)
    gsub(/ /, "", name)
  }
  source = "deb:source:" name
  if (!(source in seen)) {
    seen[source] = 1
    entity(source, "deb_source", "CodeRepo", name, ",\"version\":" quoted(version))
  }
  relationship(source, "deb_source", "CONTAINS", key, "deb_package", "", "")
}

# A mailing list or something that calls itself a team is a Team, everybody else a Person. Field 11 is
# escaped already: the name and address below go out as they are.
function write_maintainer(key,    name, email, maintainer, class) {
  name = $11
  email = ""
  if (match(name, /<[^>]*>/)) {
    email = tolower(substr(name, RSTART + 1, RLENGTH - 2))
    name = substr(name, 1, RSTART - 1)
    sub(/ +$/, "", name)
    gsub(/^\\"|\\"$/, "", name)
  }
  if (name == "") name = email
  maintainer = "deb:maintainer:" (email == "" ? name : email)
  if (!(maintainer in seen)) {
    seen[maintainer] = 1
    class = "Person"
    if (email ~ /@lists?\.|@tracker\.|@alioth-lists/ ||
        tolower(name) ~ /team|maintainers|group|developers|packag|project|task force/) class = "Team"
    print "{\"_key\":\"" maintainer "\",\"_type\":\"deb_maintainer\",\"_class\":[\"" class \
        "\"],\"name\":\"" name "\",\"displayName\":\"" name "\"" \
        (email == "" ? "" : ",\"email\":\"" email "\"") "}" > entities
    ++entity_count["deb_maintainer"]
  }
  print "{\"_key\":\"" maintainer "|manages|" key "\",\"_type\":\"deb_maintainer_manages_deb_package" \
      "\",\"_class\":\"MANAGES\",\"displayName\":\"MANAGES\",\"_fromEntityKey\":\"" maintainer \
      "\",\"_toEntityKey\":\"" key "\"}" > relationships
  ++relationship_count["deb_maintainer_manages_deb_package"]
}

function tag_list(    parts, n, i, out) {
  n = split($15, parts, /, */)
  out = ""
  for (i = 1; i <= n; ++i) if (parts[i] != "") out = out (out == "" ? "" : ",") quoted(parts[i])
  return out == "" ? "" : ",\"tags\":[" out "]"
}

function write_package(key,    component) {
  component = $5 ~ /\// ? substr($5, 1, index($5, "/") - 1) : "main"
  entity(key, "deb_package", "CodeModule", $1, \
      ",\"version\":" quoted($4) ",\"architecture\":\"" $2 "\"" \
      text_property("section", $5) ",\"component\":" quoted(component) \
      text_property("priority", $6) ",\"essential\":" $7 \
      ($8 ? sprintf(",\"installedSize\":%.0f", $8 * 1024) : "") \
      ($9 ? sprintf(",\"size\":%.0f", $9) : "") text_property("multiArch", $10) \
      ",\"installed\":" ($21 == "" ? "false" : "true") text_property("installedVersion", $21) \
      ($21 == "" ? "" : ",\"upToDate\":" ($21 == $4 ? "true" : "false")) \
      ($11 == "" ? "" : ",\"maintainer\":\"" $11 "\"") \
      ($12 == "" ? "" : ",\"homepage\":\"" $12 "\"") \
      ($13 == "" ? "" : ",\"description\":\"" $13 "\"") tag_list())
}

FNR == 1 {
  host = "deb:host:" hostname
  entity(host, "debian_host", "Host", hostname, ",\"hostname\":" quoted(hostname) \
      ",\"platform\":\"linux\"" text_property("osName", os_name) \
      text_property("osVersion", os_version) text_property("osDetails", os_title) \
      text_property("kernel", kernel) ",\"architecture\":" quoted(native))
}

{
  key = package_key($1, $2)
  write_package(key)
  if ($5 != "") write_section(key)
  if ($11 != "") write_maintainer(key)
  write_source(key)
  if ($21 != "") {
    relationship(host, "debian_host", "INSTALLED", key, "deb_package", "", \
        ",\"version\":" quoted($21))
  }
  write_uses(key)
}

END {
  for (type in entity_count) print "entities", type, entity_count[type] > counts
  for (type in relationship_count) print "relationships", type, relationship_count[type] > counts
  for (kind in unmet) print "unmet", kind, unmet[kind] > counts
}
