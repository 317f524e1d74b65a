#include "geo/boundary_columns.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <string_view>

#include "geo/error.hpp"

namespace geo {

std::string folded_heading(const std::string& text) {
  utf8proc_uint8_t* out = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &out,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                                                  UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD));
  std::string plain =
      length > 0 ? std::string(reinterpret_cast<char*>(out), static_cast<std::size_t>(length)) : "";
  std::free(out);
  for (auto at = plain.find("đ"); at != std::string::npos; at = plain.find("đ")) {
    plain.replace(at, std::string_view("đ").size(), "d");
  }
  std::erase_if(plain, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); });
  return plain;
}

namespace {

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Share of the values that are there for which `is` holds; 0 when there are none.
template <class Is>
double share(const Layer& layer, std::size_t column, Is is) {
  std::size_t all = 0, good = 0;
  for (const Feature& f : layer.features) {
    if (column >= f.values.size() || f.values[column].empty()) continue;
    ++all;
    if (is(f.values[column])) ++good;
  }
  return all == 0 ? 0 : static_cast<double>(good) / static_cast<double>(all);
}

bool mostly_digits(const Layer& layer, std::size_t column) {
  return share(layer, column, all_digits) >= 0.9;
}

bool begins_with_kind(const std::string& text) {
  const std::string plain = folded_heading(text.substr(0, 24));
  for (std::string_view kind : {"xa", "phuong", "thitran", "dackhu"}) {
    if (plain.size() > kind.size() && plain.compare(0, kind.size(), kind) == 0 &&
        text.find(' ') != std::string::npos) {
      return true;
    }
  }
  return false;
}

enum class Content { any, digits, text };

struct Wanted {
  std::optional<std::size_t> BoundaryColumns::*field;
  Content content;
  std::vector<std::string_view> names;  ///< folded; the likeliest first
};

const std::array<Wanted, 10>& wanted_columns() {
  static const std::array<Wanted, 10> wanted{{
      {&BoundaryColumns::province_code,
       Content::digits,
       {"provincecode", "provinceid", "matinh", "matinhthanh", "tinhid", "matp"}},
      {&BoundaryColumns::province,
       Content::text,
       {"province", "provincename", "tinh", "tentinh", "tinhthanh", "tinhtp"}},
      {&BoundaryColumns::former_district_code,
       Content::digits,
       {"formerdistrictcode", "districtcode", "districtid", "mahuyen", "maquanhuyen", "maqh"}},
      {&BoundaryColumns::former_district,
       Content::text,
       {"formerdistrict", "district", "districtname", "huyen", "tenhuyen", "quanhuyen", "huyencu"}},
      {&BoundaryColumns::code,
       Content::digits,
       {"code", "communecode", "wardcode", "maxa", "maxaphuong", "maphuongxa", "madvhc", "madonvi",
        "mapx", "ma", "xaid", "id"}},
      {&BoundaryColumns::full_name, Content::text, {"fullname", "tendaydu", "tendonvi", "tendvhc"}},
      {&BoundaryColumns::name,
       Content::text,
       {"name", "communename", "wardname", "tenxa", "tenxaphuong", "tenphuongxa", "ten", "commune",
        "ward", "xa", "xaphuong", "phuongxa"}},
      {&BoundaryColumns::kind, Content::text, {"kind", "loai", "loaidvhc", "type", "capdvhc"}},
      {&BoundaryColumns::area_km2,
       Content::any,
       {"areakm2", "dientichkm2", "dientich", "dtichkm2", "dtich", "area"}},
      {&BoundaryColumns::population,
       Content::any,
       {"population", "danso", "dansonguoi", "pop", "dsnguoi"}},
  }};
  return wanted;
}

/// A heading that is a name, cut to the 10 characters of a Shapefile or made unique there
/// (former_district → former_d_1).
bool is_cut_of(const std::string& column, std::string_view name) {
  const std::string plain = folded_heading(column);
  if (column.size() != 10 || plain.size() < 6) return false;
  if (name.size() > plain.size() && name.substr(0, plain.size()) == plain) return true;
  const bool numbered = column[8] == '_' && all_digits(column.substr(9));
  return numbered && name.substr(0, plain.size() - 1) == plain.substr(0, plain.size() - 1);
}

bool fits(const Layer& layer, std::size_t column, Content content) {
  const bool filled = share(layer, column, [](const auto&) { return true; }) > 0;
  if (content == Content::any || !filled) return true;
  return mostly_digits(layer, column) == (content == Content::digits);
}

std::optional<std::size_t> by_name(const Layer& layer, const Wanted& wanted,
                                   const std::set<std::size_t>& taken) {
  for (const bool cut : {false, true}) {
    for (std::string_view name : wanted.names) {
      for (std::size_t i = 0; i < layer.columns.size(); ++i) {
        const bool same =
            cut ? is_cut_of(layer.columns[i], name) : folded_heading(layer.columns[i]) == name;
        if (same && !taken.contains(i) && fits(layer, i, wanted.content)) return i;
      }
    }
  }
  return std::nullopt;
}

/// A column of four or five digits that tells the features apart.
std::optional<std::size_t> code_by_content(const Layer& layer, const std::set<std::size_t>& taken) {
  for (std::size_t i = 0; i < layer.columns.size(); ++i) {
    const bool code = share(layer, i, [](const std::string& v) {
                        return all_digits(v) && (v.size() == 4 || v.size() == 5);
                      }) >= 0.9;
    if (!code || taken.contains(i)) continue;
    std::set<std::string_view> distinct;
    for (const Feature& f : layer.features) distinct.insert(f.values[i]);
    if (distinct.size() * 10 >= layer.features.size() * 9) return i;
  }
  return std::nullopt;
}

std::size_t column_named(const Layer& layer, const std::string& name) {
  for (std::size_t i = 0; i < layer.columns.size(); ++i) {
    if (layer.columns[i] == name) return i;
  }
  std::string all;
  for (std::size_t i = 0; i < layer.columns.size(); ++i) {
    if (!folded_heading(name).empty() && folded_heading(layer.columns[i]) == folded_heading(name))
      return i;
    all += (all.empty() ? "" : ", ") + layer.columns[i];
  }
  throw Error(ErrorKind::usage, msg("geo.no_such_column", name), layer.file,
              msg("geo.choose_column", all));
}

}  // namespace

