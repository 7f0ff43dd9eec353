// An authority made for a test, and the certificates it signs.
#pragma once

#include <memory>
#include <string>

struct evp_pkey_st;
struct x509_st;

namespace vigie::tests {

class TestAuthority {
  public:
    TestAuthority();
    ~TestAuthority();
    TestAuthority(const TestAuthority&) = delete;
    TestAuthority& operator=(const TestAuthority&) = delete;
    /// Writes its own certificate as PEM.
    void write_certificate(const std::string& path) const;
    /// Writes a certificate of `host` (a DNS name), valid from an hour ago for `valid_s` seconds, and its key, as PEM.
    void issue(const std::string& host, long valid_s, const std::string& certificate_path, const std::string& key_path) const;

  private:
    evp_pkey_st* key_;
    x509_st* certificate_;
};

}  // namespace vigie::tests
