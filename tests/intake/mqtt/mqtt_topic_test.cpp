#include "intake/mqtt/mqtt_topic.h"

#include <doctest/doctest.h>

#include <string>

using namespace vigie::intake;

TEST_CASE("a filter takes the topics that the standard's examples say") {
    struct Example {
        const char* filter;
        const char* topic;
        bool matches;
    };
    // MQTT 5.0, 4.7.1 to 4.7.3.
    const Example examples[] = {
        {"sport/tennis/player1/#", "sport/tennis/player1", true},
        {"sport/tennis/player1/#", "sport/tennis/player1/ranking", true},
        {"sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true},
        {"sport/tennis/player1/#", "sport/tennis/player10", false},
        {"sport/#", "sport", true},
        {"sport/#", "sports", false},
        {"#", "sport/tennis", true},
        {"#", "a", true},
        {"sport/tennis/+", "sport/tennis/player1", true},
        {"sport/tennis/+", "sport/tennis/player1/ranking", false},
        {"sport/+", "sport", false},
        {"sport/+", "sport/", true},
        {"+/+", "/finance", true},
        {"/+", "/finance", true},
        {"+", "/finance", false},
        {"+/tennis/#", "sport/tennis", true},
        {"#", "$SYS/broker", false},
        {"+/monitor/Clients", "$SYS/monitor/Clients", false},
        {"$SYS/#", "$SYS/broker", true},
        {"$SYS/monitor/+", "$SYS/monitor/Clients", true},
        {"ACCOUNTS", "Accounts", false},
        {"a", "a/", false},
        {"a/", "a", false},
        {"a//b", "a//b", true},
        {"a/+/b", "a//b", true},
        {"a/b", "a//b", false},
        {"a/+/#", "a", false},
        {"a/+/#", "a/b", true},
        {"", "a", false},
        {"a", "", false},
        {"$share/vigie/city/+/event", "city/7/event", true},
        {"$share/vigie/city/+/event", "city/7/state", false},
        {"$share/vigie/#", "$SYS/broker", false},
    };
    for (const auto& example : examples) {
        CAPTURE(example.filter);
        CAPTURE(example.topic);
        CHECK(topic_matches(example.filter, example.topic) == example.matches);
    }
}

TEST_CASE("wildcards stand alone in their level, and # in the last one") {
    for (const char* good : {"#", "+", "a", "/", "a/#", "+/+", "/+/#", "a b/é", "$SYS/#", "$share/g/a", "$share/g/#", "$share/g//"}) {
        CAPTURE(good);
        CHECK(is_topic_filter(good));
    }
    for (const char* bad : {"", "a#", "a/b#", "#/a", "a/#/b", "a+", "+a/b", "a/+b", "##", "++", "$share/", "$share/g", "$share/g/", "$share//a",
                            "$share/+/a", "$share/g#/a", "\xFF"}) {
        CAPTURE(bad);
        CHECK(!is_topic_filter(bad));
    }
    CHECK(!is_topic_filter(std::string("a\0b", 3)));
    CHECK(is_topic_filter(std::string(mqtt_text_bytes_max, 'a')));
    CHECK(!is_topic_filter(std::string(mqtt_text_bytes_max + 1, 'a')));
}

TEST_CASE("a message's topic has no wildcard and is not empty") {
    CHECK(is_topic_name("city/7/event"));
    CHECK(is_topic_name("/"));
    CHECK(!is_topic_name(""));
    CHECK(!is_topic_name("city/+"));
    CHECK(!is_topic_name("city/#"));
}

TEST_CASE("texts are well-formed UTF-8 without the null character") {
    for (const char* good : {"", "a", "é", "\xE2\x82\xAC", "\xF0\xAA\x9B\x94", "\xEF\xBB\xBF", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        CHECK(is_mqtt_text(good));
    }
    for (const char* bad : {"\x80", "\xC3", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
                            "\xF5\x80\x80\x80", "\xE2\x82", "a\xE2\x82g", "\xFE"}) {
        CHECK(!is_mqtt_text(bad));
    }
    CHECK(!is_mqtt_text(std::string(1, '\0')));
}
