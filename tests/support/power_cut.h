// A program under the disk shim whose power is cut at some moment, and the disk as that leaves it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/process.h"

namespace vigie::tests {

class PowerCut {
  public:
    /// Settings of the shim besides its folders: VIGIE_SHIM_JOURNAL, VIGIE_SHIM_KEEP, VIGIE_SHIM_CONTROL.
    explicit PowerCut(std::map<std::string, std::string> settings);
    /// The folder that is lost and found.
    [[nodiscard]] std::string disk() const { return folder_.path("disk"); }
    /// A path that no cut touches.
    [[nodiscard]] std::string beside(const std::string& name) const { return folder_.path(name); }
    /// Runs the program for so long, cuts the power, and leaves in disk() what the disk holds. False, with `output`, if it ended by itself.
    [[nodiscard]] bool run(const std::string& program, const std::vector<std::string>& arguments, int after_ms);
    void set(const std::string& name, const std::string& value) { settings_[name] = value; }
    [[nodiscard]] const std::string& output() const { return output_; }

  private:
    TemporaryFolder folder_;
    std::map<std::string, std::string> settings_;
    std::string output_;
};

}  // namespace vigie::tests
