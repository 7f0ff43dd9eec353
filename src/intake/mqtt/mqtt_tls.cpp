#include "intake/mqtt/mqtt_tls.h"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace vigie::intake {
namespace {

tl::unexpected<Error> unusable(std::string_view option, const std::string& file, std::string_view expected) {
    return fail(ErrorCode::invalid_input, fmt::format("MQTT, « {} » : {} : {}", option, file, expected));
}

}  // namespace

Status load_tls(ssl_ctx_st* context, const MqttOptions& options) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    if (options.ca_file.empty()) {
        SSL_CTX_set_default_verify_paths(context);
    } else if (SSL_CTX_load_verify_locations(context, options.ca_file.c_str(), nullptr) != 1) {
        return unusable("ca_file", options.ca_file, "certificats d'autorités illisibles (fichier PEM attendu)");
    }
    if (options.certificate.empty()) {
        return {};
    }
    if (SSL_CTX_use_certificate_chain_file(context, options.certificate.c_str()) != 1) {
        return unusable("certificate", options.certificate, "certificat illisible (fichier PEM attendu)");
    }
    if (SSL_CTX_use_PrivateKey_file(context, options.key.c_str(), SSL_FILETYPE_PEM) != 1 || SSL_CTX_check_private_key(context) != 1) {
        return unusable("key", options.key, "clé illisible, ou d'un autre certificat (fichier PEM attendu)");
    }
    return {};
}

Status expect_host(ssl_st* connection, const std::string& host) {
    if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host.c_str()) == 1) {
        return {};
    }
    // The macro of OpenSSL for SNI casts as C does.
    const bool named = SSL_ctrl(connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, const_cast<char*>(host.c_str())) == 1;
    if (!named || SSL_set1_host(connection, host.c_str()) != 1) {
        return fail(ErrorCode::invalid_input, fmt::format("MQTT, « host » : « {} » n'est pas un nom de machine", host));
    }
    return {};
}

std::string certificate_refusal(const ssl_st* connection, const std::string& host) {
    const long verdict = SSL_get_verify_result(connection);
    switch (verdict) {
        case X509_V_OK: return {};
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH: return fmt::format("le certificat du courtier n'est pas celui de « {} »", host);
        case X509_V_ERR_CERT_HAS_EXPIRED: return "le certificat du courtier a expiré";
        case X509_V_ERR_CERT_NOT_YET_VALID: return "le certificat du courtier n'est pas encore valable (les horloges sont-elles à l'heure ?)";
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        case X509_V_ERR_CERT_UNTRUSTED: return "le certificat du courtier n'est signé par aucune autorité admise (« ca_file »)";
        case X509_V_ERR_CERT_REVOKED: return "le certificat du courtier a été révoqué";
        default: return fmt::format("le certificat du courtier est refusé : {}", X509_verify_cert_error_string(verdict));
    }
}

}  // namespace vigie::intake
