#include "data/mip_wire.hpp"

#include <array>
#include <cstring>
#include <type_traits>

namespace data {
namespace {

constexpr std::uint64_t signature = 0x31676e6f73756870;  // "phusong1": of this build's layout
constexpr std::size_t head_size = 2 * sizeof(std::uint64_t);

class Packer {
 public:
  Packer() : bytes_(head_size, '\0') {}

  template <class Value>
  void one(const Value& value) {
    static_assert(std::is_trivially_copyable_v<Value>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  template <class Value>
  void many(const std::vector<Value>& values) {
    static_assert(std::is_trivially_copyable_v<Value>);
    one(std::uint64_t{values.size()});
    if (!values.empty())
      bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value));
  }

  /// With the signature and the length of what follows before it.
  std::string message() {
    const std::array<std::uint64_t, 2> head = {signature, bytes_.size() - head_size};
    std::memcpy(bytes_.data(), head.data(), head_size);
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}

  template <class Value>
  Value one() {
    static_assert(std::is_trivially_copyable_v<Value>);
    Value value;
    std::memcpy(&value, take(sizeof value), sizeof value);
    return value;
  }
  template <class Value>
  std::vector<Value> many() {
    const auto count = one<std::uint64_t>();
    if (count > bytes_.size() / sizeof(Value)) throw BadMessage{};
    std::vector<Value> values(static_cast<std::size_t>(count));
    if (count != 0) std::memcpy(values.data(), take(count * sizeof(Value)), count * sizeof(Value));
    return values;
  }
  void at_end() const {
    if (!bytes_.empty()) throw BadMessage{};
  }

 private:
  const char* take(std::size_t size) {
    if (size > bytes_.size()) throw BadMessage{};
    const char* begin = bytes_.data();
    bytes_.remove_prefix(size);
    return begin;
  }

  std::string_view bytes_;
};

/// A column or row without its name and terms.
struct Plain {
  double objective, lower, upper;
  std::uint64_t whole_or_terms;
};

template <class Enum>
Enum known(std::uint32_t value, Enum last) {
  if (value > static_cast<std::uint32_t>(last)) throw BadMessage{};
  return static_cast<Enum>(value);
}

}  // namespace

std::string packed(const MipRequest& request) {
  Packer out;
  std::vector<Plain> columns, rows;
  std::vector<std::uint32_t> of_column;
  std::vector<double> factor;
  for (const Mip::Column& column : request.mip.columns)
    columns.push_back({column.objective, column.lower, column.upper, column.whole ? 1U : 0U});
  for (const Mip::Row& row : request.mip.rows) {
    rows.push_back({0, row.lower, row.upper, row.terms.size()});
    for (const auto& term : row.terms) {
      of_column.push_back(term.first);
      factor.push_back(term.second);
    }
  }
  out.one(request.limits.seconds);
  out.one(request.limits.gap);
  out.one(request.limits.seed);
  out.many(columns);
  out.many(rows);
  out.many(of_column);
  out.many(factor);
  out.many(request.start);
  return out.message();
}

MipRequest unpacked_request(std::string_view message) {
  Unpacker in(message);
  MipRequest request;
  request.limits.seconds = in.one<double>();
  request.limits.gap = in.one<double>();
  request.limits.seed = in.one<std::uint32_t>();
  for (const Plain& column : in.many<Plain>()) {
    request.mip.columns.push_back(
        {column.objective, column.lower, column.upper, column.whole_or_terms != 0, {}});
  }
  const auto rows = in.many<Plain>();
  const auto of_column = in.many<std::uint32_t>();
  const auto factor = in.many<double>();
  request.start = in.many<double>();
  in.at_end();
  const std::size_t columns = request.mip.columns.size();
  if (factor.size() != of_column.size()) throw BadMessage{};
  if (!request.start.empty() && request.start.size() != columns) throw BadMessage{};
  std::size_t next = 0;
  for (const Plain& plain : rows) {
    if (plain.whole_or_terms > factor.size() - next) throw BadMessage{};
    Mip::Row row{plain.lower, plain.upper, {}, {}};
    for (std::uint64_t i = 0; i < plain.whole_or_terms; ++i, ++next) {
      if (of_column[next] >= columns) throw BadMessage{};
      row.terms.emplace_back(of_column[next], factor[next]);
    }
    request.mip.rows.push_back(std::move(row));
  }
  if (next != factor.size()) throw BadMessage{};
  return request;
}

std::string packed(const MipReply& reply) {
  Packer out;
  out.one(static_cast<std::uint32_t>(reply.kind));
  out.one(static_cast<std::uint32_t>(reply.outcome));
  out.one(reply.objective);
  out.one(reply.bound);
  out.many(reply.x);
  out.many(reply.row_price);
  out.many(std::vector<char>(reply.said.begin(), reply.said.end()));
  return out.message();
}

MipReply unpacked_reply(std::string_view message) {
  Unpacker in(message);
  MipReply reply;
  reply.kind = known(in.one<std::uint32_t>(), MipReply::Kind::outcome);
  reply.outcome = known(in.one<std::uint32_t>(), MipReply::Outcome::failed);
  reply.objective = in.one<double>();
  reply.bound = in.one<double>();
  reply.x = in.many<double>();
  reply.row_price = in.many<double>();
  const auto said = in.many<char>();
  reply.said.assign(said.begin(), said.end());
  in.at_end();
  return reply;
}

std::optional<std::string> take_message(std::string& bytes, std::uint64_t longest) {
  std::array<std::uint64_t, 2> head{};
  if (bytes.size() < head_size) return std::nullopt;
  std::memcpy(head.data(), bytes.data(), head_size);
  if (head[0] != signature || head[1] > longest) throw BadMessage{};
  if (bytes.size() - head_size < head[1]) return std::nullopt;
  const auto length = static_cast<std::size_t>(head[1]);
  std::string message = bytes.substr(head_size, length);
  bytes.erase(0, head_size + length);
  return message;
}

}  // namespace data
