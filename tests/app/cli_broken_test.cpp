// Broken input and broken places: a clear message that names the file and says what to do, and a
// workspace that is as it was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace fs = std::filesystem;
using nlohmann::json;
using program::Folder;
using program::Ran;
using program::run;
using program::spit;
using testing::HasSubstr;

namespace {

void little(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

struct Entry {
  std::string name;
  std::string bytes;           ///< as they lie in the archive
  std::uint32_t unpacked = 0;  ///< as the archive says
  bool deflated = false;
};

/// A zip archive, written by hand so that it can lie and be cut.
std::string zip(const std::vector<Entry>& entries) {
  std::string out, directory;
  for (const Entry& e : entries) {
    std::string head;
    little(head, 20, 2);
    little(head, 0, 2);
    little(head, e.deflated ? 8 : 0, 2);
    little(head, 0, 8);  // time, date and checksum: read by nobody before the size is refused
    little(head, e.bytes.size(), 4);
    little(head, e.unpacked, 4);
    little(head, e.name.size(), 2);
    little(head, 0, 2);
    const std::size_t offset = out.size();
    out += "PK\x03\x04" + head + e.name + e.bytes;
    directory += "PK\x01\x02";
    little(directory, 20, 2);
    directory += head;
    directory += std::string(10, '\0');  // comment, disk, attributes
    little(directory, offset, 4);
    directory += e.name;
  }
  const std::size_t start = out.size();
  out += directory + "PK\x05\x06";
  little(out, 0, 4);
  little(out, entries.size(), 2);
  little(out, entries.size(), 2);
  little(out, directory.size(), 4);
  little(out, start, 4);
  little(out, 0, 2);
  return out;
}

Entry stored(const std::string& name, const std::string& text) {
  return {name, text, static_cast<std::uint32_t>(text.size()), false};
}

/// `times` × 258 spaces, deflated with the fixed codes of RFC 1951: one literal, then "the last
/// byte, 258 times" as 13 bits each.
Entry spaces(const std::string& name, std::uint32_t times) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  const auto put = [&](std::uint32_t code, int length) {  // most significant bit first
    for (int i = length - 1; i >= 0; --i) {
      bits |= (code >> i & 1U) << count;
      if (++count == 8) {
        bytes += static_cast<char>(bits);
        bits = 0;
        count = 0;
      }
    }
  };
  put(1, 1);           // the last block
  put(2, 2);           // fixed codes: the bits 1, 0
  put(0x30 + ' ', 8);  // the literal
  for (std::uint32_t i = 0; i < times; ++i) {
    put(0xc5, 8);  // length 258
    put(0, 5);     // distance 1
  }
  put(0, 7);  // end of block
  put(0, 7);  // fill the last byte
  return {name, bytes, times * 258 + 1, true};
}

class E2eBroken : public testing::Test {
 protected:
  void SetUp() override {
    const Ran sample = run({"sample", workspace_, "--communes", "6", "--weeks", "2"});
    ASSERT_EQ(sample.status, 0) << sample.err;
    before_ = content();
  }

  /// What the workspace holds. The copy that the day's first change makes lies beside it.
  std::string content() const {
    json info = json::parse(run({"info", "-w", workspace_, "--json"}).out);
    EXPECT_EQ(info.erase("backups"), 1u);
    std::string all = info.dump();
    for (const char* command : {"rank", "check"}) {
      all += run({command, "-w", workspace_, "--json"}).out;
    }
    return all;
  }

  /// The import ends with a message in which a person finds `says`, and nothing has changed.
  Ran refused(std::vector<std::string> what, const std::string& says) const {
    what.insert(what.begin(), "import");
    what.insert(what.end(), {"-w", workspace_});
    const Ran ran = run(what);
    EXPECT_TRUE(ran.status == 2 || ran.status == 3) << ran.status << ran.out << ran.err;
    EXPECT_THAT(ran.err, HasSubstr(says));
    EXPECT_THAT(ran.err, HasSubstr("Cách xử lý"));
    EXPECT_EQ(content(), before_) << says;
    return ran;
  }

  Folder folder_;
  std::string workspace_ = folder_ / "w.sqlite";
  std::string before_;
};

}  // namespace

TEST_F(E2eBroken, TruncatedZip) {
  const std::string whole =
      zip({stored("xa.shp", std::string(4000, 'x')), stored("xa.dbf", std::string(4000, 'y'))});
  spit(folder_ / "cut.zip", whole.substr(0, whole.size() / 2));
  refused({"boundaries", folder_ / "cut.zip"}, "cut.zip");
  spit(folder_ / "cut.xlsx", whole.substr(0, whole.size() / 2));
  refused({"table", folder_ / "cut.xlsx", "--as", "reports"}, "cut.xlsx");
}

TEST_F(E2eBroken, AVirtualFileUnderAnotherName) {
  spit(folder_ / "secret.csv", "ma_xa,ten_xa\n03127,Bí mật\n");
  const std::string vrt = "<OGRVRTDataSource><OGRVRTLayer name=\"secret\"><SrcDataSource>" +
                          (folder_ / "secret.csv") +
                          "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
  for (const char* name : {"xa.geojson", "xa.kml", "xa.gpkg", "xa.fgb", "xa.vrt"}) {
    spit(folder_ / name, vrt);
    refused({"boundaries", folder_ / name}, name);
  }
  for (const char* name : {"t.xlsx", "t.ods", "t.vrt"}) {
    spit(folder_ / name, vrt);
    refused({"table", folder_ / name, "--as", "reports"}, name);
  }
}

