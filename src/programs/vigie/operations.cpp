// The operations a command can ask of an observatory, whoever holds it. One function each.
#include <fmt/format.h>
#include <sodium.h>

#include <boost/json.hpp>

#include "api/passwords.h"
#include "governance/accounts.h"
#include "intake/import.h"
#include "programs/vigie/command_line.h"
#include "programs/vigie/control.h"
#include "programs/vigie/query.h"
#include "programs/vigie/source_operations.h"

namespace vigie::programs {

namespace json = boost::json;

namespace {

Result<std::string> text_member(const json::object& request, std::string_view name) {
    const auto* value = request.if_contains(name);
    if (value == nullptr || !value->is_string()) {
        return fail(ErrorCode::invalid_input, fmt::format("demande incomplète : il manque « {} »", name));
    }
    return std::string(value->get_string());
}

json::object progress_object(const intake::ImportProgress& progress) {
    return {{"file", progress.file_name},         {"bytes", progress.bytes_read},      {"bytes_total", progress.bytes_total},
            {"read", progress.read},              {"stored", progress.stored},         {"duplicates", progress.duplicates},
            {"quarantined", progress.quarantined}};
}

Result<json::object> perform_import(DataFolder& folder, const json::object& request, const ProgressSink& progress,
                                    const std::atomic<bool>& cancel) {
    intake::ImportRequest import;
    import.manifest_path = TRY(text_member(request, "source"));
    const auto* files = request.if_contains("files");
    if (files == nullptr || !files->is_array()) {
        return fail(ErrorCode::invalid_input, "demande incomplète : il manque « files »");
    }
    for (const auto& file : files->get_array()) {
        if (file.is_string()) {
            import.files.emplace_back(file.get_string());
        }
    }
    import.now = now();
    import.cancel = &cancel;
    import.on_progress = [&](const intake::ImportProgress& state) { progress(progress_object(state)); };
    const auto started = std::chrono::steady_clock::now();
    const auto outcome = TRY(intake::import_files(folder, import));
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - started;
    return json::object{{"read", outcome.read},
                        {"stored", outcome.stored},
                        {"duplicates", outcome.duplicates},
                        {"quarantined", outcome.quarantined},
                        {"passed_over", outcome.passed_over},
                        {"seconds", elapsed.count()},
                        {"steps", json::object{{"decode", outcome.steps.decode},
                                               {"parse", outcome.steps.parse},
                                               {"deduplicate", outcome.steps.deduplicate},
                                               {"append", outcome.steps.append}}},
                        {"warnings", json::value_from(outcome.warnings)}};
}

Result<json::object> perform_backup(DataFolder& folder, const json::object& request) {
    const auto target = TRY(text_member(request, "target"));
    TRY(folder.backup(target));
    const auto stats = TRY(folder.events().stats());
    return json::object{{"target", target}, {"events", stats.events}};
}

/// Sets or creates an account. The password travels over the 0600 socket or not at all; it is hashed before it is kept.
Result<json::object> perform_passwd(DataFolder& folder, const json::object& request) {
    const auto login = TRY(text_member(request, "login"));
    std::string password = TRY(text_member(request, "password"));
    TRY(governance::check_new_password(login, password));
    auto found = TRY(folder.metadata().find_account(login));
    const auto* role_name = request.if_contains("role");
    if (!found && (role_name == nullptr || !role_name->is_string())) {
        return fail(ErrorCode::not_found,
                    fmt::format("aucun compte « {} » ; pour le créer, donnez son rôle avec --role "
                                "(administrator, analyst, operations, planner, dpo)", login));
    }
    governance::Account account = found.value_or(governance::Account{});
    account.login = login;
    if (role_name != nullptr && role_name->is_string()) {
        const auto role = governance::role_from(role_name->get_string());
        if (!role) {
            return fail(ErrorCode::invalid_input,
                        fmt::format("rôle inconnu « {} » ; attendu : administrator, analyst, operations, planner ou dpo",
                                    std::string_view(role_name->get_string())));
        }
        account.role = *role;
    }
    account.password_hash = TRY(api::hash_password(password));
    sodium_memzero(password.data(), password.size());
    account.must_change_password = request.contains("must_change") && request.at("must_change") == true;
    account.disabled = false;
    TRY(folder.metadata().save_account(account));
    TRY(folder.metadata().save_failures(login, {}));
    TRY(folder.metadata().end_sessions_of(login));
    TRY(folder.metadata().record({.at = now(), .account = "local", .role = governance::Role::administrator,
                                  .purpose = governance::Purpose::administration, .action = "passwd", .filters = "login=" + login, .rows = 0}));
    return json::object{{"login", login}, {"role", governance::name_of(account.role)}, {"created", !found.has_value()}};
}

}  // namespace

Result<json::object> perform(DataFolder& folder, const json::object& request, const ProgressSink& progress,
                             const std::atomic<bool>& cancel) {
    const auto operation = TRY(text_member(request, "do"));
    if (is_source_operation(operation)) {
        return perform_source(folder, operation, request);
    }
    if (operation == "import") {
        return perform_import(folder, request, progress, cancel);
    }
    if (operation == "query") {
        return perform_query(folder, request);
    }
    if (operation == "backup") {
        return perform_backup(folder, request);
    }
    if (operation == "passwd") {
        return perform_passwd(folder, request);
    }
    return fail(ErrorCode::invalid_input, fmt::format("opération inconnue « {} »", operation));
}

}  // namespace vigie::programs
