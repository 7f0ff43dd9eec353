// The bytes of the four services that write facts: docs/formats/live_sources.md. Names of fields
// are those of the columns of the files that the same services export (docs/formats/simulator.md).
#pragma once

#include <span>
#include <string>

#include "city/place/projection.h"
#include "simulator/live/live_message.h"
#include "simulator/records.h"

namespace vigie::simulator {

/// A record that is about to be written: what the service knows, and its text when it has one.
struct LiveRow {
    Record record;
    LiveRecord truth;
    std::string text;           ///< free text, logbook only
    std::string service;  ///< unit that wrote it, logbook only
};

class RecordWriters {
  public:
    /// The world must outlive it. Errors: not_found without EPSG:2154.
    [[nodiscard]] static Result<RecordWriters> create(const World& world);

    /// One JSON object a line, UTF-8, LF.
    [[nodiscard]] std::string logbook(std::span<const LiveRow> rows) const;
    /// CSV in cp1252, semicolons, CRLF. `names`: empty, or one a row: the values of a column `nom`
    /// put last.
    [[nodiscard]] std::string tickets(std::span<const LiveRow> rows,
                                      std::span<const std::string> names) const;
    /// One JSON object.
    [[nodiscard]] std::string tow(const LiveRow& row) const;
    /// CSV in UTF-8, commas, LF.
    [[nodiscard]] std::string fire_csv(std::span<const LiveRow> rows) const;
    /// A GeoJSON FeatureCollection (RFC 7946) whose properties are the columns of the CSV.
    [[nodiscard]] std::string fire_geojson(std::span<const LiveRow> rows) const;

  private:
    RecordWriters(const World& world, Projection lambert)
        : world_(&world), lambert_(std::move(lambert)) {}

    const World* world_;
    Projection lambert_;
};

}  // namespace vigie::simulator