TEST_F(E2eBroken, NamesThatAreNotFiles) {
  for (const char* name :
       {"/vsicurl/http://localhost:9/xa.geojson", "http://localhost:9/xa.geojson", "/vsizip/xa.zip",
        "PG:dbname=x", "/dev/zero"}) {
    refused({"boundaries", name}, name);
    refused({"table", name, "--as", "reports"}, name);
  }
  refused({"boundaries", folder_.path().string()}, folder_.path().filename().string());
}

TEST_F(E2eBroken, CoordinatesThatAreNotNumbers) {
  spit(folder_ / "nan.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature",
    "properties":{"ma_xa":"99999","ten_xa":"Xã Hỏng"},"geometry":{"type":"Polygon",
    "coordinates":[[[NaN,21],[1e400,21],[103,Infinity],[NaN,21]]]}}]})");
  const Ran ran = run({"import", "boundaries", folder_ / "nan.geojson", "-w", workspace_});
  EXPECT_TRUE(ran.status == 1 || ran.status == 3) << ran.out << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("nan.geojson"));
  const json ranking = json::parse(run({"rank", "-w", workspace_, "--json"}).out);
  EXPECT_EQ(ranking.size(), 6u) << "a commune without land was taken";
}

TEST_F(E2eBroken, ATableInALegacyEncoding) {
  // "Mã xã;Đủ điều kiện" as a program of the nineties wrote it.
  spit(folder_ / "tcvn3.csv", "M\xb7 x\xb7,eligible,activated_l2\n03127,\x8e\xf1\xb8,5\n");
  refused({"table", folder_ / "tcvn3.csv", "--as", "reports", "--date", "2023-08-27"}, "tcvn3.csv");
}

TEST_F(E2eBroken, AWorkbookThatUnpacksToGigabytes) {
  spit(folder_ / "bomb.xlsx", zip({stored("[Content_Types].xml", "<Types/>"),
                                   stored("xl/workbook.xml",
                                          "<workbook><sheets><sheet name=\"S\" sheetId=\"1\"/>"
                                          "</sheets></workbook>"),
                                   spaces("xl/worksheets/sheet1.xml", 8'000'000)}));
  const auto start = std::chrono::steady_clock::now();
  refused({"table", folder_ / "bomb.xlsx", "--as", "reports"}, "bomb.xlsx");
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_LT(took.count(), 60);  // seconds, most of them for looking that nothing changed
}

TEST_F(E2eBroken, NotAWorkspace) {
  spit(folder_ / "text.sqlite", "these are words\n");
  for (const char* command : {"info", "rank", "check", "undo"}) {
    const Ran ran = run({command, "-w", folder_ / "text.sqlite"});
    EXPECT_EQ(ran.status, 3) << command << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("text.sqlite"));
  }
  EXPECT_EQ(program::slurp(folder_ / "text.sqlite"), "these are words\n");
}

TEST_F(E2eBroken, AFullDisk) {
  // A file may grow to 64 KB: far less than a workspace is.
  const std::string limit = "trap '' XFSZ; ulimit -f 128;";
  const Ran sample = run({"sample", folder_ / "big.sqlite"}, {limit, "", "vi"});
  EXPECT_EQ(sample.status, 3) << sample.err;
  EXPECT_THAT(sample.err, HasSubstr("big.sqlite"));
  EXPECT_THAT(sample.err, HasSubstr("Cách xử lý"));

  std::string csv = "commune_code,week_ending,eligible,activated_l2\n";
  const json ranking = json::parse(run({"rank", "-w", workspace_, "--json"}).out);
  for (int day = 0; day < 3 * 12 * 28; ++day) {
    const std::string date = std::to_string(2021 + day / 336) + '-' +
                             std::to_string(101 + day / 28 % 12).substr(1) + '-' +
                             std::to_string(101 + day % 28).substr(1);
    for (const json& row : ranking) {
      csv += row["code"].get<std::string>() + ',' + date + ",1000,10\n";
    }
  }
  spit(folder_ / "reports.csv", csv);
  const Ran ran =
      run({"import", "table", folder_ / "reports.csv", "--as", "reports", "-w", workspace_},
          {limit, "", "vi"});
  EXPECT_EQ(ran.status, 3) << ran.out << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("w.sqlite"));
  EXPECT_EQ(content(), before_);
}

TEST_F(E2eBroken, AWorkspaceThatMayOnlyBeRead) {
  spit(folder_ / "reports.csv",
       "commune_code,week_ending,eligible,activated_l2\n03127,2024-01-10,9,1\n");
  fs::permissions(folder_.path(), fs::perms(0555));
  fs::permissions(workspace_, fs::perms(0444));
  program::How how;
  if (geteuid() == 0) {  // root may write anything
    how.with = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    if (run({"--version"}, how).status != 0) {
      fs::permissions(folder_.path(), fs::perms(0755));
      GTEST_SKIP() << "another user cannot run the program where it lies";
    }
  }
  const Ran look = run({"rank", "-w", workspace_, "--json"}, how);
  EXPECT_EQ(look.status, 0) << look.err;
  const Ran import =
      run({"import", "table", folder_ / "reports.csv", "--as", "reports", "-w", workspace_}, how);
  EXPECT_EQ(import.status, 3) << import.out << import.err;
  EXPECT_THAT(import.err, HasSubstr("w.sqlite"));
  EXPECT_THAT(import.err, HasSubstr("Cách xử lý"));
  const Ran undo = run({"undo", "-w", workspace_}, how);
  EXPECT_EQ(undo.status, 3) << undo.err;
  fs::permissions(folder_.path(), fs::perms(0755));
  EXPECT_EQ(content(), before_);
}
