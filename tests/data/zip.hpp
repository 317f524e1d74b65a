#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace data::test {

/// Writes a zip archive without compression: enough to make small XLSX and ODS files by hand, with
/// exactly the XML that a test is about.
inline void write_zip(const std::filesystem::path& file,
                      const std::vector<std::pair<std::string, std::string>>& entries) {
  const auto crc32 = [](const std::string& bytes) {
    std::uint32_t crc = 0xFFFFFFFFu;
    for (const char c : bytes) {
      crc ^= static_cast<unsigned char>(c);
      for (int k = 0; k < 8; ++k) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0xEDB88320u : 0u);
    }
    return ~crc;
  };
  const auto le = [](std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFu);
  };
  std::string out, directory;
  for (const auto& [name, bytes] : entries) {
    const auto at = static_cast<std::uint32_t>(out.size());
    const auto size = static_cast<std::uint32_t>(bytes.size());
    std::string common;
    le(common, 20, 2);      // version needed
    le(common, 0x0800, 2);  // names are UTF-8
    le(common, 0, 2);       // stored
    le(common, 0, 4);       // time and date
    le(common, crc32(bytes), 4);
    le(common, size, 4);
    le(common, size, 4);
    le(common, static_cast<std::uint32_t>(name.size()), 2);
    le(common, 0, 2);
    le(out, 0x04034b50, 4);
    out += common + name + bytes;
    le(directory, 0x02014b50, 4);
    le(directory, 20, 2);
    directory += common;
    le(directory, 0, 2);
    le(directory, 0, 2);
    le(directory, 0, 2);
    le(directory, 0, 4);
    le(directory, at, 4);
    directory += name;
  }
  const auto at = static_cast<std::uint32_t>(out.size());
  const auto count = static_cast<std::uint32_t>(entries.size());
  out += directory;
  le(out, 0x06054b50, 4);
  le(out, 0, 4);
  le(out, count, 2);
  le(out, count, 2);
  le(out, static_cast<std::uint32_t>(directory.size()), 4);
  le(out, at, 4);
  le(out, 0, 2);
  std::ofstream(file, std::ios::binary) << out;
}

/// An XLSX with one sheet per (name, sheetData XML).
inline void write_xlsx(const std::filesystem::path& file,
                       const std::vector<std::pair<std::string, std::string>>& sheets) {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  const std::string package = "http://schemas.openxmlformats.org/package/2006/";
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  std::string types = head + "<Types xmlns=\"" + package +
                      "content-types\"><Default Extension=\"rels\" ContentType=\"application/"
                      "vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
                      "ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" "
                      "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml."
                      "sheet.main+xml\"/>";
  std::string book = head + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office + "\"><sheets>";
  std::string rels = head + "<Relationships xmlns=\"" + package + "relationships\">";
  std::vector<std::pair<std::string, std::string>> entries;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const auto n = std::to_string(i + 1);
    book += "<sheet name=\"" + sheets[i].first + "\" sheetId=\"" + n + "\" r:id=\"rId" + n + "\"/>";
    rels += "<Relationship Id=\"rId" + n + "\" Type=\"" + office +
            "/worksheet\" Target=\"worksheets/sheet" + n + ".xml\"/>";
    types += "<Override PartName=\"/xl/worksheets/sheet" + n +
             ".xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml."
             "worksheet+xml\"/>";
    entries.emplace_back("xl/worksheets/sheet" + n + ".xml",
                         head + "<worksheet xmlns=\"" + main + "\"><sheetData>" + sheets[i].second +
                             "</sheetData></worksheet>");
  }
  // Style 1 shows a number as a day.
  const std::string styles =
      head + "<styleSheet xmlns=\"" + main +
      "\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
  rels += "<Relationship Id=\"rId99\" Type=\"" + office +
          "/styles\" Target=\"styles.xml\"/></Relationships>";
  entries.insert(entries.begin(),
                 {{"[Content_Types].xml", types + "</Types>"},
                  {"_rels/.rels", head + "<Relationships xmlns=\"" + package +
                                      "relationships\"><Relationship Id=\"rId1\" Type=\"" + office +
                                      "/officeDocument\" Target=\"xl/workbook.xml\"/>"
                                      "</Relationships>"},
                  {"xl/workbook.xml", book + "</sheets></workbook>"},
                  {"xl/_rels/workbook.xml.rels", rels},
                  {"xl/styles.xml", styles}});
  write_zip(file, entries);
}

inline std::string xlsx_text(const std::string& cell, const std::string& text) {
  return "<c r=\"" + cell + "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + text +
         "</t></is></c>";
}
inline std::string xlsx_number(const std::string& cell, const std::string& number, int style = 0) {
  return "<c r=\"" + cell + "\" s=\"" + std::to_string(style) + "\"><v>" + number + "</v></c>";
}

}  // namespace data::test
