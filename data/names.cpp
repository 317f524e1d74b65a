#include "data/names.hpp"

#include <utf8proc.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

namespace data {
namespace {

using Runes = std::vector<std::int32_t>;

constexpr std::int32_t replacement = 0xFFFD;

// The five tone marks, as they stand alone after decomposition. The marks of a letter itself
// (â ê ô ơ ă ư) are not tones.
bool is_tone(std::int32_t c) {
  return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
}
bool is_letter_mark(std::int32_t c) { return c == 0x302 || c == 0x306 || c == 0x31B; }

bool is_joiner(std::int32_t c) {  // takes no room: zero-width space and friends, BOM, soft hyphen
  return (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || c == 0xAD;
}

utf8proc_category_t category(std::int32_t c) { return utf8proc_category(c); }

bool is_space(std::int32_t c) {
  const auto k = category(c);
  return c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0x85 ||
         k == UTF8PROC_CATEGORY_ZS || k == UTF8PROC_CATEGORY_ZL || k == UTF8PROC_CATEGORY_ZP;
}

bool is_word(std::int32_t c) {
  switch (category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
      return true;
    default:
      return false;
  }
}

void append(std::string& out, std::int32_t c) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto n = utf8proc_encode_char(c, bytes.data());
  for (utf8proc_ssize_t i = 0; i < n; ++i)
    out += static_cast<char>(bytes[static_cast<std::size_t>(i)]);
}

/// Code points; what is not UTF-8 becomes U+FFFD, one for each bad byte.
Runes decode(std::string_view text) {
  Runes out;
  out.reserve(text.size());
  const auto* p = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t c = 0;
    auto n = utf8proc_iterate(p, left, &c);
    if (n <= 0) {
      c = replacement;
      n = 1;
    }
    out.push_back(c);
    p += n;
    left -= n;
  }
  return out;
}

std::string normalised(const std::string& utf8, utf8proc_option_t options) {
  utf8proc_uint8_t* raw = nullptr;
  const auto n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                              static_cast<utf8proc_ssize_t>(utf8.size()), &raw, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(raw, &std::free);
  if (n < 0) return utf8;  // cannot be: the input is UTF-8 by construction
  return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(n)};
}

/// Case folded and taken apart: base letters followed by their marks.
Runes apart(std::string_view text) {
  return decode(normalised(tidy(text),
                           static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD)));
}

bool is_vowel(std::int32_t c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/// One run of letters or digits with its marks, written in the one way that names are compared in:
/// i for a y that is the only vowel (Mỹ = Mĩ, Quý = Quí, but Thúy stays), tones after the letters.
void append_run(std::string& out, const Runes& run, bool accents) {
  std::vector<std::size_t> letters;  // positions of base letters
  for (std::size_t i = 0; i < run.size(); ++i) {
    if (!is_tone(run[i]) && !is_letter_mark(run[i])) letters.push_back(i);
  }
  std::size_t vowels = 0;
  for (std::size_t k = 0; k < letters.size(); ++k) {
    const bool u_of_qu = run[letters[k]] == 'u' && k > 0 && run[letters[k - 1]] == 'q';
    if (is_vowel(run[letters[k]]) && !u_of_qu) ++vowels;
  }
  bool digits = !run.empty();
  for (const auto c : run) digits = digits && category(c) == UTF8PROC_CATEGORY_ND;
  std::size_t start = 0;
  if (digits) {
    while (start + 1 < run.size() && run[start] == '0') ++start;  // Phường 01 = Phường 1
  }
  std::string tones;
  for (std::size_t i = start; i < run.size(); ++i) {
    auto c = run[i];
    if (is_tone(c)) {
      if (accents) append(tones, c);
      continue;
    }
    if (is_letter_mark(c)) {
      if (accents) append(out, c);
      continue;
    }
    if (c == 'y' && vowels == 1) c = 'i';
    if (c == 0x111 && !accents) c = 'd';  // đ
    append(out, c);
  }
  out += tones;
}

std::string fold(std::string_view text, bool accents, std::string_view between) {
  std::string out;
  Runes run;
  const auto flush = [&] {
    if (run.empty()) return;
    if (!out.empty()) out += between;
    append_run(out, run, accents);
    run.clear();
  };
  for (const auto c : apart(text)) {
    const bool apostrophe = c == '\'' || c == 0x2019 || c == 0x2BC;
    if (is_word(c) || (!run.empty() && (is_tone(c) || is_letter_mark(c)))) {
      run.push_back(c);
    } else if (category(c) == UTF8PROC_CATEGORY_MN || apostrophe) {
      continue;  // other marks say nothing in Vietnamese; H'leo is one word
    } else {
      flush();
    }
  }
  flush();
  return out;
}

struct KindWord {
  std::string_view written;  // case folded, NFC
  std::string_view kind;
};
// A word that a name follows after a space.
constexpr KindWord words[] = {
    {"thị trấn", "thị trấn"},   {"phường", "phường"}, {"đặc khu", "đặc khu"}, {"huyện", "huyện"},
    {"thị xã", "thị xã"},       {"xã", "xã"},         {"quận", "quận"},       {"tỉnh", "tỉnh"},
    {"thành phố", "thành phố"}, {"tt", "thị trấn"},   {"tx", "thị xã"},       {"tp", "thành phố"},
    {"đk", "đặc khu"},
};
// Abbreviations that end in a dot: the name may follow at once.
constexpr KindWord dotted[] = {
    {"x.", "xã"},        {"p.", "phường"},     {"h.", "huyện"},      {"q.", "quận"},
    {"t.", "tỉnh"},      {"tt.", "thị trấn"},  {"tx.", "thị xã"},    {"tp.", "thành phố"},
    {"đk.", "đặc khu"},  {"t.t.", "thị trấn"}, {"t.x.", "thị xã"},   {"t.p.", "thành phố"},
    {"t.t", "thị trấn"}, {"t.x", "thị xã"},    {"t.p", "thành phố"},
};
// One capital letter and a space: X Mường Nhé.
constexpr KindWord capitals[] = {{"X", "xã"}, {"P", "phường"}, {"H", "huyện"}, {"Q", "quận"}};

}  // namespace