BoundaryColumns guess_boundary_columns(const Layer& layer) {
  BoundaryColumns out;
  std::set<std::size_t> taken;
  for (const Wanted& wanted : wanted_columns()) {
    out.*wanted.field = by_name(layer, wanted, taken);
    if (out.*wanted.field) taken.insert(*(out.*wanted.field));
  }
  if (!out.code) out.code = code_by_content(layer, taken);
  if (!out.full_name) {
    for (std::size_t i = 0; i < layer.columns.size() && !out.full_name; ++i) {
      const bool free = !taken.contains(i) || out.name == i;
      if (free && share(layer, i, begins_with_kind) >= 0.8) out.full_name = i;
    }
  }
  if (!out.name) out.name = out.full_name;
  return out;
}

void override_columns(BoundaryColumns& columns, const Layer& layer,
                      const BoundaryColumnNames& names) {
  if (!names.code.empty()) columns.code = column_named(layer, names.code);
  if (!names.name.empty()) columns.name = column_named(layer, names.name);
  if (!names.parent.empty()) {
    // One word for both on the command line: digits are the parent's code, anything else its name.
    const std::size_t parent = column_named(layer, names.parent);
    const bool code = mostly_digits(layer, parent);
    columns.province_code = code ? std::optional(parent) : std::nullopt;
    columns.province = code ? std::nullopt : std::optional(parent);
  }
}

}  // namespace geo
