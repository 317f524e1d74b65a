#include "app/one_of.hpp"

#include "app/command.hpp"
#include "app/job.hpp"

namespace app {

template <class Kinds>
OneOf<Kinds>::OneOf() = default;
template <class Kinds>
OneOf<Kinds>::OneOf(const OneOf&) = default;
template <class Kinds>
OneOf<Kinds>::OneOf(OneOf&&) noexcept = default;
template <class Kinds>
OneOf<Kinds>& OneOf<Kinds>::operator=(const OneOf&) = default;
template <class Kinds>
OneOf<Kinds>& OneOf<Kinds>::operator=(OneOf&&) noexcept = default;
template <class Kinds>
OneOf<Kinds>::~OneOf() = default;

template struct OneOf<PlanCommandKinds>;
template struct OneOf<BriefingCommandKinds>;
template struct OneOf<EntryCommandKinds>;
template struct OneOf<CommandKinds>;
template struct OneOf<JobRequestKinds>;

}  // namespace app
