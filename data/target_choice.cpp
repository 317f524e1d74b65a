#include "data/target_choice.hpp"

namespace data {
namespace {

using Scope = Target::Scope;

std::size_t at(Scope scope) { return static_cast<std::size_t>(scope); }

}  // namespace

ScopeSums::ScopeSums(const Dataset& dataset)
    : provinces(dataset.provinces.size()),
      districts(dataset.districts.size()),
      communes(dataset.communes.size()),
      reporters(dataset.reporters.size()) {}

TargetChoice::TargetChoice(const Dataset& dataset, Indicator indicator, geo::Date at_date)
    : at_(at_date) {
  by_scope_[at(Scope::country)].resize(1);
  by_scope_[at(Scope::province)].resize(dataset.provinces.size());
  by_scope_[at(Scope::district)].resize(dataset.districts.size());
  by_scope_[at(Scope::commune)].resize(dataset.communes.size());
  by_scope_[at(Scope::reporter)].resize(dataset.reporters.size());
  for (const Target& target : dataset.targets) {
    auto& scope = by_scope_[at(target.scope)];
    if (target.indicator != id(indicator) || target.index >= scope.size()) continue;
    if (!target.share && !target.count) continue;
    const Target*& held = scope[target.index];
    if (held == nullptr || better(target, *held)) held = &target;
    any_count_ = any_count_ || !target.share;
  }
}

std::optional<double> TargetChoice::share(const Place& place, const ScopeSums& sums) const {
  if (const auto t = one(Scope::reporter, place.reporter, sums.reporters)) return t;
  if (const auto t = one(Scope::commune, place.commune, sums.communes)) return t;
  if (const auto t = one(Scope::district, place.district, sums.districts)) return t;
  if (const auto t = one(Scope::province, place.province, sums.provinces)) return t;
  return one(Scope::country, 0, {&sums.country, 1});
}

bool TargetChoice::better(const Target& a, const Target& b) const {
  const bool a_ahead = a.due >= at_, b_ahead = b.due >= at_;
  if (a_ahead != b_ahead) return a_ahead;
  return a_ahead ? a.due < b.due : a.due > b.due;
}

std::optional<double> TargetChoice::one(Scope scope, std::int32_t index,
                                        std::span<const double> sums) const {
  if (index < 0) return std::nullopt;
  const auto i = static_cast<std::size_t>(index);
  const Target* target = by_scope_[at(scope)][i];
  if (target == nullptr) return std::nullopt;
  if (target->share) return *target->share;
  if (sums[i] <= 0) return std::nullopt;  // nobody to spread it over
  return static_cast<double>(*target->count) / sums[i];
}

}  // namespace data
