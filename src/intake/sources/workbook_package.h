// The ZIP archive that an .xlsx file is, with bounds on what its parts may inflate to.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "intake/sources/xml_scanner.h"

struct zip;

namespace vigie::intake {

/// Parts of an archive: a workbook has tens, one with many pictures a few hundred.
inline constexpr std::int64_t package_parts_max = 10'000;
/// How much a part may inflate: sheets of numbers stay under 50 to 1; an archive made to fill
/// memory reaches 1,000.
inline constexpr std::uint64_t inflate_ratio_max = 300;
/// What any part may inflate to without asking for its ratio.
inline constexpr std::uint64_t inflate_bytes_free = 16 << 20;

class WorkbookPackage {
  public:
    /// Errors: invalid_input for anything but a ZIP archive of a workbook's size.
    [[nodiscard]] static Result<std::unique_ptr<WorkbookPackage>> open_file(
        const std::string& path);
    [[nodiscard]] static Result<std::unique_ptr<WorkbookPackage>> open_bytes(std::string bytes,
                                                                             std::string name);

    /// Opens a part to be read once, from its beginning; the result must not outlive the package.
    /// Errors: not_found. Those of reading: invalid_input for bytes that are broken or inflate too
    /// much.
    [[nodiscard]] Result<XmlScanner> scan(const std::string& part);

    [[nodiscard]] const std::string& name() const { return name_; }
    /// Of the part last opened: its size once inflated as declared, and what was read of it.
    [[nodiscard]] std::uint64_t part_bytes() const { return part_bytes_; }
    [[nodiscard]] std::uint64_t part_bytes_read() const { return *part_bytes_read_; }

  private:
    explicit WorkbookPackage(std::string name);
    [[nodiscard]] Status check() const;

    struct Close {
        void operator()(zip* archive) const;
    };
    std::string name_;
    std::string bytes_;  ///< of an archive in memory
    std::unique_ptr<zip, Close> archive_;
    std::uint64_t part_bytes_ = 0;
    std::shared_ptr<std::uint64_t>
        part_bytes_read_;  ///< shared with the refill of the part last opened
};

}  // namespace vigie::intake
