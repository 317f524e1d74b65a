#include "app/telex.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace app {
namespace {

/// Vowels by letter, each without a tone and then in the order of `tone_keys`.
constexpr std::string_view vowels =
    "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴ";
constexpr std::size_t tones = 6, letters = 12;
constexpr std::string_view tone_keys = "zfsrxj";

enum Vowel : std::uint8_t { a, a_breve, a_hat, e, e_hat, i, o, o_hat, o_horn, u, u_horn, y };

/// A letter taken apart.
struct Letter {
  std::optional<std::uint8_t> vowel;  ///< a Vowel
  std::size_t tone = 0;
  bool upper = false;
  std::string other;  ///< no vowel: as it stands

  bool is(Vowel v) const { return vowel == v; }
};

std::size_t length_of(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size =
        std::min(length_of(static_cast<unsigned char>(text[at])), text.size() - at);
    out.push_back(text.substr(at, size));
    at += size;
  }
  return out;
}

const std::vector<std::string_view>& all_vowels() {
  static const std::vector<std::string_view> all = characters(vowels);
  return all;
}

std::vector<Letter> taken_apart(std::string_view word) {
  std::vector<Letter> out;
  for (const std::string_view c : characters(word)) {
    const auto& all = all_vowels();
    const auto at = static_cast<std::size_t>(std::find(all.begin(), all.end(), c) - all.begin());
    Letter letter;
    if (at < all.size()) {
      letter.upper = at >= letters * tones;
      letter.vowel = static_cast<std::uint8_t>(at % (letters * tones) / tones);
      letter.tone = at % tones;
    } else {
      letter.other = std::string(c);
    }
    out.push_back(std::move(letter));
  }
  return out;
}

std::string put_together(const std::vector<Letter>& word) {
  std::string out;
  for (const Letter& letter : word)
    out += letter.vowel ? all_vowels()[(letter.upper ? letters * tones : 0) +
                                       *letter.vowel * tones + letter.tone]
                        : std::string_view(letter.other);
  return out;
}

bool is_one_of(const Letter& letter, std::string_view lower, std::string_view upper) {
  return !letter.vowel && (letter.other == lower || letter.other == upper);
}

/// The vowels in a row that make the syllable: the u of "qu" and the i of "gi" are none of them
/// where others follow.
std::pair<std::size_t, std::size_t> nucleus(const std::vector<Letter>& word) {
  std::size_t last = word.size();
  while (last > 0 && !word[last - 1].vowel) --last;
  std::size_t first = last;
  while (first > 0 && word[first - 1].vowel) --first;
  if (last - first > 1 && first > 0) {
    const bool q = is_one_of(word[first - 1], "q", "Q") && word[first].is(u);
    const bool g = is_one_of(word[first - 1], "g", "G") && word[first].is(i);
    if (q || g) ++first;
  }
  return {first, last};
}

/// Where the tone stands: on a letter with a sign of its own, else as in hòa, hoàn, ngoài.
std::size_t place_of_tone(const std::vector<Letter>& word) {
  const auto [first, last] = nucleus(word);
  for (std::size_t k = last; k > first; --k) {
    const Letter& letter = word[k - 1];
    if (letter.is(a_breve) || letter.is(a_hat) || letter.is(e_hat) || letter.is(o_hat) ||
        letter.is(o_horn) || letter.is(u_horn))
      return k - 1;
  }
  const std::size_t count = last - first;
  const bool closed = last < word.size();
  if (count >= 3) return first + 1;
  return count == 2 && closed ? first + 1 : first;
}

std::size_t tone_of(const std::vector<Letter>& word) {
  std::size_t tone = 0;
  for (const Letter& letter : word) tone = std::max(tone, letter.tone);
  return tone;
}

void set_tone(std::vector<Letter>& word, std::size_t tone) {
  for (Letter& letter : word) letter.tone = 0;
  const auto [first, last] = nucleus(word);
  if (first < last) word[place_of_tone(word)].tone = tone;
}

