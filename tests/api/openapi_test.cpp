// The description and the program say the same: each path exists with its parameters, and what is
// answered has the described shape.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <set>

#include "api/health_route.h"
#include "busy_week.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;
namespace json = boost::json;

namespace {

/// What of JSON Schema the description uses: $ref, type, nullable, enum, required, properties,
/// additionalProperties, items.
class SchemaCheck {
  public:
    explicit SchemaCheck(const json::value& document) : document_(document) {}
    /// Empty when `value` has the shape, else where it has not.
    std::string wrong(const json::value& value, const json::object& schema, const std::string& at);

  private:
    std::string wrong_object(const json::object& value, const json::object& schema,
                             const std::string& at);
    const json::value& document_;
};

bool has_type(const json::value& value, std::string_view type) {
    if (type == "object") {
        return value.is_object();
    }
    if (type == "array") {
        return value.is_array();
    }
    if (type == "string") {
        return value.is_string();
    }
    if (type == "boolean") {
        return value.is_bool();
    }
    return type == "integer" ? value.is_int64() || value.is_uint64() : value.is_number();
}

std::string SchemaCheck::wrong(const json::value& value, const json::object& schema,
                               const std::string& at) {
    if (const auto* reference = schema.if_contains("$ref")) {
        constexpr std::string_view root = "#/components/schemas/";
        const std::string_view name(reference->as_string());
        const auto* nullable = schema.if_contains("nullable");
        if (nullable != nullptr && nullable->as_bool() && value.is_null()) {
            return "";
        }
        return wrong(
            value,
            document_.at("components").at("schemas").at(name.substr(root.size())).as_object(), at);
    }
    const auto* nullable = schema.if_contains("nullable");
    if (value.is_null()) {
        return nullable != nullptr && nullable->as_bool() ? "" : at + ": null";
    }
    if (const auto* type = schema.if_contains("type");
        type != nullptr && !has_type(value, std::string_view(type->as_string()))) {
        return at + ": not " + std::string(type->as_string());
    }
    if (const auto* words = schema.if_contains("enum")) {
        bool found = false;
        for (const auto& word : words->as_array()) {
            found = found || word == value;
        }
        if (!found) {
            return at + ": not one of the words";
        }
    }
    if (const auto* items = schema.if_contains("items")) {
        std::size_t i = 0;
        for (const auto& item : value.as_array()) {
            if (auto message =
                    wrong(item, items->as_object(), at + "[" + std::to_string(i++) + "]");
                !message.empty()) {
                return message;
            }
        }
    }
    return value.is_object() ? wrong_object(value.as_object(), schema, at) : "";
}

std::string SchemaCheck::wrong_object(const json::object& value, const json::object& schema,
                                      const std::string& at) {
    if (const auto* required = schema.if_contains("required")) {
        for (const auto& name : required->as_array()) {
            if (!value.contains(name.as_string())) {
                return at + ": without " + std::string(name.as_string());
            }
        }
    }
    const auto* properties = schema.if_contains("properties");
    const auto* open = schema.if_contains("additionalProperties");
    for (const auto& [name, member_value] : value) {
        const auto* property =
            properties == nullptr ? nullptr : properties->as_object().if_contains(name);
        if (property == nullptr) {
            if (open != nullptr && open->is_bool() && !open->as_bool()) {
                return at + ": unknown " + std::string(name);
            }
            continue;
        }
        if (auto message = wrong(member_value, property->as_object(), at + "." + std::string(name));
            !message.empty()) {
            return message;
        }
    }
    return "";
}

Method method_from(std::string_view name) {
    return name == "get"      ? Method::get
           : name == "post"   ? Method::post
           : name == "delete" ? Method::delete_
                              : Method::other;
}

}  // namespace

TEST_CASE(
    "every described path is a route with the described parameters, and every route is described") {
    const auto document = json::parse(openapi_text());
    std::set<std::string> described;
    for (const auto& [path, operations] : document.at("paths").as_object()) {
        for (const auto& [method, operation] : operations.as_object()) {
            CAPTURE(std::string(path));
            const auto match = find_route(routes(), method_from(method), path);
            REQUIRE(match.route != nullptr);
            described.insert(std::string(name_of(match.route->method)) +
                             std::string(match.route->pattern));
            std::set<std::string> there;
            std::set<std::string> known;
            if (const auto* parameters = operation.as_object().if_contains("parameters")) {
                for (const auto& parameter : parameters->as_array()) {
                    if (parameter.at("in").as_string() == "query") {
                        there.insert(std::string(parameter.at("name").as_string()));
                    }
                }
            }
            for (const auto name : match.route->parameters) {
                known.emplace(name);
            }
            CHECK(there == known);
            const auto* security = operation.as_object().if_contains("security");
            CHECK((match.route->door == Door::open) ==
                  (security != nullptr && security->as_array().empty()));
            CHECK((match.route->door == Door::token) == (security != nullptr && !security->as_array().empty()));
        }
    }
    for (const auto& route : routes()) {
        CAPTURE(route.name);
        CHECK(described.contains(std::string(name_of(route.method)) + std::string(route.pattern)));
    }
}

TEST_CASE("answers have the described shape") {
    BusyWeek week;
    auto& small = week.small;
    small.journal.entries[0].entry.at = noon;
    ImportRecord import;
    import.state = "done";
    small.reference.the_imports = {import};
    small.reference.counts = {{SourceId{0}, "bad_time", 1}};
    small.reference.records = {QuarantineRecord{}};
    small.sign_in("administrator");
    const auto document = json::parse(openapi_text());
    SchemaCheck check(document);
    const auto compared = "&compare=previous&measure=change";
    for (const auto& [target, path] : std::initializer_list<std::pair<std::string, std::string>>{
             {"/api/v1/health", "/health"},
             {"/api/v1/session", "/session"},
             {"/api/v1/city", "/city"},
             {"/api/v1/catalogue", "/catalogue"},
             {"/api/v1/boundaries/outline", "/boundaries/{layer}"},
             {"/api/v1/quarantine", "/quarantine"},
             {"/api/v1/imports", "/imports"},
             {"/api/v1/journal", "/journal"},
             {"/api/v1/openapi.json", "/openapi.json"},
             {week.frames(), "/past/frames"},
             {week.view(), "/past/view"},
             {week.view() + compared, "/past/view"},
             {week.view() + "&unit=districts&measure=rate_residents", "/past/view"}}) {
        CAPTURE(target);
        const auto got = small.get(target);
        REQUIRE(got.status == 200);
        const auto& content = document.at("paths")
                                  .at(path)
                                  .at("get")
                                  .at("responses")
                                  .at("200")
                                  .at("content")
                                  .as_object();
        REQUIRE(content.contains(got.response.content_type));
        CHECK(check.wrong(json::parse(got.body),
                          content.at(got.response.content_type).at("schema").as_object(),
                          "answer") == "");
    }
    const auto& problem = document.at("components").at("schemas").at("Problem").as_object();
    for (const char* target :
         {"/api/v1/nothing", "/api/v1/past/view?cell=1", "/api/v1/past/export"}) {
        CAPTURE(target);
        CHECK(check.wrong(json::parse(small.get(target).body), problem, "problem") == "");
    }
    CHECK(check.wrong(json::parse("{\"type\":1}"), problem, "problem") != "");
    CHECK(check.wrong(json::parse("{}"), problem, "problem") == "problem: without type");
}
