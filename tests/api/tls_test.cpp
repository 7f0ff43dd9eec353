// TLS as a browser meets it: a certificate made here, a handshake, a request, and what is refused.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "api/network.h"
#include "api/passwords.h"

using namespace vigie;
using namespace vigie::api;

namespace {

template <auto free_function>
struct Free {
    template <class T>
    void operator()(T* thing) const {
        free_function(thing);
    }
};

/// A self-signed certificate and its key, as PEM files that go when it goes.
class Certificate {
  public:
    Certificate()
        : folder_(std::filesystem::temp_directory_path() / ("vigie_tls_" + random_token(6))) {
        std::filesystem::create_directory(folder_);
        const std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>> key(EVP_EC_gen("P-256"));
        const std::unique_ptr<X509, Free<X509_free>> certificate(X509_new());
        REQUIRE(key);
        REQUIRE(certificate);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
        X509_set_pubkey(certificate.get(), key.get());
        X509_NAME* name = X509_get_subject_name(certificate.get());
        const std::string host = "localhost";
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>(host.c_str()), -1, -1, 0);
        X509_set_issuer_name(certificate.get(), name);
        X509_sign(certificate.get(), key.get(), EVP_sha256());
        write(certificate_path(),
              [&](FILE* file) { return PEM_write_X509(file, certificate.get()); });
        write(key_path(), [&](FILE* file) {
            return PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        });
    }
    ~Certificate() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] std::string certificate_path() const { return folder_ / "cert.pem"; }
    [[nodiscard]] std::string key_path() const { return folder_ / "key.pem"; }

  private:
    template <class Write>
    static void write(const std::string& path, Write how) {
        FILE* file = std::fopen(path.c_str(), "w");
        REQUIRE(file != nullptr);
        CHECK(how(file) == 1);
        std::fclose(file);
    }
    std::filesystem::path folder_;
};

class OkResponder final : public Responder {
  public:
    std::variant<Response, Lane> begin(const Request& request) override {
        return json_response(request.over_tls ? "tls" : "plain");
    }
    Response answer(const Request&) override { return {}; }
    std::optional<Response> refuse_body(const Request&) override { return std::nullopt; }
    void accept(const Request&, std::function<void(Response)> done) override { done(Response{}); }
    Response refuse_request(Refusal, Language) override { return {}; }
    void note_served(const Request&, const Response&, std::chrono::microseconds) override {}
};

/// The whole answer to one request over TLS of at most `version`; empty when the handshake is
/// refused.
std::string ask(std::uint16_t port, int version) {
    const std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_max_proto_version(context.get(), version);
    SSL_CTX_set_security_level(context.get(), 0);
    const int socket_number = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(connect(socket_number, reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
            0);
    const std::unique_ptr<SSL, Free<SSL_free>> connection(SSL_new(context.get()));
    SSL_set_fd(connection.get(), socket_number);
    std::string answer;
    if (SSL_connect(connection.get()) == 1) {
        const std::string request =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        SSL_write(connection.get(), request.data(), static_cast<int>(request.size()));
        char bytes[4096];
        for (int count = 0; (count = SSL_read(connection.get(), bytes, sizeof bytes)) > 0;) {
            answer.append(bytes, static_cast<std::size_t>(count));
        }
    }
    close(socket_number);
    return answer;
}

}  // namespace

TEST_CASE(
    "with a certificate the server speaks TLS 1.2 and 1.3, nothing older, and says to stay with "
    "it") {
    const Certificate certificate;
    OkResponder responder;
    NetworkOptions options;
    options.address = "127.0.0.1";
    options.tls_certificate = certificate.certificate_path();
    options.tls_key = certificate.key_path();
    options.https = true;
    const auto network = Network::open(options, responder).value();
    std::thread thread([&] { network->run(); });
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const auto answer = ask(network->port(), version);
        CHECK(answer.starts_with("HTTP/1.1 200 OK\r\n"));
        CHECK(answer.ends_with("\r\n\r\ntls"));
        CHECK(answer.find("Strict-Transport-Security: max-age=") != std::string::npos);
    }
    CHECK(ask(network->port(), TLS1_1_VERSION).empty());
    network->stop();
    thread.join();
}

TEST_CASE("a key of another certificate is refused at the start") {
    const Certificate one;
    const Certificate other;
    OkResponder responder;
    NetworkOptions options;
    options.address = "127.0.0.1";
    options.tls_certificate = one.certificate_path();
    options.tls_key = other.key_path();
    const auto refused = Network::open(options, responder);
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::invalid_input);
}
