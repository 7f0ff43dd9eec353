#include "intake/sources/geojson_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "intake/sources/csv_splitter.h"
#include "intake/sources/feature_fields.h"
#include "intake/sources/feature_stream.h"

namespace vigie::intake {

namespace {

constexpr std::string_view lon_column = "geometry.lon";
constexpr std::string_view lat_column = "geometry.lat";
/// Text kept of the first features: beyond it fewer than features_named are looked at.
constexpr std::size_t head_bytes_max = 16 << 20;
/// A batch of long features ends here.
constexpr std::size_t batch_text_bytes_max = 4 << 20;
constexpr std::size_t json_padding = 64;

/// The first features: read for their names, and kept to be given as records.
struct Head {
    struct Entry {
        std::size_t begin = 0;
        std::size_t size = 0;
        std::uint64_t place = 0;
        Defect defect = Defect::none;
    };
    std::string text;
    std::vector<Entry> entries;
    std::optional<Error> fault;  ///< met after the last entry
};

class ColumnNames {
  public:
    void add(std::string_view name) {
        if (name != lon_column && name != lat_column &&
            indices_.emplace(name, names_.size()).second) {
            names_.emplace_back(name);
        }
    }
    void end() {
        names_.emplace_back(lon_column);
        names_.emplace_back(lat_column);
    }
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    /// Column of a property, names().size() if it has none. `hint`: where it stood in the feature
    /// before.
    [[nodiscard]] std::size_t find(std::string_view name, std::size_t hint) const {
        if (hint + 2 < names_.size() && names_[hint] == name) {
            return hint;
        }
        const auto found = indices_.find(std::string(name));
        return found == indices_.end() ? names_.size() : found->second;
    }

  private:
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::size_t> indices_;
};

Head read_head(FeatureStream& stream, ColumnNames& columns) {
    Head head;
    FeatureParser parser;
    FeatureFields fields;
    FeatureText feature;
    while (head.entries.size() < features_named && head.text.size() < head_bytes_max &&
           columns.names().size() <= columns_max) {
        const auto more = stream.next(feature);
        if (!more) {
            head.fault = more.error();
            break;
        }
        if (!*more) {
            break;
        }
        head.entries.push_back(
            {head.text.size(), feature.json.size(), feature.place, feature.defect});
        head.text.append(feature.json);
        if (feature.defect == Defect::none && parser.parse(feature.json, fields) == Defect::none) {
            for (const auto& [name, value] : fields.properties) {
                columns.add(name);
            }
        }
    }
    head.text.append(json_padding, '\0');
    return head;
}

class GeoJsonReader final : public RecordReader {
  public:
    GeoJsonReader(std::unique_ptr<FeatureStream> stream, ColumnNames columns, Head head,
                  bool is_sequence)
        : stream_(std::move(stream)),
          columns_(std::move(columns)),
          head_(std::move(head)),
          is_sequence_(is_sequence) {}

    [[nodiscard]] const std::vector<std::string>& columns() const override {
        return columns_.names();
    }

    [[nodiscard]] Status next(RecordBatch& batch) override {
        batch.columns = columns_.names().size();
        batch.values.clear();
        batch.lines.clear();
        batch.defects.clear();
        batch.storage.resize(1);
        batch.storage[0].clear();
        spans_.clear();
        FeatureText feature;
        while (batch.size() < batch_records_target &&
               batch.storage[0].size() < batch_text_bytes_max && next_feature(feature)) {
            add(feature, batch);
        }
        const char* text = batch.storage[0].data();
        batch.values.reserve(spans_.size());
        for (const Span& span : spans_) {
            batch.values.emplace_back(text + span.begin, span.size);
        }
        if (batch.size() == 0 && head_.fault) {
            return tl::unexpected<Error>(*head_.fault);
        }
        return {};
    }

    [[nodiscard]] std::uint64_t bytes_read() const override {
        return stream_->text().bytes().bytes_read();
    }
    [[nodiscard]] std::uint64_t bytes_total() const override {
        return stream_->text().bytes().bytes_total();
    }
    [[nodiscard]] std::string file_hash() const override { return stream_->text().bytes().hash(); }
    [[nodiscard]] std::string description() const override {
        return fmt::format("{}{}", is_sequence_ ? "séquence GeoJSON" : "GeoJSON",
                           stream_->text().description_tail());
    }

  private:
    struct Span {
        std::size_t begin = 0;
        std::size_t size = 0;
    };

    /// The kept features, then the stream's; false at the end or at a fault, which is kept for
    /// later.
    bool next_feature(FeatureText& feature) {
        if (head_at_ < head_.entries.size()) {
            const Head::Entry& entry = head_.entries[head_at_++];
            feature.json = std::string_view(head_.text).substr(entry.begin, entry.size);
            feature.place = entry.place;
            feature.defect = entry.defect;
            return true;
        }
        if (head_.fault) {
            return false;
        }
        if (!head_.text.empty()) {
            head_.text = std::string();
        }
        auto more = stream_->next(feature);
        if (!more) {
            head_.fault = std::move(more).error();
            return false;
        }
        return *more;
    }

    void add(const FeatureText& feature, RecordBatch& batch) {
        Defect defect = feature.defect;
        if (defect == Defect::none) {
            defect = parser_.parse(feature.json, fields_);
        }
        batch.lines.push_back(feature.place);
        batch.defects.push_back(defect);
        const std::size_t row = spans_.size();
        spans_.resize(row + batch.columns);
        if (defect != Defect::none) {
            return;
        }
        std::string& text = batch.storage[0];
        const auto put = [&](std::size_t column, std::string_view value) {
            spans_[row + column] = {text.size(), value.size()};
            text.append(value);
        };
        std::size_t hint = 0;
        for (const auto& [name, value] : fields_.properties) {
            const std::size_t column = columns_.find(name, hint);
            if (column < batch.columns) {
                put(column, value);
                hint = column + 1;
            }
        }
        put(batch.columns - 2, fields_.lon);
        put(batch.columns - 1, fields_.lat);
    }

    std::unique_ptr<FeatureStream> stream_;
    ColumnNames columns_;
    Head head_;
    std::size_t head_at_ = 0;
    bool is_sequence_;
    FeatureParser parser_;
    FeatureFields fields_;
    std::vector<Span> spans_;  ///< the batch's values, while its text may still move
};

}  // namespace

Result<std::unique_ptr<RecordReader>> make_geojson_reader(
    std::unique_ptr<ByteStream> bytes, const ReaderOptions& options,
    std::span<const std::string> wanted_columns, std::size_t record_max) {
    const bool is_sequence = options.format == FileFormat::geojson_sequence;
    TextStream text = TRY(TextStream::open(std::move(bytes), options.encoding));
    auto stream = is_sequence ? make_sequence_stream(std::move(text), record_max)
                              : make_collection_stream(std::move(text), record_max);
    ColumnNames columns;
    Head head = read_head(*stream, columns);
    if (head.fault && head.entries.empty()) {
        return tl::unexpected<Error>(*head.fault);
    }
    for (const std::string& name : wanted_columns) {
        columns.add(name);
    }
    if (columns.names().size() > columns_max) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("« {} » : plus de {} propriétés différentes",
                                stream->text().bytes().name(), columns_max));
    }
    columns.end();
    return std::make_unique<GeoJsonReader>(std::move(stream), std::move(columns), std::move(head),
                                           is_sequence);
}

}  // namespace vigie::intake
