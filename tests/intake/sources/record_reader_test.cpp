#include "intake/sources/record_reader.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "intake/sources/archive.h"
#include "intake/sources/reading.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

ReadTable read(const std::string& path, const ReaderOptions& options = {}) {
    return read_table(open_records(path, options, {}));
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

struct IncidentFile {
    const char* name;
    std::size_t rows;
};

}  // namespace

TEST_CASE("the format is told by the name or by the options") {
    const Folder folder;
    const std::string line = R"({"type":"Feature","properties":{"a":1},"geometry":null})";
    CHECK(read(folder.write("a.csv", "a,b\n1,2\n")).records.size() == 1);
    CHECK(read(folder.write("a.TSV.gz", gzipped("a\tb\n1\t2\n"))).description ==
          "CSV, tabulation, ASCII, .gz");
    CHECK(read(folder.write("a.geojson.xz", xzipped(line))).description == "GeoJSON, ASCII, .xz");
    CHECK(read(folder.write("a.ndjson", line + "\n" + line)).records.size() == 2);
    CHECK(contains(read(folder.write("a.dat", "a,b\n1,2\n")).error, "format inconnu"));
    CHECK(contains(read(folder.file("absent.csv")).error, "introuvable"));
    ReaderOptions options;
    options.format = FileFormat::csv;
    CHECK(read(folder.file("a.dat"), options).records.size() == 1);
    options.format = FileFormat::geojson_sequence;
    CHECK(read(folder.file("a.ndjson"), options).description == "séquence GeoJSON, ASCII");
}

TEST_CASE("a workbook within .gz is read") {
    const Folder folder;
    const std::string book = packed(
        {{"xl/workbook.xml", R"(<workbook><sheets><sheet name="S" r:id="a"/></sheets></workbook>)"},
         {"xl/_rels/workbook.xml.rels",
          R"(<R><Relationship Id="a" Type="t/worksheet" Target="s.xml"/></R>)"},
         {"xl/s.xml",
          R"(<worksheet><sheetData><row><c t="str"><v>a</v></c></row><row><c><v>1</v></c></row></sheetData></worksheet>)"}});
    CHECK(read(folder.write("a.xlsx", book)).records.size() == 1);
    const ReadTable wrapped = read(folder.write("a.xlsx.gz", gzipped(book)));
    CHECK(wrapped.records.size() == 1);
    CHECK(wrapped.description == "XLSX, feuille « S », .gz");
    CHECK(contains(read(folder.write("b.csv", book)).error, "ZIP"));
    CHECK(contains(read(folder.write("b.xlsx", "a,b\n")).error, "classeur"));
}

TEST_CASE("the supplied incident files are read to the row, without a defect") {
    const char* shared =
        std::getenv("VIGIE_SHARED");  // NOLINT(concurrency-mt-unsafe): tests are one thread
    const std::string folder =
        std::string(shared != nullptr ? shared : VIGIE_SOURCE_DIR "/../shared") +
        "/data/incidents/";
    constexpr std::array files = {IncidentFile{"chicago_2016_2017", 321'877},
                                  IncidentFile{"nyc_2014_2015", 191'580},
                                  IncidentFile{"nyc_vehicle_theft_aoristic", 35'746},
                                  IncidentFile{"portland_burglary_2012_2017_02", 5'096},
                                  IncidentFile{"portland_allcalls_2016_08_10", 55'508},
                                  IncidentFile{"montco911_2015_2016", 99'477},
                                  IncidentFile{"chicago_311_sanitation", 74'377},
                                  IncidentFile{"france_cyclist_accidents_2021_2023", 9'365},
                                  IncidentFile{"france_bdiff_fires_1973_2024", 140'247}};
    for (const IncidentFile& file : files) {
        CAPTURE(file.name);
        const std::string path = folder + file.name + ".csv.xz";
        if (!std::filesystem::exists(path)) {
            std::printf("SKIP: ../shared/data/incidents/%s.csv.xz not found\n", file.name);
            continue;
        }
        auto reader = open_records(path, {}, {});
        REQUIRE(reader);
        std::size_t rows = 0;
        std::size_t defects = 0;
        RecordBatch batch;
        do {
            REQUIRE((*reader)->next(batch));
            rows += batch.size();
            for (const Defect defect : batch.defects) {
                defects += defect != Defect::none ? 1U : 0U;
            }
        } while (batch.size() > 0);
        CHECK(rows == file.rows);
        CHECK(defects == 0);
        CHECK((*reader)->bytes_read() == (*reader)->bytes_total());
        CHECK((*reader)->file_hash().size() == 64);
    }
}
