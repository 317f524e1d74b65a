#include "app/briefing_export.hpp"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "app/export.hpp"
#include "app/file_names.hpp"
#include "app/plan_words.hpp"
#include "app/print_file.hpp"
#include "data/table_out.hpp"
#include "geo/error.hpp"
#include "render/offscreen.hpp"
#include "render/page/print.hpp"

namespace app {
namespace {

using geo::msg;
using Cell = data::TableOut::Cell;
using Kind = data::TableOut::Kind;

/// Scenes that look at the same communes and numbers share a table.
std::vector<std::size_t> table_of_scene(const Show& show) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < show.figures.size(); ++i) {
    const auto first = std::find(show.figures.begin(), show.figures.end(), show.figures[i]);
    out.push_back(static_cast<std::size_t>(first - show.figures.begin()));
  }
  return out;
}

data::TableOut overview(const Show& show, Language language,
                        const std::vector<std::size_t>& tables) {
  data::TableOut out;
  out.title = say(language, "app.brief_sheet_overview");
  out.columns = {{"scene", say(language, "app.brief_sheet_scene"), Kind::people},
                 {"headline", say(language, "app.brief_sheet_headline"), Kind::text},
                 {"number", say(language, "app.brief_sheet_number"), Kind::text},
                 {"words", say(language, "app.brief_sheet_words"), Kind::text},
                 {"shown", say(language, "app.brief_sheet_shown"), Kind::text},
                 {"date", say(language, "app.brief_sheet_date"), Kind::date},
                 {"remark", say(language, "app.brief_sheet_remark"), Kind::text},
                 {"table", say(language, "app.brief_sheet_table"), Kind::people}};
  for (std::size_t i = 0; i < show.scenes.size(); ++i) {
    const SceneShown& scene = show.scenes[i];
    out.rows.push_back({static_cast<double>(i + 1), scene.headline, scene.words.number,
                        scene.words.words, scene.words.subtitle, show.figures[i]->at,
                        scene.outdated ? say(language, "app.brief_outdated") : std::string(),
                        static_cast<double>(tables[i] + 1)});
  }
  return out;
}

/// What each scene says of single communes, all in one table.
data::TableOut named(const Show& show, Language language) {
  const data::Dataset& dataset = *show.loaded->dataset;
  data::TableOut out;
  out.title = say(language, "app.brief_sheet_named");
  out.columns = {{"scene", say(language, "app.brief_sheet_scene"), Kind::people},
                 {"code", say(language, "app.brief_sheet_code"), Kind::text},
                 {"commune", say(language, "app.brief_sheet_commune"), Kind::text},
                 {"district", say(language, "app.brief_sheet_district"), Kind::text},
                 {"value", say(language, "app.brief_sheet_value"), Kind::decimal},
                 {"shown", say(language, "app.brief_sheet_words"), Kind::text}};
  for (std::size_t i = 0; i < show.scenes.size(); ++i) {
    const SceneShown& scene = show.scenes[i];
    for (const data::StatementRow& row : scene.statement.rows) {
      const data::Commune& commune = dataset.communes[row.commune.value];
      const auto bar =
          std::find_if(scene.words.bars.begin(), scene.words.bars.end(),
                       [&](const StatementWords::Bar& b) { return b.commune == row.commune; });
      out.rows.push_back({static_cast<double>(i + 1), commune.code.text, commune.full_name,
                          district_name(dataset, row.commune), row.value,
                          bar != scene.words.bars.end() ? bar->value : std::string()});
    }
  }
  return out;
}

void write_tables(const Show& show, Language language, const std::filesystem::path& file,
                  const geo::Progress& progress) {
  const std::vector<std::size_t> of_scene = table_of_scene(show);
  std::vector<data::TableOut> tables{overview(show, language, of_scene), named(show, language)};
  for (std::size_t i = 0; i < show.scenes.size(); ++i) {
    if (of_scene[i] != i) continue;
    progress.at(static_cast<double>(i) / static_cast<double>(show.scenes.size()),
                msg("app.doing_brief_tables"));
    data::TableOut table = make_export(*show.loaded->dataset, *show.figures[i], show.scenes[i].view,
                                       {}, show.loaded->file)
                               .table;
    table.title = say(language, "app.brief_sheet_of_scene", i + 1);
    tables.push_back(std::move(table));
  }
  data::write_xlsx(tables, without_contacts(show.briefing.name), file);
}

std::string picture_name(std::size_t scene) {
  char name[32];
  std::snprintf(name, sizeof name, "%02zu.png", scene);
  return name;
}

