// The six files of the services, byte for byte as docs/formats/simulator.md says.
#pragma once

#include <string>
#include <vector>

#include "city/place/projection.h"
#include "simulator/records.h"
#include "simulator/text_file.h"

namespace vigie::simulator {

[[nodiscard]] std::string_view file_name_of(SourceFile file);

class SourceFiles {
  public:
    /// Makes the files with their headers in the folder. The world must outlive them.
    /// Errors: unavailable when a file can not be made; not_found without EPSG:2154.
    [[nodiscard]] static Result<SourceFiles> create(const std::string& folder, const World& world);

    /// Writes a day's records. Errors: unavailable.
    [[nodiscard]] Status write(const DayRecords& day);
    [[nodiscard]] Status close();

  private:
    SourceFiles(const World& world, Projection lambert);
    void write_logbook(const Record& record);
    void write_fire(const Record& record);
    void write_ticket(const Record& record, Projection::Planar place);
    void write_report(const Record& record);
    void write_noise(const Record& record);
    void write_tow(const Record& record);
    void write_tickets(const std::vector<Record>& records);
    [[nodiscard]] TextFile& of(SourceFile file) { return files_[static_cast<std::size_t>(file)]; }

    const World* world_;
    Projection lambert_;
    std::vector<TextFile> files_;  // in the order of SourceFile
    std::vector<Projection::Planar> places_;
};

}  // namespace vigie::simulator
