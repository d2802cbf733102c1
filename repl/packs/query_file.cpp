// Formats by name and content, and from a place in a query to a place in its file.
#include "repl/packs/query_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "repl/packs/query_finder.h"
#include <callisto/editing.h>

namespace callisto::repl {
namespace {

constexpr std::size_t kPackBytesMax = std::size_t{16} << 20U;
constexpr std::string_view kBlanks = " \t\r\n";

struct Ending {
  std::string_view text;
  PackFormat format;
};

constexpr std::array kEndings = {Ending{".j1ql", PackFormat::J1ql},
                                 Ending{".json", PackFormat::Json},
                                 Ending{".ndjson", PackFormat::Ndjson},
                                 Ending{".jsonl", PackFormat::Ndjson},
                                 Ending{".yaml", PackFormat::Yaml},
                                 Ending{".yml", PackFormat::Yaml}};

const Ending* ending_of(std::string_view path) {
  const auto* const found =
      std::find_if(kEndings.begin(), kEndings.end(), [path](const Ending& ending) {
        return path.ends_with(ending.text);
      });
  return found == kEndings.end() ? nullptr : &*found;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// Each line on its own; what it finds is moved to where the line stands. Stops at the first bad one
// unless they are collected.
Status read_lines(std::string_view content,
                  std::vector<FoundQuery>& queries,
                  std::vector<Error>* bad_lines) {
  std::size_t line = 1;
  for (std::size_t begin = 0; begin < content.size(); ++line) {
    const std::size_t end = std::min(content.find('\n', begin), content.size());
    const std::string_view text = content.substr(begin, end - begin);
    if (!trim(text).empty()) {
      QueryFinder finder;
      Status read = read_json(text, finder);
      if (!read) {
        // Its place begins with the line, which is 1 in a text of one line.
        Error error = std::move(read).error();
        if (error.message.starts_with("1:"))
          error.message = std::to_string(line) + error.message.substr(1);
        if (bad_lines == nullptr) return tl::make_unexpected(std::move(error));
        bad_lines->push_back(std::move(error));
      }
      for (FoundQuery& found : finder.take()) {
        found.begin += begin;
        queries.push_back(std::move(found));
      }
    }
    begin = end + 1;
  }
  return {};
}

// Walks the written form of a string beside its text, whose blanks may be folded.
class Walk {
 public:
  Walk(std::string_view content, const FoundQuery& query)
      : content_(content), query_(query), at_(query.begin) {
    if (query.quoting == Quoting::Block) {
      at_ = std::min(content.find('\n', at_), content.size());
    } else if (query.quoting != Quoting::Plain) {
      ++at_;
    }
  }

  // The place of the character at `offset`; the beginning when the two do not fit.
  [[nodiscard]] std::size_t find(std::size_t offset) {
    const std::string_view text = query_.text;
    for (std::size_t i = 0; i < offset && i < text.size();) {
      const std::size_t size = written(text, i);
      if (size == 0) return query_.begin;
      i += size;
    }
    if (offset < text.size() && kBlanks.find(text[offset]) == std::string_view::npos) skip_blanks();
    return std::min(at_, content_.size());
  }

 private:
  void skip_blanks() {
    while (at_ < content_.size()) {
      if (kBlanks.find(content_[at_]) != std::string_view::npos) {
        ++at_;
      } else if (const std::size_t size = blank_escape(); size > 0) {
        at_ += size;
      } else {
        return;
      }
    }
  }

  // The bytes of an escape that stands for a blank, such as `\n` or `\u0020`; 0 for all else.
  [[nodiscard]] std::size_t blank_escape() const {
    if (query_.quoting != Quoting::Double || content_[at_] != '\\') return 0;
    const std::string_view rest = content_.substr(at_ + 1, 5);
    if (rest.empty()) return 0;
    if (std::string_view("ntr\n\r \t").find(rest.front()) != std::string_view::npos) return 2;
    constexpr std::array<std::string_view, 4> kCodes = {"20", "09", "0a", "0d"};
    const bool short_form = rest.front() == 'x';
    if (!short_form && !rest.starts_with("u00")) return 0;
    std::string digits(rest.substr(short_form ? 1 : 3, 2));
    if (digits.size() == 2 && digits[1] >= 'A' && digits[1] <= 'F') digits[1] ^= ' ';
    const bool blank = std::find(kCodes.begin(), kCodes.end(), digits) != kCodes.end();
    return blank ? (short_form ? 4 : 6) : 0;
  }

  // Steps over what writes text[i]; returns how many bytes of the text that were, 0 for a misfit.
  std::size_t written(std::string_view text, std::size_t i) {
    if (kBlanks.find(text[i]) != std::string_view::npos) return 1;  // Skipped with the next one.
    skip_blanks();
    if (at_ >= content_.size()) return 0;
    const char c = content_[at_];
    if (query_.quoting == Quoting::Double && c == '\\') return escape(text, i);
    if (c != text[i]) return 0;
    at_ += query_.quoting == Quoting::Single && c == '\'' ? 2 : 1;
    return 1;
  }

  std::size_t escape(std::string_view text, std::size_t i) {
    const char kind = at_ + 1 < content_.size() ? content_[at_ + 1] : '\0';
    const std::size_t digits = kind == 'u' ? 4 : kind == 'x' ? 2 : kind == 'U' ? 8 : 0;
    at_ += 2 + digits;
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0xC0) return 1;
    if (lead >= 0xF0 && kind == 'u') at_ += 6;  // The other half of a surrogate pair.
    return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  }

  std::string_view content_;
  const FoundQuery& query_;
  std::size_t at_;
};

}  // namespace

PackFormat format_of(std::string_view path, std::string_view content) {
  if (const Ending* ending = ending_of(path)) return ending->format;
  const std::string_view start = trim(content.substr(0, 4096));
  if (start.starts_with('[')) return PackFormat::Json;
  if (start.starts_with('{')) {
    // A whole document on the first line and another one after it.
    const std::size_t line_end = start.find('\n');
    const bool lines = line_end != std::string_view::npos &&
                       trim(start.substr(0, line_end)).ends_with('}') &&
                       trim(start.substr(line_end)).starts_with('{');
    return lines ? PackFormat::Ndjson : PackFormat::Json;
  }
  const std::string_view word = start.substr(0, start.find_first_of(": \n"));
  const bool yaml = start.starts_with('#') || start.starts_with('%') || start.starts_with("- ") ||
                    start.starts_with("---") || word == "questions" || word == "queries" ||
                    (word.size() < start.size() && start[word.size()] == ':');
  return yaml ? PackFormat::Yaml : PackFormat::J1ql;
}

bool is_query_file(std::string_view path) {
  return ending_of(path) != nullptr;
}

std::optional<PackFormat> pack_format_from_text(std::string_view name) {
  for (const Ending& ending : kEndings) {
    if (ending.text.substr(1) == name) return ending.format;
  }
  return std::nullopt;
}

const std::vector<std::string>& pack_format_names() {
  static const std::vector<std::string> kNames{"j1ql", "json", "ndjson", "yaml"};
  return kNames;
}

Result<std::vector<FoundQuery>> find_queries(std::string_view content,
                                             PackFormat format,
                                             std::vector<Error>* bad_lines) {
  if (content.size() > kPackBytesMax) {
    return fail(ErrorCode::LimitExceeded, "a file of queries has at most 16 MiB");
  }
  std::vector<FoundQuery> queries;
  if (format == PackFormat::J1ql) {
    for (const SourceSpan span : split_queries(content)) {
      queries.push_back({std::string(content.substr(span.begin, span.end - span.begin)),
                         span.begin,
                         Quoting::None});
    }
    return queries;
  }
  if (format == PackFormat::Ndjson) {
    if (Status read = read_lines(content, queries, bad_lines); !read) {
      return tl::make_unexpected(std::move(read).error());
    }
    return queries;
  }
  QueryFinder finder;
  Status read =
      format == PackFormat::Json ? read_json(content, finder) : read_yaml(content, finder);
  if (!read) return tl::make_unexpected(std::move(read).error());
  return finder.take();
}

FilePlace PlaceCounter::place(std::size_t offset) {
  if (offset < counted_) *this = PlaceCounter(content_);
  for (const char c : content_.substr(counted_, offset - counted_)) {
    if (c == '\n') {
      ++place_.line;
      place_.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++place_.column;
    }
  }
  counted_ = std::min(offset, content_.size());
  return place_;
}

FilePlace place_of(std::string_view content, std::size_t offset) {
  return PlaceCounter(content).place(offset);
}

std::size_t offset_in_file(std::string_view content, const FoundQuery& query, std::size_t offset) {
  if (query.quoting == Quoting::None) return query.begin + offset;
  return Walk(content, query).find(offset);
}

bool cut_by_comment(std::string_view content, const FoundQuery& query) {
  if (query.quoting != Quoting::Plain) return false;
  const std::size_t end = offset_in_file(content, query, query.text.size());
  const std::size_t next = content.find_first_not_of(" \t", end);
  return next != std::string_view::npos && next > end && content[next] == '#';
}

}  // namespace callisto::repl