/// Pictures of a longer briefing would stand among those of this one.
void require_room(const std::filesystem::path& folder, std::size_t scenes) {
  std::error_code failed;
  if (std::filesystem::exists(folder / picture_name(scenes + 1), failed))
    throw geo::Error(geo::ErrorKind::usage, msg("app.brief_others_there", picture_name(scenes + 1)),
                     folder.string(), msg("app.brief_others_there_remedy"));
}

geo::Message drawing(std::size_t scene, std::size_t of) {
  return msg("app.doing_brief_scene", scene, of);
}

void write_pictures(const Show& show, const std::filesystem::path& folder, HandoutSize size,
                    const geo::Progress& progress) {
  const std::size_t count = show.scenes.size();
  std::size_t asked = 0, done = 0;
  const auto next = [&]() -> std::optional<render::PictureOrder> {
    if (asked == count) return std::nullopt;
    progress.at(static_cast<double>(asked) / static_cast<double>(count), drawing(asked + 1, count));
    Picture picture = picture_of(show, asked++, size.width, size.height);
    return render::PictureOrder{std::move(picture.frame), picture.box, size.width, size.height};
  };
  render::draw_pictures(next, [&](const render::Image& image) {
    render::write_png(image, folder / picture_name(++done));
  });
}

/// A page as wide as A4 lies, in the shape of the screen.
render::PaperSize page_for(HandoutSize size) {
  constexpr double across = 841.89;
  return {across, across * size.height / size.width};
}

void write_pages(const Show& show, Language language, const std::filesystem::path& file,
                 HandoutSize size, const geo::Progress& progress) {
  print_file(file, [&](const render::Sink& sink) {
    render::PicturePrinter printer(
        {without_contacts(show.briefing.name), show.loaded->dataset->title, language_tag(language),
         date_shown(*show.loaded->dataset, std::nullopt)},
        sink);
    const std::size_t count = show.scenes.size();
    for (std::size_t i = 0; i < count; ++i) {
      progress.at(static_cast<double>(i) / static_cast<double>(count), drawing(i + 1, count));
      const Picture picture = picture_of(show, i, size.width, size.height);
      printer.print(picture.frame, picture.box, size.width, size.height, page_for(size),
                    std::to_string(i + 1) + ". " + show.scenes[i].headline);
    }
    printer.finish();
  });
}

}  // namespace

void require_handout(const std::filesystem::path& out) {
  const std::string extension = extension_of(out);
  std::error_code failed;
  const bool folder = std::filesystem::is_directory(out, failed);
  if (extension == ".pdf" || extension == ".xlsx" || extension.empty() || folder) {
    if (extension.empty() && std::filesystem::exists(out, failed) && !folder)
      throw geo::Error(geo::ErrorKind::usage, msg("app.brief_not_a_folder"), out.string(),
                       msg("app.brief_export_remedy"));
    return;
  }
  throw geo::Error(geo::ErrorKind::usage, msg("app.brief_export_kind", extension), out.string(),
                   msg("app.brief_export_remedy"));
}

void export_briefing(const Show& show, Language language, const std::filesystem::path& out,
                     HandoutSize size, const geo::Progress& progress) {
  require_handout(out);
  if (show.scenes.empty())
    throw geo::Error(geo::ErrorKind::usage, msg("app.brief_no_scenes"), show.briefing.name,
                     msg("app.brief_no_scenes_remedy"));
  std::error_code failed;
  const std::string extension = extension_of(out);
  const bool file = !std::filesystem::is_directory(out, failed);
  if (file && extension == ".pdf") {
    write_pages(show, language, out, size, progress);
  } else if (file && extension == ".xlsx") {
    write_tables(show, language, out, progress);
  } else {
    std::filesystem::create_directories(out, failed);
    if (failed == std::errc::permission_denied || failed == std::errc::read_only_file_system)
      throw geo::Error(geo::ErrorKind::io, msg("data.out_not_writable"), out.string(),
                       msg("data.out_not_writable_remedy"));
    if (failed)
      throw geo::Error(geo::ErrorKind::io, msg("app.brief_no_folder", failed.message()),
                       out.string(), msg("app.brief_export_remedy"));
    require_room(out, show.scenes.size());
    write_pictures(show, out, size, progress.part(0, 0.9));
    write_tables(show, language, out / (say(language, "app.brief_tables_file") + ".xlsx"),
                 progress.part(0.9, 1));
  }
}

}  // namespace app
