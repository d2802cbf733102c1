# JSON strings in awk. Bytes above 127 are UTF-8 already (collect.sh sees to that) and stay as they are.

function fill_escapes(    code) {
  for (code = 1; code < 32; ++code) escape_of[sprintf("%c", code)] = sprintf("\\u%04x", code)
  escape_of["\t"] = "\\t"
  escape_of["\n"] = "\\n"
  escape_of["\r"] = "\\r"
  escape_of["\""] = "\\\""
  escape_of["\\"] = "\\\\"
}

# The inside of a JSON string. fill_escapes() must have run.
function escape(value,    out, i, char) {
  if (value !~ /[\001-\037"\\]/) return value
  out = ""
  for (i = 1; i <= length(value); ++i) {
    char = substr(value, i, 1)
    out = out (char in escape_of ? escape_of[char] : char)
  }
  return out
}

function quoted(value) { return "\"" escape(value) "\"" }

# `,"name":"value"`, or nothing when there is no value: an unknown property is left out, not made up.
function text_property(name, value) { return value == "" ? "" : ",\"" name "\":" quoted(value) }
