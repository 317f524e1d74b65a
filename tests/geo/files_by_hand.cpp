#include "tests/geo/files_by_hand.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <fstream>
#include <random>

namespace files {
namespace {

namespace fs = std::filesystem;

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xff);
}
void put_big(std::string& out, std::uint32_t value) {
  for (int i = 3; i >= 0; --i) out += static_cast<char>((value >> (8 * i)) & 0xff);
}
void put(std::string& out, double value) { put(out, std::bit_cast<std::uint64_t>(value), 8); }

std::uint32_t crc_of(const std::string& bytes) {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t c = i;
    for (int k = 0; k < 8; ++k) c = (c & 1) != 0 ? 0xedb88320U ^ (c >> 1) : c >> 1;
    table[i] = c;
  }
  std::uint32_t crc = 0xffffffffU;
  for (char b : bytes) crc = table[(crc ^ static_cast<unsigned char>(b)) & 0xff] ^ (crc >> 8);
  return crc ^ 0xffffffffU;
}

/// One block of fixed codes: a literal 0, then copies of 258 zeros. 159 times smaller.
std::string deflated(std::uint32_t zeros) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  const auto bit = [&](std::uint32_t b) {
    bits |= b << count;
    if (++count == 8) {
      out += static_cast<char>(bits);
      bits = 0;
      count = 0;
    }
  };
  const auto code = [&](std::uint32_t value, int length) {  // Huffman codes go highest bit first
    for (int i = length - 1; i >= 0; --i) bit((value >> i) & 1);
  };
  code(0b110, 3);  // last block; type 01, lowest bit first
  code(0b00110000, 8);
  std::uint32_t made = 1;
  for (; made + 258 <= zeros; made += 258) code(0b1100010100000, 13);
  for (; made < zeros; ++made) code(0b00110000, 8);
  code(0, 7);
  while (count != 0) bit(0);
  return out;
}

}  // namespace

TempFolder::TempFolder() {
  std::random_device random;
  path_ = fs::temp_directory_path() / ("phusong-test-" + std::to_string(random()));
  fs::create_directories(path_);
}
TempFolder::~TempFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}
fs::path TempFolder::write(const std::string& name, const std::string& bytes) const {
  std::ofstream(path_ / name, std::ios::binary) << bytes;
  return path_ / name;
}
std::vector<std::string> TempFolder::names() const {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(path_)) {
    out.push_back(entry.path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string zip_of(const std::vector<ZipEntry>& entries) {
  std::string out, directory;
  for (const ZipEntry& e : entries) {
    const std::string packed = e.deflated_zeros ? deflated(e.zeros) : e.bytes;
    const std::uint32_t crc = crc_of(e.deflated_zeros ? std::string(e.zeros, '\0') : e.bytes);
    const std::size_t truth = e.deflated_zeros ? e.zeros : e.bytes.size();
    std::string common;
    put(common, 20, 2);
    put(common, 0, 2);
    put(common, e.deflated_zeros ? 8 : 0, 2);
    put(common, 0, 4);
    put(common, crc, 4);
    put(common, packed.size(), 4);
    put(common, e.declared != 0 ? e.declared : truth, 4);
    put(common, e.name.size(), 2);
    put(common, 0, 2);
    const std::size_t offset = out.size();
    out += "PK\x03\x04" + common + e.name + packed;
    directory += "PK\x01\x02";
    put(directory, 20, 2);
    directory += common;
    directory.append(10, '\0');
    put(directory, offset, 4);
    directory += e.name;
  }
  std::string end = "PK\x05\x06";
  put(end, 0, 4);
  put(end, entries.size(), 2);
  put(end, entries.size(), 2);
  put(end, directory.size(), 4);
  put(end, out.size(), 4);
  put(end, 0, 2);
  return out + directory + end;
}

Shapefile shapefile_of(const std::vector<std::vector<Points>>& polygons,
                       const std::vector<std::string>& names) {
  std::string records, index;
  std::array<double, 4> all{1e300, 1e300, -1e300, -1e300};
  const auto grow = [](std::array<double, 4>& box, double x, double y) {
    box = {std::min(box[0], x), std::min(box[1], y), std::max(box[2], x), std::max(box[3], y)};
  };
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    std::array<double, 4> box{1e300, 1e300, -1e300, -1e300};
    std::string parts, points;
    std::uint32_t count = 0;
    for (const Points& ring : polygons[i]) {
      put(parts, count, 4);
      for (const auto& [x, y] : ring) {
        put(points, x);
        put(points, y);
        grow(box, x, y);
        grow(all, x, y);
        ++count;
      }
    }
    std::string content;
    put(content, 5, 4);
    for (double v : box) put(content, v);
    put(content, polygons[i].size(), 4);
    put(content, count, 4);
    content += parts + points;
    put_big(index, static_cast<std::uint32_t>((100 + records.size()) / 2));
    put_big(index, static_cast<std::uint32_t>(content.size() / 2));
    put_big(records, static_cast<std::uint32_t>(i + 1));
    put_big(records, static_cast<std::uint32_t>(content.size() / 2));
    records += content;
  }
  const auto header = [&](std::size_t size) {
    std::string h;
    put_big(h, 9994);
    h.append(20, '\0');
    put_big(h, static_cast<std::uint32_t>((100 + size) / 2));
    put(h, 1000, 4);
    put(h, 5, 4);
    for (double v : all) put(h, v);
    h.append(32, '\0');
    return h;
  };
  constexpr std::size_t width = 40;
  std::string dbf("\x03\x7b\x01\x01", 4);
  put(dbf, names.size(), 4);
  put(dbf, 32 + 32 + 1, 2);
  put(dbf, 1 + width, 2);
  dbf.append(20, '\0');
  dbf += std::string("NAME\0\0\0\0\0\0\0C\0\0\0\0", 16);
  dbf += static_cast<char>(width);
  dbf.append(15, '\0');
  dbf += '\x0d';
  for (std::string name : names) {
    name.resize(width, ' ');
    dbf += ' ' + name;
  }
  dbf += '\x1a';
  return {header(records.size()) + records, header(index.size()) + index, dbf};
}

std::string geojson_of(const std::vector<std::string>& geometries) {
  std::string out = R"({"type":"FeatureCollection","features":[)";
  for (std::size_t i = 0; i < geometries.size(); ++i) {
    out += (i == 0 ? "" : ",");
    out += R"({"type":"Feature","properties":{"code":"0310)" + std::to_string(i) +
           R"(","name":"Mường )" + std::to_string(i) + R"("},"geometry":)" + geometries[i] + "}";
  }
  return out + "]}";
}

}  // namespace files
