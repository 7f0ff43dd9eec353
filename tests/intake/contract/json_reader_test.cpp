#include "intake/sources/json_reader.h"

#include <doctest/doctest.h>

#include <string>

using namespace vigie;
using namespace vigie::intake;

namespace {

FieldRule field(std::string name, FieldUse use = FieldUse::read) {
    FieldRule rule;
    rule.name = std::move(name);
    rule.use = use;
    return rule;
}

/// A camera's message: what is read, what is known and read past, and what must be empty.
FieldSchema camera() {
    return FieldSchema({field("id"), field("place.lat"), field("place.lon"), field("kind"), field("model.name"),
                        field("evidence", FieldUse::drop), field("sub_label", FieldUse::empty)});
}

struct Message {
    explicit Message(std::string_view body, FieldSchema given = camera()) : schema(std::move(given)), reader(schema), status(reader.read(body, 100, records)) {}
    [[nodiscard]] std::string value(std::size_t record, std::string_view name) const {
        return std::string(records.batch.value(record, *schema.find(name)));
    }
    FieldSchema schema;
    JsonReader reader;
    JsonRecords records;
    Status status;
};

}  // namespace

TEST_CASE("one object, an array and lines give the same records") {
    const std::string a = R"({"id":"a","place":{"lat":43.25,"lon":5.5},"kind":"fire_start"})";
    const std::string b = R"({"id":7,"kind":null,"place":{"lon":-5e-3,"lat":43}})";
    for (const std::string& body : {a + "\n" + b, a + "\r\n\r\n" + b + "\n", "[" + a + ",\n" + b + "]"}) {
        const Message message(body);
        REQUIRE(message.status);
        REQUIRE(message.records.batch.size() == 2);
        CHECK(message.value(0, "id") == "a");
        CHECK(message.value(0, "place.lat") == "43.25");
        CHECK(message.value(1, "id") == "7");
        CHECK(message.value(1, "kind").empty());
        CHECK(message.value(1, "place.lon") == "-0.005");
        CHECK(message.records.strange_names.empty());
        CHECK(message.records.person_names.empty());
    }
}

TEST_CASE("an object written over several lines is one record") {
    const Message message("{\n  \"id\": \"a\",\n  \"place\": {\n    \"lat\": 1\n  }\n}\n");
    REQUIRE(message.status);
    CHECK(message.records.batch.size() == 1);
    CHECK(message.value(0, "place.lat") == "1");
}

TEST_CASE("fields that no contract names are told apart from those that speak of a person") {
    const Message message(R"({"id":"a","speed":3,"place":{"lat":1,"floor":2},"face_id":"x","nested":{"track_id":12}})");
    REQUIRE(message.status);
    CHECK(message.records.strange_names == std::vector<std::string>{"speed", "place.floor"});
    CHECK(message.records.person_names == std::vector<std::string>{"face_id", "nested.track_id"});
}

TEST_CASE("a person hides neither in what is read past nor in a list") {
    CHECK(Message(R"({"id":"a","evidence":{"box":[1,2],"plate":"x"}})").records.person_names == std::vector<std::string>{"evidence.plate"});
    CHECK(Message(R"({"id":"a","evidence":[{"deep":[{"face":1}]}]})").records.person_names == std::vector<std::string>{"evidence.deep.face"});
    CHECK(Message(R"([{"id":"a"},{"id":"b","new":[{"phone":"0"}]}])").records.person_names == std::vector<std::string>{"new.phone"});
}

TEST_CASE("what speaks of a person and says nothing is let be") {
    const Message message(R"({"id":"a","evidence":{"plate":null,"face":"","names":[],"track_id":false}})");
    REQUIRE(message.status);
    CHECK(message.records.person_names.empty());
    CHECK(message.records.strange_names.empty());
}

TEST_CASE("a declared field that must be empty is handed over, for the contract to judge") {
    CHECK(Message(R"({"sub_label":"somebody"})").value(0, "sub_label") == "somebody");
    CHECK(Message(R"({"sub_label":["somebody",0.9]})").value(0, "sub_label") == "[…]");
    CHECK(Message(R"({"sub_label":null})").value(0, "sub_label").empty());
}

TEST_CASE("a broken line costs one record") {
    const Message message("{\"id\":\"a\"}\n{\"id\":\n{\"id\":\"c\"}\n[1]\n");
    REQUIRE(message.status);
    REQUIRE(message.records.batch.size() == 4);
    CHECK(message.records.batch.defects == std::vector<Defect>{Defect::none, Defect::not_an_object, Defect::none, Defect::not_an_object});
    CHECK(message.value(2, "id") == "c");
    CHECK(message.records.batch.values.size() == 4 * message.schema.rules().size());
}

TEST_CASE("a field said twice makes the record defective") {
    const Message message(R"({"id":"a","id":"b"})");
    REQUIRE(message.status);
    CHECK(message.records.batch.defects[0] == Defect::too_many_fields);
}

TEST_CASE("what is no message is refused with where, never what") {
    const std::string deep = "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}";
    for (const std::string& body : {std::string(), std::string(" \n"), std::string("secret"), std::string("[1]"), std::string("{\"id\":\"sec"),
                                    std::string("{\"id\":\"\xff\"}"), std::string("[]"), deep, std::string("\"secret\"")}) {
        const Message message(body);
        CAPTURE(body);
        REQUIRE_FALSE(message.status);
        CHECK(message.status.error().code == ErrorCode::invalid_input);
        CHECK(message.status.error().message.find("sec") == std::string::npos);
    }
}

TEST_CASE("a message holds a bounded number of records") {
    std::string body = "[";
    for (int i = 0; i < 101; ++i) {
        body += i == 0 ? "{}" : ",{}";
    }
    CHECK_FALSE(Message(body + "]").status);
    body.resize(body.size() - 3);
    CHECK(Message(body + "]").status);
}

TEST_CASE("a reader keeps nothing from one message to the next") {
    const FieldSchema schema = camera();
    JsonReader reader(schema);
    JsonRecords records;
    REQUIRE(reader.read(R"({"id":"a","speed":1,"face_id":2})", 10, records));
    CHECK_FALSE(reader.read("[{\"id\":\"b\"},{", 10, records));
    REQUIRE(reader.read(R"({"kind":"k"})", 10, records));
    CHECK(records.batch.size() == 1);
    CHECK(records.batch.value(0, *schema.find("id")).empty());
    CHECK(records.batch.value(0, *schema.find("kind")) == "k");
    CHECK(records.strange_names.empty());
    CHECK(records.person_names.empty());
}
