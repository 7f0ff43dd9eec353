#include "simulator/output_folder.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace vigie::simulator {

std::string fresh_folder(const std::string& name) {
    const std::string folder = VIGIE_BINARY_DIR "/simulated/" + name;
    std::filesystem::remove_all(folder);
    return folder;
}

std::string read_file(const std::string& path) {
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::vector<std::string>> read_rows(const std::string& path, char separator) {
    const std::string text = read_file(path);
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row(1);
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == separator && !quoted) {
            row.emplace_back();
        } else if (c == '\n') {
            rows.push_back(std::move(row));
            row.assign(1, {});
        } else if (c != '\r') {
            row.back().push_back(c);
        }
    }
    REQUIRE(!rows.empty());
    rows.erase(rows.begin());
    return rows;
}

long long number_in(std::string_view json, std::string_view object, std::string_view key) {
    std::string opening(1, '"');
    opening.append(object).append("\": {");
    std::string wanted(1, '"');
    wanted.append(key).append("\": ");
    const std::size_t start = json.find(opening);
    const std::size_t at = start == std::string_view::npos ? start : json.find(wanted, start);
    return at == std::string_view::npos
               ? -1
               : std::strtoll(json.data() + at + wanted.size(), nullptr, 10);
}

SimulationOptions usual_options(const std::string& folder) {
    SimulationOptions options;
    options.days = 365;
    options.events = 60'000;
    options.seed = 11;
    options.out_dir = folder;
    return options;
}

const std::string& usual_city() {
    static const std::string folder = [] {
        const std::string made = fresh_folder("usual");
        REQUIRE(simulate(usual_options(made)).has_value());
        return made;
    }();
    return folder;
}

}  // namespace vigie::simulator
