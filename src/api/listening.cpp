// g++ 12 sees null dereferences in Asio's tagged executor pointers once they are inlined here.
#pragma GCC diagnostic ignored "-Wnull-dereference"

#include "api/listening.h"

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>

namespace vigie::api {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

Result<ListeningSocket> listen_on(const NetworkOptions& options) {
    asio::io_context io;
    tcp::acceptor acceptor(io);
    error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) {
        return fail(ErrorCode::invalid_input, "Adresse d'écoute illisible : « " + options.address +
                                                  " » ; une adresse IP est attendue.");
    }
    const tcp::endpoint endpoint(address, options.port);
    acceptor.open(endpoint.protocol(), error);
    if (!error) {
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    }
    if (!error) {
        acceptor.bind(endpoint, error);
    }
    if (!error) {
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        return fail(ErrorCode::unavailable, "Impossible d'écouter sur " + options.address +
                                                ", port " + std::to_string(options.port) + " : " +
                                                error.message() + ".");
    }
    const std::uint16_t port = acceptor.local_endpoint(error).port();
    return ListeningSocket{acceptor.release(), port, address.is_v6()};
}

Result<ssl_ctx_st*> load_certificate(const NetworkOptions& options) {
    if (options.tls_certificate.empty()) {
        return nullptr;
    }
    error_code error;
    asio::ssl::context tls(asio::ssl::context::tls_server);
    tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                          asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                          asio::ssl::context::no_tlsv1_1,
                      error);
    tls.use_certificate_chain_file(options.tls_certificate, error);
    if (error) {
        return fail(ErrorCode::invalid_input,
                    "Certificat TLS illisible (fichier PEM attendu) : " + error.message() + ".");
    }
    tls.use_private_key_file(options.tls_key, asio::ssl::context::pem, error);
    if (error) {
        return fail(ErrorCode::invalid_input,
                    "Clé TLS illisible, ou d'un autre certificat (fichier PEM attendu) : " +
                        error.message() + ".");
    }
    SSL_CTX_up_ref(tls.native_handle());
    return tls.native_handle();
}

Result<bool> is_loopback_address(const std::string& address) {
    error_code error;
    const auto parsed = asio::ip::make_address(address, error);
    if (error) {
        return fail(ErrorCode::invalid_input, "Adresse d'écoute illisible : « " + address +
                                                  " » ; une adresse IP est attendue.");
    }
    return parsed.is_loopback();
}

}  // namespace vigie::api
