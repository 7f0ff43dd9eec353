#include "api/network.h"
#include "api/server.h"

namespace vigie::api {

Status check_binding(const ServerOptions& options) {
    if (options.tls_certificate.empty() != options.tls_key.empty()) {
        return fail(ErrorCode::invalid_input,
                    "TLS : le certificat et la clé vont ensemble ; il en manque un.");
    }
    const bool loopback = TRY(is_loopback_address(options.address));
    if (!loopback && options.tls_certificate.empty() && !options.behind_proxy) {
        return fail(ErrorCode::invalid_input,
                    "Écouter sur " + options.address +
                        " sans chiffrement montrerait mots de passe et données au réseau : donnez "
                        "un certificat TLS, ou déclarez un "
                        "mandataire (behind_proxy) qui chiffre, ou écoutez sur 127.0.0.1.");
    }
    if (options.workers < 1 || options.workers > workers_max) {
        return fail(ErrorCode::invalid_input,
                    "Nombre de fils de réponse : de 1 à " + std::to_string(workers_max) + ".");
    }
    return {};
}

}  // namespace vigie::api
