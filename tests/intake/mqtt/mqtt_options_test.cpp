#include "intake/mqtt/mqtt_options.h"

#include <doctest/doctest.h>

#include <functional>

using namespace vigie;
using namespace vigie::intake;

TEST_CASE("each option of a subscription that can not be is named") {
    MqttOptions good;
    good.host = "courtier.example";
    good.client_id = "vigie";
    good.filters = {"vigie/v1/+/+/event/#"};
    CHECK(check_mqtt_options(good));
    struct Wrong {
        const char* option;
        std::function<void(MqttOptions&)> spoil;
    };
    const Wrong wrong[] = {
        {"« host »", [](auto& options) { options.host.clear(); }},
        {"« port »", [](auto& options) { options.port = 0; }},
        {"« client_id »", [](auto& options) { options.client_id.clear(); }},
        {"« client_id »", [](auto& options) { options.client_id = std::string(mqtt_client_id_bytes_max + 1, 'a'); }},
        {"« client_id »", [](auto& options) { options.client_id = "\xFF"; }},
        {"« user »", [](auto& options) { options.user = "\xFF"; }},
        {"« password »", [](auto& options) { options.password = "seul"; }},
        {"« certificate »", [](auto& options) { options.tls = true, options.certificate = "a.pem"; }},
        {"« tls »", [](auto& options) { options.ca_file = "a.pem"; }},
        {"« filters »", [](auto& options) { options.filters.clear(); }},
        {"« filters »", [](auto& options) { options.filters = {"a/#/b"}; }},
        {"« filters »", [](auto& options) { options.filters.assign(mqtt_filters_max + 1, "a"); }},
        {"« version »", [](auto& options) { options.version = static_cast<MqttVersion>(3); }},
        {"« window »", [](auto& options) { options.window = 0; }},
        {"« keep_alive »", [](auto& options) { options.keep_alive = std::chrono::seconds(0); }},
        {"« keep_alive »", [](auto& options) { options.keep_alive = mqtt_keep_alive_max + std::chrono::seconds(1); }},
        {"« message_bytes_max »", [](auto& options) { options.message_bytes_max = 0; }},
        {"« message_bytes_max »", [](auto& options) { options.message_bytes_max = mqtt_message_bytes_max + 1; }},
        {"« retry_min »", [](auto& options) { options.retry_min = std::chrono::milliseconds(0); }},
        {"« retry_min »", [](auto& options) { options.retry_max = std::chrono::milliseconds(1); }},
    };
    for (const auto& [option, spoil] : wrong) {
        MqttOptions options = good;
        spoil(options);
        const auto checked = check_mqtt_options(options);
        CAPTURE(option);
        REQUIRE(!checked);
        CHECK(checked.error().code == ErrorCode::invalid_input);
        CHECK(checked.error().message.find(option) != std::string::npos);
    }
}
