// Who may speak to whom: passwords and certificates, with the real Mosquitto.
#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "intake/mqtt/mqtt_subscriber.h"
#include "real_broker.h"
#include "support/process.h"
#include "test_authority.h"

namespace {

using namespace vigie::tests;
using vigie::intake::MqttMessage;
using vigie::intake::MqttOptions;
using vigie::intake::MqttSubscriber;
using vigie::intake::MqttVersion;
using std::chrono::milliseconds;

constexpr long hour_s = 3600;

MqttOptions options_for(const RealBroker& broker) {
    MqttOptions options;
    options.host = "localhost";
    options.port = broker.port();
    options.client_id = "vigie-test";
    options.filters = {"facts/#"};
    options.retry_min = milliseconds(50);
    return options;
}

/// The last error of a subscriber with these options, or "connected", within 10 s.
std::string outcome(const MqttOptions& options) {
    auto subscriber = MqttSubscriber::start(options, [](const MqttMessage&, const MqttSubscriber::Kept& kept) { kept(true); }, {});
    REQUIRE(subscriber);
    for (int i = 0; i < 2000; ++i) {
        const auto state = (*subscriber)->state();
        if (state.connected || !state.last_error.empty()) {
            return state.connected ? "connected" : state.last_error;
        }
        std::this_thread::sleep_for(milliseconds(5));
    }
    return "nothing";
}

}  // namespace

TEST_CASE("a user with the right password is let in, in both versions, and nobody else") {
    if (!RealBroker::is_installed()) {
        return;
    }
    const TemporaryFolder folder;
    REQUIRE(exit_code_of(spawn({"mosquitto_passwd", "-b", "-c", folder.path("users"), "vigie", "un mot de passe"})) == 0);
    RealBroker broker(folder, "allow_anonymous false\npassword_file " + folder.path("users") + "\n");
    REQUIRE(broker.start());
    auto options = options_for(broker);
    for (const auto version : {MqttVersion::v3_1_1, MqttVersion::v5}) {
        options.version = version;
        options.user = "vigie";
        options.password = "un mot de passe";
        CHECK(outcome(options) == "connected");
        options.password = "un autre";
        CHECK(outcome(options).starts_with("le courtier a refusé la connexion : "));
        options.user.clear();
        options.password.clear();
        CHECK(outcome(options).starts_with("le courtier a refusé la connexion : "));
    }
}

TEST_CASE("a certificate of the right authority and host is believed, and no other") {
    if (!RealBroker::is_installed()) {
        return;
    }
    const TemporaryFolder folder;
    const TestAuthority authority;
    const TestAuthority other;
    authority.write_certificate(folder.path("authority.pem"));
    other.write_certificate(folder.path("other.pem"));
    authority.issue("localhost", 100 * hour_s, folder.path("good.pem"), folder.path("good.key"));
    authority.issue("ailleurs.example", 100 * hour_s, folder.path("elsewhere.pem"), folder.path("elsewhere.key"));
    authority.issue("localhost", hour_s / 2, folder.path("expired.pem"), folder.path("expired.key"));
    authority.issue("vigie", 100 * hour_s, folder.path("client.pem"), folder.path("client.key"));
    const auto broker_with = [&](const std::string& certificate, const std::string& further) {
        return "allow_anonymous true\ncertfile " + folder.path(certificate + ".pem") + "\nkeyfile " + folder.path(certificate + ".key") + "\n" + further;
    };
    {
        RealBroker broker(folder, broker_with("good", ""));
        REQUIRE(broker.start());
        auto options = options_for(broker);
        options.tls = true;
        options.ca_file = folder.path("authority.pem");
        CHECK(outcome(options) == "connected");
        options.version = MqttVersion::v3_1_1;
        CHECK(outcome(options) == "connected");
        options.host = "127.0.0.1";
        CHECK(outcome(options) == "le certificat du courtier n'est pas celui de « 127.0.0.1 »");
        options.host = "localhost";
        options.ca_file = folder.path("other.pem");
        CHECK(outcome(options) == "le certificat du courtier n'est signé par aucune autorité admise (« ca_file »)");
        options.ca_file.clear();  // those the system trusts
        CHECK(outcome(options) == "le certificat du courtier n'est signé par aucune autorité admise (« ca_file »)");
        options.tls = false;
        CHECK(outcome(options) != "connected");
    }
    struct Example {
        const char* certificate;
        const char* error;
    };
    for (const auto& [certificate, error] : {Example{"elsewhere", "le certificat du courtier n'est pas celui de « localhost »"},
                                             Example{"expired", "le certificat du courtier a expiré"}}) {
        RealBroker broker(folder, broker_with(certificate, ""));
        REQUIRE(broker.start());
        auto options = options_for(broker);
        options.tls = true;
        options.ca_file = folder.path("authority.pem");
        CHECK(outcome(options) == error);
    }
    RealBroker strict(folder, broker_with("good", "cafile " + folder.path("authority.pem") + "\nrequire_certificate true\n"));
    REQUIRE(strict.start());
    auto options = options_for(strict);
    options.tls = true;
    options.ca_file = folder.path("authority.pem");
    CHECK(outcome(options) != "connected");
    options.certificate = folder.path("client.pem");
    options.key = folder.path("client.key");
    CHECK(outcome(options) == "connected");
}
