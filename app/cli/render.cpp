#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "app/cli/command.hpp"
#include "app/map_sheet.hpp"
#include "app/points.hpp"
#include "app/print_file.hpp"
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
                              classes = "Target", count, palette, since, paper, orientation;
};

constexpr std::string_view layers[] = {"gap",      "two_way", "performance",
                                       "clusters", "change",  "silence"};
constexpr std::string_view sides[] = {"signal", "electricity", "teams"};

/// The position of a word in its list; Error (usage) that names the list.
template <std::size_t count>
std::size_t one_of(const std::string& word, const std::string_view (&list)[count],
                   const char* option) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) {
    if (list[i] == word) return i;
    all += (all.empty() ? "" : ", ") + std::string(list[i]);
  }
  throw geo::Error(ErrorKind::usage, msg("cli.not_one_of", word), option,
                   msg("cli.choose_one_of", all));
}

ClassChoice classes_option(const Options& options) {
  ClassChoice choice;
  const auto by = data::classification_by_id(options.classes);
  if (!by || *by == data::Classification::user_defined) {
    std::string all;
    for (const data::Classification c : data::all_classifications) {
      if (c == data::Classification::user_defined) continue;
      all += (all.empty() ? "" : ", ") + std::string(data::id(c));
    }
    throw geo::Error(ErrorKind::usage, msg("cli.not_one_of", options.classes), "--classes",
                     msg("cli.choose_one_of", all));
  }
  choice.by = *by;
  if (!options.count.empty()) {
    choice.classes = static_cast<std::size_t>(whole_option(options.count, "--count", 2, 9));
  }
  choice.palette = options.palette;
  if (!choice.palette.empty() && render::palette(choice.palette, 2, 2).empty()) {
    std::string all;
    for (const render::Palette& p : render::palettes()) {
      all += (all.empty() ? "" : ", ") + std::string(p.id);
    }
    throw geo::Error(ErrorKind::usage, msg("cli.not_one_of", choice.palette), "--palette",
                     msg("cli.choose_one_of", all));
  }
  return choice;
}

struct Size {
  int width = 0, height = 0;
};

Size size_option(const std::string& text) {
  constexpr int least = 200, most = 16'384;
  Size size;
  const char* end = text.data() + text.size();
  const auto [x, first] = std::from_chars(text.data(), end, size.width);
  bool good = first == std::errc() && x != end && (*x == 'x' || *x == 'X');
  if (good) {
    const auto [rest, second] = std::from_chars(x + 1, end, size.height);
    good = second == std::errc() && rest == end;
  }
  good = good && size.width >= least && size.height >= least && size.width <= most &&
         size.height <= most;
  if (good) return size;
  throw geo::Error(ErrorKind::usage, msg("cli.not_a_size", text), "--size",
                   msg("cli.not_a_size_remedy", least, most));
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
  std::string extension = out.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
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
  if (one_of(options.paper, papers, "--paper") == 1) size = {841.89, 1190.55};
  const bool upright = !options.orientation.empty() &&
                       one_of(options.orientation, orientations, "--orientation") == 1;
  if (!upright) std::swap(size.width, size.height);
  return size;
}

constexpr double paper_dots = 300;  ///< an inch, of a sheet as a picture
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
double enlargement(PictureTheme theme, Size size) {
  return theme == PictureTheme::briefing ? std::max(1.0, size.height / 45.0 / 12) : 1;
}

int run_render(const Options& options, const CommandLine& line) {
  // Everything that can be wrong with the words is said before any work is done.
  const Kind kind = kind_of(options.out);
  const auto paper = paper_option(options);
  const Size size = size_option(options.size);
  const double scale = scale_option(options.scale);
  const PictureTheme theme = theme_option(options.theme);
  View view;
  view.language = line.language;
  view.indicator = indicator_option(options.indicator);
  if (!options.at.empty()) view.at = day_option(options.at, "--at");
  view.layer = all_layers[one_of(options.layer, layers, "--layer")];
  view.across = static_cast<Across>(one_of(options.across, sides, "--across"));
  view.choice = classes_option(options);
  if (!options.since.empty()) view.since = day_option(options.since, "--since");

  const geo::Progress progress = progress_line(line.language);
  std::optional<render::Studio> studio;
  if (kind == Kind::png && !paper) studio.emplace();  // gets ready while the workspace is read
  data::Workspace workspace = data::Workspace::open_for_reading(options.workspace);
  const data::OneMoment moment(workspace.database());
  const auto dataset = workspace.load(progress);
  if (dataset->communes.empty()) {
    throw geo::Error(ErrorKind::io, msg("cli.no_communes"), options.workspace,
                     msg("cli.no_communes_remedy"));
  }
  if (!options.within.empty()) view.within = data::communes_within(*dataset, options.within);
  const auto pixels = [scale](int length) { return static_cast<int>(length * scale + 0.5); };
  const int width = pixels(size.width), height = pixels(size.height);
  auto land = data::load_land(workspace, progress);
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
                                   line.language == Language::vietnamese ? "vi" : "en", f.at};
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
