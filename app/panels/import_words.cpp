#include "app/panels/import_words.hpp"

#include <array>
#include <utility>

#include "app/panels/draw.hpp"

namespace app {

std::string kind_text(Language language, data::ImportKind kind) {
  switch (kind) {
    case data::ImportKind::boundaries:
      return say(language, "app.kind_boundaries");
    case data::ImportKind::crosswalk:
      return say(language, "app.kind_crosswalk");
    case data::ImportKind::settlements:
      return say(language, "app.kind_settlements");
    case data::ImportKind::teams:
      return say(language, "app.kind_teams");
    case data::ImportKind::reports:
      return say(language, "app.kind_reports");
    case data::ImportKind::targets:
      return say(language, "app.kind_targets");
    case data::ImportKind::figures:
      return say(language, "app.kind_figures");
    case data::ImportKind::roads:
      return say(language, "app.kind_roads");
    case data::ImportKind::elevation:
      return say(language, "app.kind_elevation");
  }
  return {};
}

std::string field_text(Language language, const std::string& field) {
  const std::array names{
      std::pair("code", geo::msg("app.field_code")),
      std::pair("class", geo::msg("app.field_class")),
      std::pair("speed", geo::msg("app.field_speed")),
      std::pair("name", geo::msg("app.field_name")),
      std::pair("full_name", geo::msg("app.field_full_name")),
      std::pair("parent", geo::msg("app.field_parent")),
      std::pair("id", geo::msg("app.field_id")),
      std::pair("district", geo::msg("app.field_district")),
      std::pair("date", geo::msg("app.field_date")),
      std::pair("eligible", geo::msg("app.field_eligible")),
      std::pair("installed", geo::msg("app.field_installed")),
      std::pair("activated_l1", geo::msg("app.field_activated_l1")),
      std::pair("activated_l2", geo::msg("app.field_activated_l2")),
      std::pair("sessions", geo::msg("app.field_sessions")),
      std::pair("reached", geo::msg("app.field_reached")),
      std::pair("rate", geo::msg("app.field_rate")),
      std::pair("kind", geo::msg("app.field_kind")),
      std::pair("commune_code", geo::msg("app.field_commune_code")),
      std::pair("commune", geo::msg("app.field_commune")),
      std::pair("former_commune_code", geo::msg("app.field_former_commune_code")),
      std::pair("former_commune", geo::msg("app.field_former_commune")),
      std::pair("former_district", geo::msg("app.field_former_district")),
      std::pair("former_district_code", geo::msg("app.field_former_district_code")),
      std::pair("province", geo::msg("app.field_province")),
      std::pair("province_code", geo::msg("app.field_province_code")),
      std::pair("area_km2", geo::msg("app.field_area_km2")),
      std::pair("population", geo::msg("app.field_population")),
      std::pair("lon", geo::msg("app.field_lon")),
      std::pair("lat", geo::msg("app.field_lat")),
      std::pair("households", geo::msg("app.field_households")),
      std::pair("residents", geo::msg("app.field_residents")),
      std::pair("electricity", geo::msg("app.field_electricity")),
      std::pair("signal", geo::msg("app.field_signal")),
      std::pair("smartphone_share", geo::msg("app.field_smartphone_share")),
      std::pair("own_sim_share", geo::msg("app.field_own_sim_share")),
      std::pair("away_share", geo::msg("app.field_away_share")),
      std::pair("road", geo::msg("app.field_road")),
      std::pair("level", geo::msg("app.field_level")),
      std::pair("members", geo::msg("app.field_members")),
      std::pair("union_members", geo::msg("app.field_union_members")),
      std::pair("established_on", geo::msg("app.field_established_on")),
      std::pair("generator", geo::msg("app.field_generator")),
      std::pair("mobile_router", geo::msg("app.field_mobile_router")),
      std::pair("vehicle", geo::msg("app.field_vehicle")),
      std::pair("indicator", geo::msg("app.field_indicator")),
      std::pair("due", geo::msg("app.field_due")),
      std::pair("share", geo::msg("app.field_share")),
      std::pair("count", geo::msg("app.field_count")),
      std::pair("scope_level", geo::msg("app.field_scope_level")),
      std::pair("scope", geo::msg("app.field_scope")),
      std::pair("value", geo::msg("app.field_value")),
      std::pair("qualifier", geo::msg("app.field_qualifier")),
      std::pair("measure", geo::msg("app.field_measure")),
      std::pair("as_of", geo::msg("app.field_as_of")),
      std::pair("document", geo::msg("app.field_document")),
      std::pair("source_document", geo::msg("app.field_source_document")),
      std::pair("note", geo::msg("app.field_note")),
      std::pair("unit", geo::msg("app.field_unit")),
      std::pair("unit_code", geo::msg("app.field_unit_code")),
      std::pair("part", geo::msg("app.field_part")),
      std::pair("status", geo::msg("app.field_status")),
      std::pair("old_code", geo::msg("app.field_old_code")),
      std::pair("new_code", geo::msg("app.field_new_code")),
      std::pair("old_name", geo::msg("app.field_old_name")),
      std::pair("new_name", geo::msg("app.field_new_name")),
      std::pair("old_district", geo::msg("app.field_old_district")),
      std::pair("old_district_code", geo::msg("app.field_old_district_code")),
      std::pair("old_province", geo::msg("app.field_old_province")),
      std::pair("old_province_code", geo::msg("app.field_old_province_code")),
      std::pair("new_province_code", geo::msg("app.field_new_province_code")),
      std::pair("new_province", geo::msg("app.field_new_province")),
  };
  for (const auto& [id, name] : names) {
    if (field == id) return say(language, name);
  }
  return field;
}

std::string role_text(Language language, data::RowRole role) {
  switch (role) {
    case data::RowRole::blank:
      return say(language, "app.role_blank");
    case data::RowRole::title:
      return say(language, "app.role_title");
    case data::RowRole::heading:
      return say(language, "app.role_heading");
    case data::RowRole::group:
      return say(language, "app.role_group");
    case data::RowRole::data:
      return say(language, "app.role_data");
    case data::RowRole::total:
      return say(language, "app.role_total");
    case data::RowRole::note:
      return say(language, "app.role_note");
  }
  return {};
}

std::string match_text(Language language, data::Match match) {
  switch (match) {
    case data::Match::none:
      return say(language, "app.match_none");
    case data::Match::code:
      return say(language, "app.match_code");
    case data::Match::name:
      return say(language, "app.match_name");
    case data::Match::name_and_kind:
      return say(language, "app.match_name_and_kind");
    case data::Match::former:
      return say(language, "app.match_former");
    case data::Match::fuzzy:
      return say(language, "app.match_fuzzy");
  }
  return {};
}

std::string change_text(Language language, data::Change change) {
  switch (change) {
    case data::Change::none:
      return {};
    case data::Change::added:
      return say(language, "app.change_added");
    case data::Change::changed:
      return say(language, "app.change_changed");
    case data::Change::same:
      return say(language, "app.change_same");
    case data::Change::refused:
      return say(language, "app.change_refused");
  }
  return {};
}

render::Colour change_colour(data::Change change) {
  switch (change) {
    case data::Change::added:
      return shade::cool;
    case data::Change::changed:
      return render::house::selection;
    case data::Change::refused:
      return render::rgb(0xb42318);
    case data::Change::none:
    case data::Change::same:
      break;
  }
  return render::house::muted;
}

}  // namespace app
