// The headings that tables of each kind are known to have. Compared without accents and case, so
// one writing of each is enough.
#include "data/column_mapping.hpp"

namespace data {
namespace {

using Type = FieldType;

// A count column is none of these. Reports are cumulative, so numbers of the week alone are others.
const std::vector<std::string_view> not_a_count{"tỷ lệ",     "rate",       "share",    "phần trăm",
                                                "percent",   "pct",        "chỉ tiêu", "target",
                                                "kế hoạch",  "trong tuần", "trong kỳ", "tuần này",
                                                "phát sinh", "tăng thêm",  "increase", "this week"};
const std::vector<std::string_view> not_today{"former", "old", "cũ", "trước sáp nhập"};

const std::vector<Field>& report_fields() {
  static const std::vector<Field> fields{
      {"code",
       Type::code,
       {"code", "commune_code", "commune_code_2023", "unit_code", "mã", "mã số", "mã xã",
        "mã phường", "mã đơn vị", "mã đvhc", "mã đơn vị hành chính"},
       false,
       {}},
      {"name",
       Type::text,
       {"name", "commune", "commune_name", "unit", "unit_name", "xã", "phường", "tên xã",
        "xã phường", "xã, phường, thị trấn", "xã, phường, đặc khu", "xã/thị trấn", "đơn vị",
        "tên đơn vị", "địa phương", "địa bàn"},
       false,
       {}},
      {"district",
       Type::text,
       {"district", "former_district", "district_name", "huyện", "tên huyện", "quận huyện",
        "huyện, thị xã, thành phố", "huyện/thị xã/thành phố"},
       false,
       {"code", "mã"}},
      {"date",
       Type::date,
       {"date", "report_date", "week_ending", "week", "as_of", "ngày", "ngày báo cáo", "thời điểm",
        "tính đến ngày", "tuần kết thúc", "ngày chốt số liệu"},
       false,
       {}},
      {"eligible",
       Type::count,
       {"eligible", "eligible_people", "đủ điều kiện", "công dân đủ điều kiện",
        "số người đủ điều kiện", "dân số đủ điều kiện", "công dân từ 14 tuổi", "người từ 14 tuổi",
        "từ 14 tuổi trở lên"},
       false,
       not_a_count},
      {"installed",
       Type::count,
       {"installed", "cài đặt", "đã cài đặt", "cài đặt vneid", "số tài khoản cài đặt",
        "cài ứng dụng"},
       false,
       not_a_count},
      {"activated_l1",
       Type::count,
       {"activated_l1", "activated_level_1", "mức 1", "mức độ 1", "kích hoạt mức 1",
        "kích hoạt mức độ 1", "định danh mức 1"},
       false,
       not_a_count},
      {"activated_l2",
       Type::count,
       {"activated_l2", "activated_level_2", "activated", "mức 2", "mức độ 2", "kích hoạt",
        "kích hoạt mức 2", "kích hoạt mức độ 2", "định danh mức 2"},
       false,
       not_a_count},
      {"sessions",
       Type::count,
       {"sessions", "số buổi", "buổi", "buổi tuyên truyền", "buổi ra quân", "số buổi hướng dẫn"},
       false,
       {"lũy kế"}},
      {"reached",
       Type::count,
       {"reached", "people_reached", "lượt người", "số người được tiếp cận", "người được hướng dẫn",
        "lượt hướng dẫn", "số người tiếp cận", "lượt người được hướng dẫn"},
       false,
       {"lũy kế"}},
      {"rate",
       Type::share,
       {"rate", "activation_rate", "activation_rate_l2", "tỷ lệ", "tỷ lệ mức 2", "tỷ lệ kích hoạt",
        "tỷ lệ kích hoạt mức 2", "tỷ lệ phần trăm"},
       false,
       {"mức 1", "mức độ 1", "cài đặt", "l1", "installed", "trong tuần"}},
  };
  return fields;
}

const std::vector<Field>& settlement_fields() {
  static const std::vector<Field> fields{
      {"id",
       Type::code,
       {"settlement_id", "id", "mã", "mã thôn", "mã bản", "mã thôn bản", "mã tổ dân phố"},
       false,
       {"xã", "commune", "huyện"}},
      {"name",
       Type::text,
       {"name", "settlement", "settlement_name", "tên", "tên thôn", "tên bản", "thôn", "bản",
        "thôn, bản", "thôn, bản, tổ dân phố", "tổ dân phố", "tên thôn bản"},
       true,
       {"xã", "commune", "huyện"}},
      {"kind", Type::text, {"kind", "loại", "loại hình", "loại điểm dân cư"}, false, {}},
      {"commune_code",
       Type::code,
       {"commune_code", "mã xã", "mã phường", "mã xã phường"},
       false,
       not_today},
      {"commune",
       Type::text,
       {"commune", "commune_name", "xã", "tên xã", "xã, phường", "xã phường",
        "xã, phường, thị trấn"},
       false,
       not_today},
      {"former_commune_code",
       Type::code,
       {"former_commune_code", "old_commune_code", "mã xã cũ", "mã xã trước sáp nhập"},
       false,
       {}},
      {"former_commune",
       Type::text,
       {"former_commune", "old_commune", "xã cũ", "xã trước sáp nhập"},
       false,
       {}},
      {"former_district",
       Type::text,
       {"former_district", "district", "huyện", "huyện cũ", "tên huyện"},
       false,
       {"code", "mã"}},
      {"lon", Type::degrees, {"lon", "lng", "long", "longitude", "x", "kinh độ"}, false, {}},
      {"lat", Type::degrees, {"lat", "latitude", "y", "vĩ độ"}, false, {}},
      {"households", Type::count, {"households", "hộ", "số hộ", "hộ gia đình"}, false, not_a_count},
      {"residents",
       Type::count,
       {"residents", "population", "dân số", "nhân khẩu", "số khẩu", "số nhân khẩu", "khẩu"},
       false,
       not_a_count},
      {"eligible",
       Type::count,
       {"eligible", "eligible_people", "đủ điều kiện", "số người đủ điều kiện",
        "công dân đủ điều kiện", "từ 14 tuổi trở lên"},
       false,
       not_a_count},
      {"electricity",
       Type::text,
       {"electricity", "điện", "điện lưới", "có điện", "nguồn điện"},
       false,
       {"thoại"}},
      {"signal",
       Type::text,
       {"signal", "sóng", "sóng di động", "phủ sóng", "tín hiệu", "sóng điện thoại"},
       false,
       {}},
      {"smartphone_share",
       Type::share,
       {"smartphone_share", "smartphone", "điện thoại thông minh", "tỷ lệ điện thoại thông minh"},
       false,
       {}},
      {"own_sim_share",
       Type::share,
       {"own_sim_share", "sim_own_name_share", "sim chính chủ", "tỷ lệ sim chính chủ"},
       false,
       {}},
      {"away_share",
       Type::share,
       {"away_share", "đi làm xa", "vắng nhà", "tỷ lệ đi làm xa"},
       false,
       {}},
      {"road", Type::text, {"road", "đường", "đường đi", "giao thông", "đường vào bản"}, false, {}},
  };
  return fields;
}

const std::vector<Field>& team_fields() {
  static const std::vector<Field> fields{
      {"id", Type::code, {"team_id", "id", "mã", "mã tổ", "mã đội"}, false, {"xã", "commune"}},
      {"name",
       Type::text,
       {"name", "team", "team_name", "tên", "tên tổ", "tên đội", "tổ công nghệ số",
        "tổ công nghệ số cộng đồng", "đội hình"},
       true,
       {"xã", "commune", "huyện"}},
      {"level", Type::text, {"level", "cấp"}, false, {}},
      {"kind", Type::text, {"kind", "loại", "loại hình"}, false, {}},
      {"commune_code",
       Type::code,
       {"home_commune_code", "commune_code", "mã xã", "mã phường"},
       false,
       not_today},
      {"commune",
       Type::text,
       {"home_commune", "commune", "commune_name", "xã", "tên xã", "xã, phường",
        "xã, phường, thị trấn"},
       false,
       not_today},
      {"former_commune_code",
       Type::code,
       {"home_former_commune_code", "former_commune_code", "mã xã cũ"},
       false,
       {}},
      {"former_commune", Type::text, {"home_former_commune", "former_commune", "xã cũ"}, false, {}},
      {"former_district",
       Type::text,
       {"former_district", "district", "huyện", "huyện cũ", "tên huyện"},
       false,
       {"code", "mã"}},
      {"members", Type::count, {"members", "thành viên", "số thành viên"}, false, not_a_count},
      {"union_members",
       Type::count,
       {"union_members", "đoàn viên", "số đoàn viên", "bí thư đoàn"},
       false,
       not_a_count},
      {"established_on",
       Type::date,
       {"established_on", "established", "ngày thành lập", "thành lập"},
       false,
       {}},
      {"generator", Type::count, {"generator", "máy phát điện", "máy phát"}, false, {}},
      {"mobile_router",
       Type::count,
       {"mobile_router", "router", "bộ phát wifi", "bộ phát sóng", "thiết bị phát wifi"},
       false,
       {}},
      {"vehicle", Type::text, {"vehicle", "phương tiện", "xe"}, false, {}},
  };
  return fields;
}

const std::vector<Field>& target_fields() {
  static const std::vector<Field> fields{
      {"scope_level", Type::text, {"scope_level", "level", "cấp"}, false, {}},
      {"code", Type::code, {"scope_code", "code", "unit_code", "mã", "mã đơn vị"}, false, {}},
      {"scope",
       Type::text,
       {"scope", "scope_name", "name", "unit", "đơn vị", "tên đơn vị", "huyện", "xã", "địa phương",
        "địa bàn", "huyện, thị xã, thành phố", "xã, phường, thị trấn"},
       false,
       {"tính"}},
      {"indicator", Type::text, {"indicator", "chỉ số", "tên chỉ tiêu", "nội dung"}, false, {}},
      {"due",
       Type::date,
       {"due", "due_date", "period", "by", "deadline", "hạn", "thời hạn", "đến ngày",
        "hoàn thành trước", "kỳ"},
       false,
       {}},
      {"share",
       Type::share,
       {"share", "target_share", "target", "tỷ lệ", "chỉ tiêu", "tỷ lệ giao", "chỉ tiêu giao",
        "chỉ tiêu %"},
       false,
       {"tên chỉ tiêu", "số người"}},
      {"count",
       Type::count,
       {"count", "target_count", "people", "số người", "chỉ tiêu số người", "số lượng"},
       false,
       {}},
  };
  return fields;
}

const std::vector<Field>& figure_fields() {
  static const std::vector<Field> fields{
      {"document",
       Type::text,
       {"document", "source_file", "source", "nguồn", "văn bản", "tài liệu"},
       false,
       {}},
      {"scope_level", Type::text, {"scope_level", "level", "cấp"}, false, {}},
      {"scope",
       Type::text,
       {"scope", "scope_name", "đơn vị", "tên đơn vị", "địa phương", "địa bàn"},
       true,
       {"tính", "level"}},
      {"indicator", Type::text, {"indicator", "chỉ số", "chỉ tiêu", "nội dung"}, true, {}},
      {"value", Type::measure, {"value", "giá trị", "số liệu", "kết quả"}, true, {}},
      {"qualifier", Type::text, {"qualifier", "mức chính xác", "độ chính xác"}, false, {}},
      {"measure", Type::text, {"measure", "unit", "đơn vị tính", "đvt"}, false, {}},
      {"as_of",
       Type::text,
       {"as_of", "as_of_or_period", "period", "date", "thời điểm", "kỳ", "tính đến"},
       false,
       {}},
      {"kind", Type::text, {"kind", "loại", "loại số liệu"}, false, {}},
      {"note", Type::text, {"note", "notes", "ghi chú"}, false, {}},
  };
  return fields;
}

const std::vector<Field>& crosswalk_fields() {
  static const std::vector<Field> fields{
      {"old_code", Type::code, {"old_code", "former_code", "mã cũ", "mã xã cũ"}, true, {}},
      {"old_name",
       Type::text,
       {"old_name", "former_name", "tên cũ", "tên xã cũ", "xã cũ"},
       true,
       {}},
      {"old_district_code",
       Type::code,
       {"old_district_code", "former_district_code", "mã huyện cũ", "mã huyện"},
       false,
       {}},
      {"old_district",
       Type::text,
       {"old_district", "former_district", "huyện cũ", "huyện", "tên huyện"},
       false,
       {"code", "mã"}},
      {"old_province_code",
       Type::code,
       {"old_province_code", "former_province_code", "mã tỉnh cũ"},
       false,
       {}},
      {"old_province",
       Type::text,
       {"old_province", "former_province", "tỉnh cũ"},
       false,
       {"code", "mã"}},
      {"new_code",
       Type::code,
       {"new_code", "code", "mã mới", "mã xã mới"},
       true,
       {"old", "former"}},
      {"new_name", Type::text, {"new_name", "tên mới", "tên xã mới", "xã mới"}, false, {}},
      {"new_province_code", Type::code, {"new_province_code", "mã tỉnh mới"}, false, {}},
      {"part", Type::text, {"part", "phần", "toàn bộ hay một phần"}, false, {}},
      {"share", Type::share, {"share", "tỷ lệ", "tỷ lệ chia"}, false, {}},
      {"status", Type::text, {"status", "tình trạng", "trạng thái"}, false, {}},
  };
  return fields;
}

}  // namespace

const std::vector<Field>& fields_of(ImportKind kind) {
  static const std::vector<Field> none;
  switch (kind) {
    case ImportKind::reports:
      return report_fields();
    case ImportKind::settlements:
      return settlement_fields();
    case ImportKind::teams:
      return team_fields();
    case ImportKind::targets:
      return target_fields();
    case ImportKind::figures:
      return figure_fields();
    case ImportKind::crosswalk:
      return crosswalk_fields();
    case ImportKind::boundaries:
    case ImportKind::roads:
    case ImportKind::elevation:
      break;
  }
  return none;
}

}  // namespace data
