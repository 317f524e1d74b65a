#pragma once

namespace data {

/// How long ago the last meeting was where nobody says when: they are held every four weeks.
inline constexpr int days_between_meetings = 28;

}  // namespace data