bool is_utf8(std::string_view bytes) {
  const auto* p = reinterpret_cast<const utf8proc_uint8_t*>(bytes.data());
  auto left = static_cast<utf8proc_ssize_t>(bytes.size());
  while (left > 0) {
    utf8proc_int32_t c = 0;
    const auto n = utf8proc_iterate(p, left, &c);
    if (n <= 0) return false;
    p += n;
    left -= n;
  }
  return true;
}

std::string tidy(std::string_view text) {
  bool plain = true;  // most cells: ASCII without double or outer spaces
  for (std::size_t i = 0; i < text.size() && plain; ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    plain = c > ' ' && c < 0x7F;
    if (c == ' ') plain = i > 0 && i + 1 < text.size() && text[i - 1] != ' ';
  }
  if (plain) return std::string(text);
  std::string out;
  bool gap = false;
  for (const auto c : decode(text)) {
    if (is_joiner(c)) continue;
    if (is_space(c)) {
      gap = !out.empty();
      continue;
    }
    if (category(c) == UTF8PROC_CATEGORY_CC) continue;
    if (gap) out += ' ';
    gap = false;
    append(out, c);
  }
  return normalised(out, static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
}

std::string fold_name(std::string_view text) { return fold(text, true, ""); }
std::string fold_search(std::string_view text) { return fold(text, false, " "); }

KindAndName split_kind(std::string_view full_name) {
  const std::string name = tidy(full_name);
  const auto rest_after = [&name](std::string_view prefix) -> std::string {
    // Case folding of Vietnamese letters keeps their number of code points, not of bytes.
    const auto runes = decode(name);
    const auto wanted = decode(prefix);
    if (runes.size() <= wanted.size()) return {};
    std::string head, rest;
    for (std::size_t i = 0; i < runes.size(); ++i)
      append(i < wanted.size() ? head : rest, runes[i]);
    const auto folded =
        normalised(head, static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
    return folded == prefix ? rest : std::string{};
  };
  for (const auto& w : dotted) {
    const auto rest = tidy(rest_after(w.written));
    if (!rest.empty() && rest.front() != '.') {
      // "t.t" also begins "T.Thành": only a capital after it makes it an abbreviation with a dot.
      if (w.written.back() != '.' && rest_after(w.written).front() != ' ') continue;
      return {std::string(w.kind), rest};
    }
  }
  for (const auto& w : words) {
    const auto rest = rest_after(w.written);
    if (!rest.empty() && (rest.front() == ' ' || rest.front() == ':')) {
      const auto clean = tidy(std::string_view(rest).substr(1));
      if (!clean.empty()) return {std::string(w.kind), clean};
    }
  }
  for (const auto& w : capitals) {
    if (name.size() > 2 && name.front() == w.written.front() && name[1] == ' ')
      return {std::string(w.kind), name.substr(2)};
  }
  return {{}, name};
}

}  // namespace data
