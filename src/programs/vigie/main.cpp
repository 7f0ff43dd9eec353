// vigie: the one program of an observatory. What it can do, in the order a newcomer meets it.
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <exception>

#include "programs/vigie/command_line.h"

namespace {

/// A picture of this program's memory would hold what the door must not keep. Sanitizers trace the program, which this forbids.
void forbid_core_dumps() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

int run(int argc, char** argv) {
    using namespace vigie::programs;
    forbid_core_dumps();
    umask(077);  // facts, accounts and what the engines write beside them are for this account of the machine only
    start_signal_thread();
    CLI::App app("Vigie : observatoire de la tranquillité publique, par lieu et par événement, jamais par personne", "vigie");
    app.require_subcommand(1);
    app.set_help_flag("-h,--help", "Cette aide");
    app.failure_message(CLI::FailureMessage::help);
    int exit_code = exit_done;
    add_init(app, exit_code);
    add_import(app, exit_code);
    add_source(app, exit_code);
    add_serve(app, exit_code);
    add_query(app, exit_code);
    add_passwd(app, exit_code);
    add_backup(app, exit_code);
    add_restore(app, exit_code);
    add_simulate(app, exit_code);
    add_stream(app, exit_code);
    add_redact(app, exit_code);
    add_classify(app, exit_code);
    add_doctor(app, exit_code);
    add_version(app, exit_code);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {
        return app.exit(wrong) == 0 ? exit_done : exit_wrong_usage;
    }
    return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& failure) {
        fmt::print(stderr, "vigie: erreur interne : {}\n", failure.what());
        return vigie::programs::exit_failed;
    }
}
