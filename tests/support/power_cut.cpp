#include "support/power_cut.h"

#include <csignal>
#include <filesystem>
#include <utility>

#include "support/disk_shim.h"

namespace vigie::tests {

namespace fs = std::filesystem;

PowerCut::PowerCut(std::map<std::string, std::string> settings) : settings_(std::move(settings)) {
    fs::create_directory(disk());
    settings_["VIGIE_SHIM_PREFIX"] = disk();
    settings_["VIGIE_SHIM_SHADOW"] = beside("shadow");
}

bool PowerCut::run(const std::string& program, const std::vector<std::string>& arguments, int after_ms) {
    fs::remove_all(beside("shadow"));
    const int process = start_under_shim(program, arguments, settings_, beside("output"));
    const ShimRun ended = end_of(process, after_ms, beside("output"));
    output_ = ended.out;
    if (fs::exists(beside("shadow/ready"))) {  // else it was killed before it began
        fs::remove_all(disk());
        fs::copy(beside("shadow/tree"), disk(), fs::copy_options::recursive);
    }
    return ended.signal_number == SIGKILL;
}

}  // namespace vigie::tests
