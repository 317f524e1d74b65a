#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace data {

using Digest = std::array<std::uint8_t, 32>;     ///< SHA-256
using PublicKey = std::array<std::uint8_t, 32>;  ///< Ed25519
using Signature = std::array<std::uint8_t, 64>;

/// SHA-256 of what is added, one piece after the other.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  Digest digest();  ///< once; nothing is added after it

 private:
  struct Free {
    void operator()(void* context) const;
  };
  std::unique_ptr<void, Free> context_;
};

struct Signed {
  PublicKey key{};
  Signature signature{};
};
/// With a private Ed25519 key as `openssl genpkey -algorithm ed25519` writes it (PEM, without a
/// password). Error (io): it is none.
Signed sign(const std::filesystem::path& key_file, std::string_view bytes);
bool is_signed(const Signed& by, std::string_view bytes);
/// Of a public key (`openssl pkey -pubout`) or a private one. Error (io): it is neither.
PublicKey public_key(const std::filesystem::path& key_file);

std::string hex(const PublicKey& key);

}  // namespace data
