#include "tests/fault/disk_model.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace callisto::tests {
namespace {

constexpr std::size_t kSectorBytes = 512;
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// How much of what was not synced reached the disk.
enum class Share : unsigned char { None, All, First, Some };

Share share_of(std::mt19937_64& random) {
  return static_cast<Share>(random() % 4);
}

void put(std::string& content, std::uint64_t at, std::string_view bytes) {
  if (content.size() < at + bytes.size()) content.resize(at + bytes.size(), '\0');
  content.replace(at, bytes.size(), bytes);
}

}  // namespace

// The state of the disk: what was synced, and the calls since.
struct DiskModel::Image {
  struct Place {
    std::string content{};
    std::map<std::string, std::size_t> entries{};
    std::vector<const Call*> pending{};
  };

  explicit Image(std::size_t nodes) : places(nodes) {}

  static void apply(Place& place, const Call& call) {
    switch (call.kind) {
      case Kind::Write:
        put(place.content, call.at, call.text);
        break;
      case Kind::Truncate:
        place.content.resize(call.at, '\0');
        break;
      case Kind::Link:
        if (!call.old_name.empty()) place.entries.erase(call.old_name);
        place.entries[call.text] = call.target;
        break;
      case Kind::Unlink:
        place.entries.erase(call.text);
        break;
      default:
        break;
    }
  }

  static void apply_sectors(Place& place, const Call& call, std::mt19937_64& random) {
    for (std::size_t begin = 0; begin < call.text.size();) {
      const std::size_t rest = kSectorBytes - (call.at + begin) % kSectorBytes;
      const std::size_t size = std::min(rest, call.text.size() - begin);
      if (random() % 2 == 0) {
        put(place.content, call.at + begin, std::string_view(call.text).substr(begin, size));
      }
      begin += size;
    }
  }

  void settle(Place& place, std::mt19937_64& random) const {
    Share share = share_of(random);
    // RocksDB counts on entries reaching the disk in their order, as every journaling file system
    // has it.
    const bool entries = !place.pending.empty() && place.pending[0]->kind >= Kind::Link;
    if (entries && share == Share::Some) share = Share::First;
    if (share == Share::None) return;
    std::size_t count = place.pending.size();
    if (share == Share::First && count > 0) count = random() % (count + 1);
    for (std::size_t i = 0; i < count; ++i) {
      const Call& call = *place.pending[i];
      if (share != Share::Some) {
        apply(place, call);
      } else if (call.kind == Kind::Write) {
        apply_sectors(place, call, random);
      } else if (random() % 2 == 0) {
        apply(place, call);
      }
    }
  }

  void write(std::size_t node,
             const std::vector<Node>& nodes,
             const std::filesystem::path& path) const {
    const Place& place = places[node];
    if (!nodes[node].is_directory) {
      std::ofstream(path, std::ios::binary) << place.content;
      return;
    }
    std::filesystem::create_directory(path);
    for (const auto& [name, target] : place.entries) {
      write(target, nodes, path / name);
    }
  }

  std::vector<Place> places;
};

DiskModel::DiskModel() {
  nodes_.push_back({.is_directory = true});
}

std::size_t DiskModel::add_node(bool is_directory) {
  nodes_.push_back({.is_directory = is_directory});
  return nodes_.size() - 1;
}

std::size_t DiskModel::find(const std::string& path) const {
  std::size_t node = 0;
  for (const auto& part : std::filesystem::path(path)) {
    if (part.empty() || part == ".") continue;
    const auto found = nodes_[node].entries.find(part.string());
    if (found == nodes_[node].entries.end()) return kNone;
    node = found->second;
  }
  return node;
}

std::pair<std::size_t, std::string> DiskModel::place_of(const std::string& path) const {
  const std::filesystem::path whole(path);
  const std::size_t directory = find(whole.parent_path().string());
  if (directory == kNone) throw std::logic_error("no directory for " + path);
  return {directory, whole.filename().string()};
}

DiskModel::File DiskModel::open_file(const std::string& path) {
  const std::size_t known = find(path);
  if (known != kNone) return known;
  const auto [directory, name] = place_of(path);
  const std::size_t file = add_node(false);
  nodes_[directory].entries[name] = file;
  calls_.push_back({.kind = Kind::Link, .node = directory, .text = name, .target = file});
  return file;
}

void DiskModel::write(File file, std::uint64_t at, std::string_view bytes) {
  calls_.push_back({.kind = Kind::Write, .node = file, .at = at, .text = std::string(bytes)});
}

void DiskModel::truncate(File file, std::uint64_t size) {
  calls_.push_back({.kind = Kind::Truncate, .node = file, .at = size});
}

void DiskModel::sync(File file) {
  calls_.push_back({.kind = Kind::Sync, .node = file});
}

void DiskModel::make_directory(const std::string& path) {
  if (find(path) != kNone) return;
  const auto [directory, name] = place_of(path);
  const std::size_t made = add_node(true);
  nodes_[directory].entries[name] = made;
  calls_.push_back({.kind = Kind::Link, .node = directory, .text = name, .target = made});
}

void DiskModel::sync_directory(const std::string& path) {
  const std::size_t directory = find(path);
  if (directory != kNone) calls_.push_back({.kind = Kind::SyncEntries, .node = directory});
}

void DiskModel::rename(const std::string& from, const std::string& to) {
  const auto [directory, name] = place_of(to);
  const auto [source, old_name] = place_of(from);
  const std::size_t moved = find(from);
  if (moved == kNone) return;
  if (source != directory) throw std::logic_error("a rename into another directory");
  nodes_[directory].entries.erase(old_name);
  nodes_[directory].entries[name] = moved;
  calls_.push_back(
      {.kind = Kind::Link, .node = directory, .text = name, .target = moved, .old_name = old_name});
}

void DiskModel::remove(const std::string& path) {
  if (find(path) == kNone) return;
  const auto [directory, name] = place_of(path);
  nodes_[directory].entries.erase(name);
  calls_.push_back({.kind = Kind::Unlink, .node = directory, .text = name});
}

void DiskModel::write_image(std::uint64_t calls,
                            std::mt19937_64& random,
                            const std::string& path) const {
  Image image(nodes_.size());
  for (std::uint64_t i = 0; i < calls; ++i) {
    const Call& call = calls_[i];
    Image::Place& place = image.places[call.node];
    if (call.kind != Kind::Sync && call.kind != Kind::SyncEntries) {
      place.pending.push_back(&call);
      continue;
    }
    for (const Call* const done : place.pending) {
      Image::apply(place, *done);
    }
    place.pending.clear();
  }
  for (Image::Place& place : image.places) {
    image.settle(place, random);
  }
  image.write(0, nodes_, path);
}

}  // namespace callisto::tests
