#pragma once
#include <string>
#include <string_view>

namespace app {

/// Typing Vietnamese on a plain keyboard by the Telex rules (aa â, aw ă, ow ơ, uw ư, dd đ; s f r x
/// j for tones, z for none; a key once more takes its sign back), for machines without an input
/// method. `word`: what stands before the cursor since the last character that is no letter, NFC
/// UTF-8. Answers the word after the key, an ASCII letter; other keys are appended.
std::string telex(std::string_view word, char key);

/// A text after one key at its end.
std::string telex_typed(std::string_view text, char key);

}  // namespace app
