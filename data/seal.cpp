#include "data/seal.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <fstream>
#include <iterator>
#include <memory>

#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;
using Bio = std::unique_ptr<BIO, FreeBio>;

constexpr std::size_t largest_key_file = 16 * 1024;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

geo::Error failed(const char* what) {
  ERR_clear_error();
  return {geo::ErrorKind::internal, msg("data.crypto_failed", what), {}, msg("data.report_this")};
}

/// A key with a password has none here: nobody is asked on a terminal.
int no_password(char*, int, int, void*) { return 0; }

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(largest_key_file, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

/// Null: the text holds no such key.
Key read_key(const std::string& text, bool secret) {
  const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  Key key(secret ? PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr)
                 : PEM_read_bio_PUBKEY(bio.get(), nullptr, no_password, nullptr));
  ERR_clear_error();
  if (key != nullptr && EVP_PKEY_id(key.get()) != EVP_PKEY_ED25519) key.reset();
  return key;
}

PublicKey public_half(const Key& key) {
  PublicKey out{};
  std::size_t size = out.size();
  if (EVP_PKEY_get_raw_public_key(key.get(), out.data(), &size) != 1 || size != out.size())
    throw failed("EVP_PKEY_get_raw_public_key");
  return out;
}

}  // namespace

void Sha256::Free::operator()(void* context) const {
  EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context));
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_.get()), EVP_sha256(), nullptr) != 1)
    throw failed("EVP_DigestInit_ex");
}

void Sha256::add(std::string_view bytes) {
  if (EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_.get()), bytes.data(), bytes.size()) != 1)
    throw failed("EVP_DigestUpdate");
}

Digest Sha256::digest() {
  Digest out{};
  unsigned int size = 0;
  if (EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_.get()), out.data(), &size) != 1 ||
      size != out.size())
    throw failed("EVP_DigestFinal_ex");
  return out;
}

Signed sign(const std::filesystem::path& key_file, std::string_view bytes) {
  const Key key = read_key(text_of(key_file), true);
  if (key == nullptr)
    throw geo::Error(geo::ErrorKind::io, msg("data.not_a_private_key"), key_file.string(),
                     msg("data.not_a_private_key_remedy"));
  Signed out;
  out.key = public_half(key);
  const Context context(EVP_MD_CTX_new());
  std::size_t size = out.signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), out.signature.data(), &size, bytes_of(bytes), bytes.size()) !=
          1 ||
      size != out.signature.size())
    throw failed("EVP_DigestSign");
  return out;
}

bool is_signed(const Signed& by, std::string_view bytes) {
  const Key key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, by.key.data(), by.key.size()));
  const Context context(EVP_MD_CTX_new());
  const bool good =
      key != nullptr && context != nullptr &&
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
      EVP_DigestVerify(context.get(), by.signature.data(), by.signature.size(), bytes_of(bytes),
                       bytes.size()) == 1;
  ERR_clear_error();
  return good;
}

PublicKey public_key(const std::filesystem::path& key_file) {
  const std::string text = text_of(key_file);
  Key key = read_key(text, false);
  if (key == nullptr) key = read_key(text, true);
  if (key == nullptr)
    throw geo::Error(geo::ErrorKind::io, msg("data.not_a_public_key"), key_file.string(),
                     msg("data.not_a_public_key_remedy"));
  return public_half(key);
}

std::string hex(const PublicKey& key) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : key) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

}  // namespace data
