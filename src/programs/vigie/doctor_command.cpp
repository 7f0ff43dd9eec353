#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <filesystem>

#include "city/place/projection.h"
#include "city/time/local_calendar.h"
#include "programs/vigie/command_line.h"
#include "store/data_folder.h"

namespace vigie::programs {

namespace json = boost::json;

namespace {

/// Below this much free space an import of a usual size may not finish.
constexpr std::uint64_t free_bytes_min = 1ULL << 30;
/// Earliest plausible date: a machine whose clock is before it would date everything wrongly.
constexpr auto clock_earliest = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};

struct Finding {
    std::string what;
    bool good = false;
    std::string words;
};

void look_at_clock(std::vector<Finding>& findings) {
    const bool plausible = now() > clock_earliest;
    findings.push_back({"horloge", plausible, plausible ? now_text() : "l'horloge de la machine est en retard : réglez-la avant d'importer"});
    const auto zone = LocalCalendar::open("Europe/Paris");
    findings.push_back({"fuseaux", zone.has_value(), zone ? "base des fuseaux horaires lisible" : zone.error().message});
}

void look_at_projections(std::vector<Finding>& findings) {
    const auto lambert = Projection::open(2154);
    findings.push_back({"projections", lambert.has_value(), lambert ? "PROJ connaît EPSG:2154" : lambert.error().message});
}

void look_at_configuration(std::vector<Finding>& findings) {
    const auto config = find_config_dir();
    findings.push_back({"configuration", config.has_value(), config ? *config : config.error().message});
}

void look_at_disk(const std::string& directory, std::vector<Finding>& findings) {
    struct statvfs disk {};
    if (statvfs(directory.c_str(), &disk) != 0) {
        findings.push_back({"disque", false, fmt::format("{} ne se lit pas", directory)});
        return;
    }
    const std::uint64_t free_bytes = std::uint64_t{disk.f_bavail} * disk.f_frsize;
    findings.push_back({"disque", free_bytes >= free_bytes_min, fmt::format("{:.1f} Gio libres", static_cast<double>(free_bytes) / (1ULL << 30))});
}

void look_at_permissions(const std::string& directory, std::vector<Finding>& findings) {
    struct stat status {};
    const bool readable = stat(directory.c_str(), &status) == 0;
    const bool closed = readable && (status.st_mode & 077) == 0;
    findings.push_back({"droits", closed, closed ? "le dossier n'est ouvert qu'à son propriétaire"
                                                 : fmt::format("{} est lisible par d'autres comptes : chmod 700", directory)});
}

void look_at_folder(const std::string& directory, std::vector<Finding>& findings) {
    look_at_disk(directory, findings);
    look_at_permissions(directory, findings);
    auto folder = DataFolder::open(directory, {});
    if (!folder && folder.error().code == ErrorCode::conflict) {
        findings.push_back({"dossier", true, "tenu par un serveur en marche"});
        return;
    }
    if (!folder) {
        findings.push_back({"dossier", false, folder.error().message});
        return;
    }
    const auto stats = folder->events().stats();
    findings.push_back({"faits", stats.has_value(), stats ? fmt::format("{} faits", grouped(stats->events)) : stats.error().message});
    const auto city = folder->metadata().city();
    const bool has_city = city.has_value() && city->has_value();
    findings.push_back({"ville", has_city, has_city ? (*city)->name : "aucune ville : créez l'observatoire avec vigie init"});
}

int run_doctor(const std::string& data, bool as_json) {
    std::vector<Finding> findings;
    look_at_clock(findings);
    look_at_projections(findings);
    look_at_configuration(findings);
    if (!data.empty()) {
        look_at_folder(data, findings);
    }
    bool all_good = true;
    json::array list;
    for (const auto& finding : findings) {
        all_good = all_good && finding.good;
        list.push_back(json::object{{"what", finding.what}, {"good", finding.good}, {"words", finding.words}});
        if (!as_json) {
            fmt::print("{}  {:<14} {}\n", finding.good ? "bon  " : "ALERTE", finding.what, finding.words);
        }
    }
    if (as_json) {
        fmt::print("{}\n", json::serialize(json::object{{"good", all_good}, {"findings", list}}));
    }
    return all_good ? exit_done : exit_failed;
}

}  // namespace

void add_doctor(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("doctor", "Examiner la machine et, s'il est donné, un observatoire");
    struct Options {
        std::string data;
        bool json = false;
    };
    auto options = std::make_shared<Options>();
    command->add_option("--data", options->data, "Dossier de l'observatoire");
    command->add_flag("--json", options->json, "Résultat en un objet JSON");
    command->callback([options, &exit_code] { exit_code = run_doctor(options->data, options->json); });
}

}  // namespace vigie::programs
