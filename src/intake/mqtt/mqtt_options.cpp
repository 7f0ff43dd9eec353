#include "intake/mqtt/mqtt_options.h"

#include <fmt/format.h>

#include "intake/mqtt/mqtt_topic.h"

namespace vigie::intake {
namespace {

tl::unexpected<Error> wrong(std::string_view option, std::string_view expected) {
    return fail(ErrorCode::invalid_input, fmt::format("MQTT, « {} » : {}", option, expected));
}

Status check_filters(const std::vector<std::string>& filters) {
    if (filters.empty() || filters.size() > mqtt_filters_max) {
        return wrong("filters", fmt::format("de 1 à {} filtres de sujets sont attendus, {} sont donnés", mqtt_filters_max, filters.size()));
    }
    for (const auto& filter : filters) {
        if (!is_topic_filter(filter)) {
            return wrong("filters", fmt::format("« {} » n'est pas un filtre de sujets : « + » occupe un niveau entier, « # » le dernier",
                                                is_mqtt_text(filter) ? filter : "texte illisible"));
        }
    }
    return {};
}

Status check_texts(const MqttOptions& options) {
    if (options.host.empty() || options.host.find('\0') != std::string::npos) {
        return wrong("host", "un nom de machine ou une adresse IP est attendu");
    }
    if (options.port == 0) {
        return wrong("port", "un nombre de 1 à 65535 est attendu");
    }
    if (options.client_id.empty() || options.client_id.size() > mqtt_client_id_bytes_max || !is_mqtt_text(options.client_id)) {
        return wrong("client_id", fmt::format("un texte de 1 à {} octets est attendu ; il nomme la session gardée par le courtier",
                                              mqtt_client_id_bytes_max));
    }
    if (!is_mqtt_text(options.user)) {
        return wrong("user", "un texte UTF-8 de 65535 octets au plus est attendu");
    }
    if (options.password.size() > mqtt_text_bytes_max) {
        return wrong("password", "65535 octets au plus sont attendus");
    }
    // MQTT 3.1.1 has no way to say a password without a user (3.1.2.9).
    if (options.user.empty() && !options.password.empty()) {
        return wrong("password", "un mot de passe demande un nom d'utilisateur (« user »)");
    }
    if (options.certificate.empty() != options.key.empty()) {
        return wrong("certificate", "le certificat et sa clé vont ensemble : les deux, ou aucun");
    }
    if (!options.tls && (!options.ca_file.empty() || !options.certificate.empty())) {
        return wrong("tls", "une autorité ou un certificat est donné, mais TLS n'est pas demandé");
    }
    return {};
}

}  // namespace

Status check_mqtt_options(const MqttOptions& options) {
    TRY(check_texts(options));
    TRY(check_filters(options.filters));
    if (options.version != MqttVersion::v5 && options.version != MqttVersion::v3_1_1) {
        return wrong("version", "« 5 » ou « 3.1.1 » est attendu");
    }
    if (options.window == 0) {
        return wrong("window", "un nombre de 1 à 65535 est attendu");
    }
    if (options.keep_alive < mqtt_keep_alive_min || options.keep_alive > mqtt_keep_alive_max) {
        return wrong("keep_alive", fmt::format("de {} à {} secondes sont attendues", mqtt_keep_alive_min.count(), mqtt_keep_alive_max.count()));
    }
    if (options.message_bytes_max == 0 || options.message_bytes_max > mqtt_message_bytes_max) {
        return wrong("message_bytes_max", fmt::format("de 1 à {} octets sont attendus", mqtt_message_bytes_max));
    }
    if (options.retry_min.count() <= 0 || options.retry_max < options.retry_min) {
        return wrong("retry_min", "une durée positive, au plus « retry_max », est attendue");
    }
    return {};
}

}  // namespace vigie::intake
