#include "intake/config_document.h"

#include <doctest/doctest.h>

using namespace vigie;
using namespace vigie::intake;

namespace {

ConfigNode document(std::string_view toml) {
    auto parsed = parse_config(toml, "essai.toml");
    REQUIRE(parsed.has_value());
    return *std::move(parsed);
}

bool says(const Status& status, std::string_view part) {
    return !status && status.error().message.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a table is read key by key, with lines") {
    const ConfigNode node = document("a = \"x\"\nn = 3\nr = 1.5\nb = true\nl = [\"p\", \"q\"]\n[t]\nk = 1\n");
    TableReader table(&node, "essai.toml", "");
    CHECK(table.required_text("a") == "x");
    CHECK(table.integer("n", 0, 9) == 3);
    CHECK(table.number("r") == doctest::Approx(1.5));
    CHECK(table.boolean("b", false));
    CHECK(table.texts("l") == std::vector<std::string>{"p", "q"});
    CHECK(table.line_of("b") == 4);
    const ConfigNode* child = table.child("t", ConfigNode::Kind::table);
    REQUIRE(child != nullptr);
    CHECK(child->members.size() == 1);
    CHECK(table.finish().has_value());
}

TEST_CASE("the first fault is the one that is said") {
    const ConfigNode node = document("n = 30\nb = 1\n");
    TableReader table(&node, "essai.toml", "t");
    CHECK_FALSE(table.integer("n", 0, 9).has_value());
    CHECK_FALSE(table.boolean("b", false));
    CHECK(says(table.finish(), "essai.toml, ligne 1 : « t.n » doit être un nombre entier de 0 à 9"));
}

TEST_CASE("a key that nobody asked for is refused") {
    const ConfigNode node = document("colunm = \"x\"\n");
    TableReader table(&node, "essai.toml", "");
    CHECK(table.text("column").empty());
    CHECK(says(table.finish(), "clé inconnue « colunm » (vouliez-vous dire « column » ?)"));
}

TEST_CASE("broken TOML is refused with its place") {
    const auto parsed = parse_config("a = 1\nb = = 2\n", "essai.toml");
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().message.find("ligne 2") != std::string::npos);
    for (const char* text : {"[!a]\n", "[`a.b]\n", "[[", "[", "[a", "[a.", "a.", "a", "=", "\"", "a = [", "a = {", "a = '", "a = \"\\", "\\"}) {
        INFO(text);
        CHECK_FALSE(parse_config(text, "essai.toml").has_value());
    }
}

TEST_CASE("letters beyond ASCII stand between quotes or in comments, and nowhere else") {
    CHECK(parse_config("# é\na = \"é\" # à\nb = 'é'\n\"ç\" = 1\nc = \"\"\"é\n\\\"\"é\"\"\"\nd = '''é\n'é'''\n", "essai.toml").has_value());
    CHECK(parse_config("\xEF\xBB\xBF" "a = 1\n", "essai.toml").has_value());
    for (const char* text : {"a = 1\né = 1\n", "a = 1\nb = é\n", "a = 1\n[é]\n", "a = 1\nb = 'x' é\n"}) {
        const auto parsed = parse_config(text, "essai.toml");
        REQUIRE_FALSE(parsed.has_value());
        CHECK(parsed.error().message.find("ligne 2") != std::string::npos);
    }
    CHECK_FALSE(parse_config("a = 1\n\xff\n", "essai.toml").has_value());
}

TEST_CASE("edit distance has its known values, and is symmetric") {
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("abc", "abc") == 0);
    CHECK(edit_distance("sitting", "kitten") == 3);
    CHECK(nearest_hint("zzzzzz", {"column", "format"}).empty());
}

TEST_CASE("paths are seen from the file that names them") {
    CHECK(path_beside("config/cities/a.toml", "../data/b") == "config/cities/../data/b");
    CHECK(path_beside("a.toml", "b") == "b");
    CHECK(path_beside("x/a.toml", "/b") == "/b");
    CHECK(file_name_of("/x/y/z.csv") == "z.csv");
    CHECK(read_small_file("absent", 10).error().code == ErrorCode::not_found);
    CHECK(read_small_file(VIGIE_SOURCE_DIR "/config/taxonomy/city.toml", 10).error().code == ErrorCode::invalid_input);
}
