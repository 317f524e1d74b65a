#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "app/cli/command.hpp"
#include "app/file_names.hpp"
#include "app/jobs.hpp"
#include "app/map_sheet.hpp"
#include "app/points.hpp"
#include "app/print_file.hpp"
#include "app/scene_look.hpp"
#include "data/prepared_land.hpp"
#include "data/rank.hpp"
#include "data/workspace.hpp"
#include "render/image.hpp"
#include "render/offscreen.hpp"
#include "render/palette.hpp"

namespace app {
namespace {

using geo::ErrorKind;
using geo::msg;

struct Options {
  std::string workspace, out, size = "1600x1000", scale = "1", indicator = "activation_l2", at,
                              within, theme = "review", layer = "gap", across = "signal",
                              classes = "Target", count, palette, since, paper, orientation,
                              boundaries = "today";
};

/// The one that `name` calls so; Error (usage) that tells the names of all.
template <class Values, class Name = std::identity>
auto one_of(const std::string& word, const Values& values, const char* option, Name name = {}) {
  std::string all;
  for (const auto& value : values) {
    if (name(value) == word) return value;
    all += (all.empty() ? "" : ", ") + std::string(name(value));
  }
  throw geo::Error(ErrorKind::usage, msg("cli.not_one_of", word), option,
                   msg("cli.choose_one_of", all));
}

constexpr auto id_of = [](const auto& value) { return id(value); };

ClassChoice classes_option(const Options& options) {
  ClassChoice choice;
  std::vector<data::Classification> offered(std::begin(data::all_classifications),
                                            std::end(data::all_classifications));
  std::erase(offered, data::Classification::user_defined);
  choice.by = one_of(options.classes, offered, "--classes", id_of);
  if (!options.count.empty()) {
    choice.classes = static_cast<std::size_t>(whole_option(options.count, "--count", 2, 9));
  }
  if (!options.palette.empty()) {
    const auto id_of_palette = [](const render::Palette& palette) { return palette.id; };
    choice.palette = one_of(options.palette, render::palettes(), "--palette", id_of_palette).id;
  }
  return choice;
}

double scale_option(const std::string& text) {
  double scale = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, scale);
  if (error == std::errc() && rest == end && scale >= 0.5 && scale <= 4) return scale;
  throw geo::Error(ErrorKind::usage, msg("cli.not_in_range", text), "--scale",
                   msg("cli.not_in_range_remedy", 0.5, 4));
}

PictureTheme theme_option(const std::string& text) {
  if (text == "review") return PictureTheme::review;
  if (text == "briefing") return PictureTheme::briefing;
  throw geo::Error(ErrorKind::usage, msg("cli.no_such_theme", text), "--theme",
                   msg("cli.choose_one_of", "review, briefing"));
}

enum class Kind { png, svg, pdf };

Kind kind_of(const std::filesystem::path& out) {
  const std::string extension = extension_of(out);
  if (extension == ".png") return Kind::png;
  if (extension == ".svg") return Kind::svg;
  if (extension == ".pdf") return Kind::pdf;
  throw geo::Error(ErrorKind::usage, msg("cli.unknown_picture", extension), out.string(),
                   msg("cli.unknown_picture_remedy"));
}

constexpr std::string_view papers[] = {"A4", "A3"};
constexpr std::string_view orientations[] = {"landscape", "portrait"};

/// Empty: a picture of --size.
std::optional<render::PaperSize> paper_option(const Options& options) {
  if (options.paper.empty()) {
    if (options.orientation.empty()) return std::nullopt;
    throw geo::Error(ErrorKind::usage, msg("cli.orientation_needs_paper"), "--orientation",
                     msg("cli.orientation_needs_paper_remedy"));
  }
  render::PaperSize size;
  if (one_of(options.paper, papers, "--paper") == "A3") size = {841.89, 1190.55};
  const bool upright = !options.orientation.empty() &&
                       one_of(options.orientation, orientations, "--orientation") == "portrait";
  if (!upright) std::swap(size.width, size.height);
  return size;
}

constexpr int most_pixels = 16'384;  ///< across or down a picture
constexpr double paper_dots = 300;   ///< an inch, of a sheet as a picture
/// Of a picture as a page: as large as browsers show it.
constexpr double points_per_pixel = 0.75;

void print_sheet(const render::Paper& paper, Kind kind, const std::filesystem::path& out,
                 const geo::Progress& progress) {
  if (kind == Kind::png) {
    render::write_png(render::print_image(paper, paper_dots, progress), out, paper_dots);
    return;
  }
  print_file(out, [&](const render::Sink& sink) {
    kind == Kind::pdf ? render::print_pdf(paper, sink, progress)
                      : render::print_svg(paper, sink, progress);
  });
}

/// The picture that a PNG would be, as one page.
void print_page(const Picture& picture, int width, int height, double scale,
                const render::PrintAbout& about, Kind kind, const std::filesystem::path& out) {
  const double points = points_per_pixel / scale;
  const render::PaperSize size{width * points, height * points};
  print_file(out, [&](const render::Sink& sink) {
    if (kind == Kind::svg) {
      render::print_svg(picture.frame, picture.box, width, height, size, sink);
      return;
    }
    render::PicturePrinter printer(about, sink);
    printer.print(picture.frame, picture.box, width, height, size);
    printer.finish();
  });
}

/// Read from the back of a room, no text of a briefing may be lower than 1/45 of the picture: the
/// smallest of a page is 12 pixels.
double enlargement(PictureTheme theme, PixelSize size) {
  return theme == PictureTheme::briefing ? std::max(1.0, size.height / 45.0 / 12) : 1;
}

int run_render(const Options& options, const CommandLine& line) {
  // Everything that can be wrong with the words is said before any work is done.
  const Kind kind = kind_of(options.out);
  const auto paper = paper_option(options);
  const PixelSize size = size_option(options.size, "--size", most_pixels);
  const double scale = scale_option(options.scale);
  const PictureTheme theme = theme_option(options.theme);
  View view;
  view.language = line.language;
  view.indicator = indicator_option(options.indicator);
  if (!options.at.empty()) view.at = day_option(options.at, "--at");
  view.layer = one_of(options.layer, all_layers, "--layer", id_of);
  constexpr Across sides[] = {Across::signal, Across::electricity, Across::teams};
  view.across = one_of(options.across, sides, "--across", id_of);
  view.choice = classes_option(options);
  if (!options.since.empty()) view.since = day_option(options.since, "--since");
  const data::Boundaries boundaries = boundaries_option(options.boundaries);

  const geo::Progress progress = progress_line(line.language);
  std::optional<render::Studio> studio;
  if (kind == Kind::png && !paper) studio.emplace();  // gets ready while the workspace is read
  data::Workspace workspace = data::Workspace::open_for_reading(options.workspace);
  const data::OneMoment moment(workspace.database());
  const auto dataset = load_dataset(workspace, boundaries, view.at, progress);
  require_communes(*dataset, options.workspace);
  if (!options.within.empty()) view.within = data::communes_within(*dataset, options.within);
  const auto pixels = [scale](int length) { return static_cast<int>(length * scale + 0.5); };
  const int width = pixels(size.width), height = pixels(size.height);
  if (dataset->boundaries_of) undrawn_communes(*dataset, options.workspace);
  auto land = dataset->boundaries_of ? data::land_then(workspace, *dataset->boundaries_of, progress)
                                     : data::load_land(workspace, progress);
  const Figures f = figures(*dataset, view, {nullptr, &land->neighbours, nullptr});
  const double larger = enlargement(theme, size);
  const bool near =
      points_fit(*dataset, picture_box(*land, view), size.width / larger, size.height / larger);
  const auto points = near ? make_points(*dataset, land->crs) : nullptr;
  const auto complete = [&](const geo::Box& box, double across, double down) {
    land = data::complete_land(workspace, std::move(land),
                               std::max(box.width() / across, box.height() / down), progress);
  };
  if (paper) {
    const double dots = paper_dots / 72;
    complete(far_islands(*dataset, *land, view.within).box, paper->width * dots,
             paper->height * dots);
    print_sheet(map_sheet(*dataset, land, f, view, points.get(), *paper, kind == Kind::pdf), kind,
                options.out, progress);
    write_message(say(line.language, "cli.picture_written", options.out));
    return 0;
  }
  Picture picture = make_picture(*dataset, land, f, view, theme, points.get());
  picture.frame.pixel_ratio = scale * larger;
  complete(picture.box, width, height);
  picture.frame.land = land;
  if (studio) {
    render::write_png(studio->draw(std::move(picture.frame), picture.box, width, height),
                      options.out);
  } else {
    const render::PrintAbout about{picture.frame.caption.title, dataset->title,
                                   language_tag(line.language), f.at};
    print_page(picture, width, height, scale, about, kind, options.out);
  }
  write_message(say(line.language, "cli.picture_written", options.out));
  return 0;
}

}  // namespace