/// The key's sign on a letter; back where it has the sign already, which then asks for the key
/// itself. Nothing where no letter takes it.
enum class Signed : std::uint8_t { no, put, taken_back };

Signed change(std::vector<Letter>& word, Vowel plain, Vowel other, Vowel with) {
  const auto [first, last] = nucleus(word);
  for (std::size_t k = last; k > first; --k) {
    Letter& letter = word[k - 1];
    if (letter.is(with)) {
      letter.vowel = plain;
      return Signed::taken_back;
    }
    if (letter.is(plain) || letter.is(other)) {
      letter.vowel = with;
      return Signed::put;
    }
  }
  return Signed::no;
}

Signed hat_or_horn(std::vector<Letter>& word, char lower) {
  switch (lower) {
    case 'a':
      return change(word, a, a_breve, a_hat);
    case 'e':
      return change(word, e, e, e_hat);
    case 'o':
      return change(word, o, o_horn, o_hat);
    default:
      break;
  }
  const auto [first, last] = nucleus(word);
  // "uo" takes both horns at once: mường, được.
  for (std::size_t k = first; k + 1 < last; ++k) {
    Letter &one = word[k], &two = word[k + 1];
    if (one.is(u_horn) && two.is(o_horn)) {
      one.vowel = u;
      two.vowel = o;
      return Signed::taken_back;
    }
    if ((one.is(u) || one.is(u_horn)) && (two.is(o) || two.is(o_hat) || two.is(o_horn))) {
      one.vowel = u_horn;
      two.vowel = o_horn;
      return Signed::put;
    }
  }
  for (const auto& [plain, other, with] :
       {std::array{a, a_hat, a_breve}, {o, o_hat, o_horn}, {u, u, u_horn}}) {
    if (const Signed done = change(word, plain, other, with); done != Signed::no) return done;
  }
  return Signed::no;
}

Signed bar(std::vector<Letter>& word) {
  for (Letter& letter : word) {
    for (const auto& [plain, barred] : {std::pair{"d", "đ"}, {"D", "Đ"}}) {
      if (letter.vowel || (letter.other != plain && letter.other != barred)) continue;
      const bool back = letter.other == barred;
      letter.other = back ? plain : barred;
      return back ? Signed::taken_back : Signed::put;
    }
  }
  return Signed::no;
}

}  // namespace

std::string telex(std::string_view word, char key) {
  std::vector<Letter> out = taken_apart(word);
  const char lower = key >= 'A' && key <= 'Z' ? static_cast<char>(key - 'A' + 'a') : key;
  if (lower < 'a' || lower > 'z') return std::string(word) + key;
  const std::size_t tone = tone_of(out);
  const auto [first, last] = nucleus(out);
  const auto append = [&] {
    Letter letter = taken_apart({&key, 1}).front();
    out.push_back(std::move(letter));
  };
  const std::size_t asked = tone_keys.find(lower);
  if (asked != std::string_view::npos && first < last && (asked > 0 || tone > 0)) {
    const bool again = asked == tone;
    set_tone(out, again ? 0 : asked);
    if (again) append();
    return put_together(out);
  }
  Signed done = Signed::no;
  if (lower == 'a' || lower == 'e' || lower == 'o' || lower == 'w') done = hat_or_horn(out, lower);
  if (lower == 'd') done = bar(out);
  if (done == Signed::no && lower == 'w') {
    out.push_back({u_horn, 0, key == 'W', {}});
  } else if (done != Signed::put) {
    append();
  }
  set_tone(out, tone);  // letters that come later may move it
  return put_together(out);
}

std::string telex_typed(std::string_view text, char key) {
  std::size_t begin = text.size();
  while (begin > 0) {
    const auto c = static_cast<unsigned char>(text[begin - 1]);
    if (c < 0x80 && !((c | 0x20U) >= 'a' && (c | 0x20U) <= 'z')) break;
    --begin;
  }
  return std::string(text.substr(0, begin)) + telex(text.substr(begin), key);
}

}  // namespace app
