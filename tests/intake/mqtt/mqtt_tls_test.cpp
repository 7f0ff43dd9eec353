#include "intake/mqtt/mqtt_tls.h"

#include <doctest/doctest.h>
#include <openssl/ssl.h>

#include <memory>

using namespace vigie;
using namespace vigie::intake;

namespace {

struct FreeContext {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct FreeConnection {
    void operator()(SSL* connection) const { SSL_free(connection); }
};

}  // namespace

TEST_CASE("files of TLS that can not be read are named, with what was expected") {
    const std::unique_ptr<SSL_CTX, FreeContext> context(SSL_CTX_new(TLS_client_method()));
    MqttOptions options;
    CHECK(load_tls(context.get(), options));
    CHECK(SSL_CTX_get_min_proto_version(context.get()) == TLS1_2_VERSION);
    CHECK(SSL_CTX_get_verify_mode(context.get()) == SSL_VERIFY_PEER);
    options.ca_file = "/nulle/part.pem";
    CHECK(load_tls(context.get(), options).error().message.find("« ca_file » : /nulle/part.pem") != std::string::npos);
    options.ca_file.clear();
    options.certificate = "/nulle/part.pem";
    options.key = "/nulle/clef.pem";
    CHECK(load_tls(context.get(), options).error().message.find("« certificate »") != std::string::npos);
}

TEST_CASE("the certificate must be of the host asked for: a name or an address") {
    const std::unique_ptr<SSL_CTX, FreeContext> context(SSL_CTX_new(TLS_client_method()));
    const std::unique_ptr<SSL, FreeConnection> connection(SSL_new(context.get()));
    CHECK(expect_host(connection.get(), "127.0.0.1"));
    CHECK(SSL_get_servername(connection.get(), TLSEXT_NAMETYPE_host_name) == nullptr);
    CHECK(expect_host(connection.get(), "courtier.example"));
    CHECK(std::string(SSL_get_servername(connection.get(), TLSEXT_NAMETYPE_host_name)) == "courtier.example");
    CHECK(expect_host(connection.get(), std::string(300, 'a')).error().code == ErrorCode::invalid_input);
    SSL_set_verify_result(connection.get(), X509_V_ERR_CERT_HAS_EXPIRED);
    CHECK(certificate_refusal(connection.get(), "h") == "le certificat du courtier a expiré");
    SSL_set_verify_result(connection.get(), X509_V_ERR_HOSTNAME_MISMATCH);
    CHECK(certificate_refusal(connection.get(), "h") == "le certificat du courtier n'est pas celui de « h »");
    SSL_set_verify_result(connection.get(), X509_V_OK);
    CHECK(certificate_refusal(connection.get(), "h").empty());
}
