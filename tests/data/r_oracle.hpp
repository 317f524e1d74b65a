#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <map>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

/// R as a second opinion (tests/data/r_oracle.R). Tests are skipped where it is not installed.
namespace r {

/// By what was asked for: keys and numbers, in R's order.
using Answer = std::map<std::string, std::vector<std::pair<std::string, double>>>;

inline bool has(const std::string& packages) {
#ifdef _WIN32
  return false;
#else
  std::string command = "Rscript --vanilla -e 'for (p in strsplit(\"" + packages +
                        "\", \" \")[[1]]) loadNamespace(p)' >/dev/null 2>&1";
  return std::system(command.c_str()) == 0;
#endif
}

/// A file of columns; the first is called `code`.
inline void write(const std::filesystem::path& file, const std::string& columns,
                  const std::vector<std::pair<std::string, std::vector<double>>>& rows) {
  std::ofstream out(file);
  out << "code," << columns << '\n' << std::setprecision(17);
  for (const auto& [code, numbers] : rows) {
    out << code;
    for (const double number : numbers) out << ',' << number;
    out << '\n';
  }
}

inline std::optional<Answer> ask(const std::string& question, const std::filesystem::path& folder,
                                 const std::filesystem::path& boundaries = {}) {
  const std::string command = "Rscript --vanilla '" PHUSONG_SOURCE_DIR "/tests/data/r_oracle.R' " +
                              question + " '" + folder.string() + "' '" + boundaries.string() + "'";
  if (std::system(command.c_str()) != 0) return std::nullopt;
  Answer answer;
  std::ifstream in(folder / "answer.csv");
  for (std::string line; std::getline(in, line);) {
    std::istringstream row(line);
    std::string what, key, number;
    std::getline(row, what, ',');
    std::getline(row, key, ',');
    std::getline(row, number, ',');
    answer[what].emplace_back(key, std::strtod(number.c_str(), nullptr));
  }
  return answer;
}

inline std::vector<double> numbers(const Answer& answer, const std::string& what) {
  std::vector<double> out;
  if (const auto found = answer.find(what); found != answer.end())
    for (const auto& [key, number] : found->second) out.push_back(number);
  return out;
}

}  // namespace r
