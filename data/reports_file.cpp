#include "data/reports_file.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>
#include <utility>

#include "geo/cache_folder.hpp"

namespace data {
namespace {

constexpr char magic[8] = {'p', 's', 'r', 'e', 'p', 'o', 'r', 't'};
constexpr std::uint32_t version = 1;

struct Header {
  char mark[8] = {};
  std::uint32_t version = 0, byte_order = 0;
  std::uint64_t size = 0, sum = 0;  ///< of the file; over all before the cells, with this one 0
  std::int64_t stamp = 0, last_row = 0;
  std::uint32_t dates = 0, units = 0, sources = 0, large = 0;
};
struct DayEntry {
  std::int32_t day = 0;
  std::uint32_t units = 0;
};

template <class T>
std::span<const std::byte> bytes_of(const std::vector<T>& values) {
  static_assert(std::is_trivially_copyable_v<T>);
  return std::as_bytes(std::span(values));
}

/// Takes values off the front of the bytes; too few: fails from then on.
class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : rest_(bytes) {}
  template <class T>
  bool take(std::vector<T>& values, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (count > rest_.size() / sizeof(T)) return false;
    values.resize(count);
    if (count > 0) std::memcpy(values.data(), rest_.data(), count * sizeof(T));
    rest_ = rest_.subspan(count * sizeof(T));
    return true;
  }
  std::span<const std::byte> rest() const { return rest_; }

 private:
  std::span<const std::byte> rest_;
};

}  // namespace

std::optional<ReportsFile::Read> ReportsFile::read(const geo::SharedBytes& file) {
  Header header;
  if (file.bytes.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, file.bytes.data(), sizeof header);
  if (std::memcmp(header.mark, magic, sizeof magic) != 0 || header.version != version ||
      header.byte_order != snapshot_byte_order || header.size != file.bytes.size())
    return std::nullopt;

  Read out;
  Reports& reports = out.reports;
  Reader reader(file.bytes.subspan(sizeof header));
  std::vector<DayEntry> days;
  bool whole = reader.take(out.of.sources, header.sources) &&
               reader.take(reports.units_, header.units) && reader.take(days, header.dates) &&
               reader.take(reports.large_, header.large);
  for (auto& spans : reports.spans_) whole = whole && reader.take(spans, header.units);
  if (!whole) return std::nullopt;
  const std::uint64_t said = std::exchange(header.sum, 0);
  const std::size_t checked = file.bytes.size() - reader.rest().size();
  if (snapshot_sum(snapshot_sum(0, std::as_bytes(std::span(&header, 1))),
                   file.bytes.subspan(sizeof header, checked - sizeof header)) != said)
    return std::nullopt;

  std::span<const std::byte> rest = reader.rest();
  for (std::size_t d = 0; d < days.size(); ++d) {
    const std::size_t size = std::size_t{days[d].units} * Reports::columns * sizeof(std::int32_t);
    if (days[d].units > header.units || rest.size() < size ||
        (d > 0 && days[d - 1].day >= days[d].day))
      return std::nullopt;
    reports.dates_.push_back(geo::Date{std::chrono::sys_days(std::chrono::days(days[d].day))});
    reports.days_.push_back(
        {days[d].units, std::shared_ptr<const std::int32_t[]>(
                            file.memory, reinterpret_cast<const std::int32_t*>(rest.data()))});
    rest = rest.subspan(size);
  }
  if (!rest.empty()) return std::nullopt;
  out.of.stamp = header.stamp;
  out.of.last_row = header.last_row;
  return out;
}

bool ReportsFile::write(const Reports& reports, const SnapshotOf& of,
                        const std::filesystem::path& folder, const std::string& key) {
  std::vector<DayEntry> days;
  for (std::size_t d = 0; d < reports.dates_.size(); ++d)
    days.push_back({static_cast<std::int32_t>(reports.dates_[d].day.time_since_epoch().count()),
                    reports.days_[d].units});
  Header header;
  std::memcpy(header.mark, magic, sizeof magic);
  header.version = version;
  header.byte_order = snapshot_byte_order;
  header.stamp = of.stamp;
  header.last_row = of.last_row;
  header.dates = static_cast<std::uint32_t>(days.size());
  header.units = static_cast<std::uint32_t>(reports.units_.size());
  header.sources = static_cast<std::uint32_t>(of.sources.size());
  header.large = static_cast<std::uint32_t>(reports.large_.size());

  std::vector<std::span<const std::byte>> parts{std::as_bytes(std::span(&header, 1)),
                                                bytes_of(of.sources), bytes_of(reports.units_),
                                                bytes_of(days), bytes_of(reports.large_)};
  for (const auto& spans : reports.spans_) parts.push_back(bytes_of(spans));
  const std::size_t described = parts.size();
  for (const Reports::Day& day : reports.days_)
    parts.push_back(
        std::as_bytes(std::span(day.cells.get(), std::size_t{day.units} * Reports::columns)));
  for (const auto& part : parts) header.size += part.size();
  std::uint64_t sum = 0;  // all parts are of eight bytes
  for (std::size_t i = 0; i < described; ++i) sum = snapshot_sum(sum, parts[i]);
  header.sum = sum;
  return !geo::write_cache_file(folder, key, name, parts);
}

}  // namespace data
