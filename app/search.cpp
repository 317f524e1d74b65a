#include "app/search.hpp"

#include <algorithm>
#include <tuple>

#include "data/names.hpp"

namespace app {
namespace {
Found found(const data::Dataset& dataset, const SearchEntry& entry) {
  Found out;
  out.kind = entry.kind;
  const auto commune = [&](geo::UnitIndex unit) {
    if (!unit.valid()) return;
    out.units = {unit};
    out.detail = dataset.communes[unit.value].full_name;
  };
  switch (entry.kind) {
    case FoundKind::commune: {
      const data::Commune& c = dataset.communes[entry.index];
      out.name = c.full_name;
      out.units = {geo::UnitIndex(entry.index)};
      if (c.district >= 0)
        out.detail = dataset.districts[static_cast<std::size_t>(c.district)].name;
      break;
    }
    case FoundKind::district: {
      const data::District& d = dataset.districts[entry.index];
      out.name = d.name;
      if (d.province >= 0)
        out.detail = dataset.provinces[static_cast<std::size_t>(d.province)].name;
      for (std::size_t i = 0; i < dataset.communes.size(); ++i) {
        if (dataset.communes[i].district == static_cast<std::int32_t>(entry.index)) {
          out.units.emplace_back(i);
        }
      }
      break;
    }
    case FoundKind::settlement: {
      const data::Settlement& s = dataset.settlements[entry.index];
      out.name = s.name;
      out.at = s.at;
      commune(s.commune);
      break;
    }
    case FoundKind::team:
      out.name = dataset.teams[entry.index].name;
      commune(dataset.teams[entry.index].home);
      break;
  }
  return out;
}
}  // namespace

SearchIndex build_search(const data::Dataset& dataset) {
  SearchIndex index;
  const auto add = [&index](FoundKind kind, const auto& things, auto name) {
    for (std::size_t i = 0; i < things.size(); ++i) {
      index.push_back({data::fold_search(name(things[i])), kind, static_cast<std::uint32_t>(i)});
    }
  };
  add(FoundKind::commune, dataset.communes, [](const auto& c) { return c.full_name; });
  add(FoundKind::district, dataset.districts, [](const auto& d) { return d.name; });
  add(FoundKind::settlement, dataset.settlements, [](const auto& s) { return s.name; });
  add(FoundKind::team, dataset.teams, [](const auto& t) { return t.name; });
  return index;
}

std::vector<Found> search(const data::Dataset& dataset, const SearchIndex& index,
                          std::string_view words, std::size_t most) {
  const std::string wanted = data::fold_search(words);
  if (wanted.empty()) return {};
  // A name counts as begun also after its kind word: "muong" finds "Xã Mường Nhé" at its front.
  struct Hit {
    FoundKind kind;
    bool inside;
    std::size_t at;
  };
  std::vector<Hit> hits;
  for (std::size_t i = 0; i < index.size(); ++i) {
    const std::size_t place = index[i].folded.find(wanted);
    if (place == std::string::npos) continue;
    const std::size_t kind_word =
        index[i].kind == FoundKind::commune
            ? data::fold_search(dataset.communes[index[i].index].kind).size()
            : 0;
    hits.push_back({index[i].kind, place > 0 && place != kind_word, i});
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return std::tie(a.kind, a.inside, a.at) < std::tie(b.kind, b.inside, b.at);
  });
  if (hits.size() > most) hits.resize(most);
  std::vector<Found> out;
  out.reserve(hits.size());
  for (const Hit& hit : hits) out.push_back(found(dataset, index[hit.at]));
  return out;
}

}  // namespace app
