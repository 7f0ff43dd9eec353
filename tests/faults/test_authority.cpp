#include "test_authority.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>

namespace vigie::tests {
namespace {

constexpr long hour_s = 3600;

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

X509* make_certificate(EVP_PKEY* key, const std::string& subject, long valid_s) {
    static long serial = 1;
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -hour_s);
    X509_gmtime_adj(X509_getm_notAfter(certificate), valid_s - hour_s);
    X509_set_pubkey(certificate, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(subject.c_str()), -1, -1, 0);
    return certificate;
}

template <class Write>
void write_pem(const std::string& path, const Write& how) {
    std::FILE* file = std::fopen(path.c_str(), "w");
    how(file);
    std::fclose(file);
}

}  // namespace

TestAuthority::TestAuthority() : key_(EVP_EC_gen("P-256")), certificate_(make_certificate(key_, "Autorité de test", 100 * hour_s)) {
    X509_set_issuer_name(certificate_, X509_get_subject_name(certificate_));
    add_extension(certificate_, certificate_, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate_, certificate_, NID_subject_key_identifier, "hash");
    X509_sign(certificate_, key_, EVP_sha256());
}

TestAuthority::~TestAuthority() {
    X509_free(certificate_);
    EVP_PKEY_free(key_);
}

void TestAuthority::write_certificate(const std::string& path) const {
    write_pem(path, [&](std::FILE* file) { PEM_write_X509(file, certificate_); });
}

void TestAuthority::issue(const std::string& host, long valid_s, const std::string& certificate_path, const std::string& key_path) const {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = make_certificate(key, host, valid_s);
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate_));
    add_extension(certificate, certificate_, NID_subject_alt_name, "DNS:" + host);
    X509_sign(certificate, key_, EVP_sha256());
    write_pem(certificate_path, [&](std::FILE* file) { PEM_write_X509(file, certificate); });
    write_pem(key_path, [&](std::FILE* file) { PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr); });
    X509_free(certificate);
    EVP_PKEY_free(key);
}

}  // namespace vigie::tests