void add_render(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "render", say(language, "cli.render"), line);
  auto options = std::make_shared<Options>();
  add_value(*command, "OUT", options->out, "", say(language, "cli.render_out"))->required();
  add_workspace(*command, options->workspace, line);
  add_value(*command, "--size", options->size, "WxH", say(language, "cli.size"));
  add_value(*command, "--scale", options->scale, "S", say(language, "cli.scale"));
  add_value(*command, "--indicator", options->indicator, "I", say(language, "cli.indicator"));
  add_value(*command, "--at", options->at, "D", say(language, "cli.at"));
  add_boundaries_option(*command, options->boundaries, line);
  add_value(*command, "--within", options->within, "UNIT", say(language, "cli.within"));
  add_value(*command, "--paper", options->paper, "A4|A3", say(language, "cli.paper"));
  add_value(*command, "--orientation", options->orientation, "O", say(language, "cli.orientation"));
  add_value(*command, "--theme", options->theme, "T", say(language, "cli.theme"));
  add_value(*command, "--layer", options->layer, "L", say(language, "cli.layer"));
  add_value(*command, "--across", options->across, "A", say(language, "cli.across"));
  add_value(*command, "--classes", options->classes, "NAME", say(language, "cli.classes"));
  add_value(*command, "--count", options->count, "N", say(language, "cli.class_count"));
  add_value(*command, "--palette", options->palette, "P", say(language, "cli.colours"));
  add_value(*command, "--since", options->since, "D", say(language, "cli.since"));
  command->callback(
      [options, &line] { line.action = [options, &line] { return run_render(*options, line); }; });
}

}  // namespace app
