#include "intake/sources/feature_stream.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "intake/sources/byte_scan.h"

namespace vigie::intake {

namespace {

constexpr char record_separator = '\x1e';
/// Longest name of a member of the collection itself.
constexpr std::size_t key_bytes_max = 64 * 1024;

class CollectionStream final : public FeatureStream {
  public:
    CollectionStream(TextStream text, std::size_t record_max)
        : window_(std::move(text)), record_max_(record_max) {}

    [[nodiscard]] const TextStream& text() const override { return window_.stream(); }

    [[nodiscard]] Result<bool> next(FeatureText& feature) override {
        if (state_ == State::start) {
            TRY(open_root());
            TRY(read_members());
        }
        if (state_ == State::features) {
            if (TRY(next_element(feature))) {
                return true;
            }
            TRY(read_members());
        }
        if (state_ == State::single) {
            state_ = State::end;
            feature.place = 1;
            feature.json = {};
            feature.defect = members_kept_ ? Defect::none : Defect::too_long;
            if (members_kept_) {
                members_.insert(0, "{");
                members_ += '}';
                const std::size_t size = members_.size();
                members_.append(scan_padding_bytes, '\0');
                feature.json = std::string_view(members_).substr(0, size);
            }
            return true;
        }
        return false;
    }

  private:
    enum class State : std::uint8_t { start, features, after_features, single, end };

    [[nodiscard]] tl::unexpected<Error> wrong(std::string_view what) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("« {} », ligne {} : {}", window_.name(), window_.line(), what));
    }

    [[nodiscard]] Status open_root() {
        const int first = TRY(window_.peek());
        if (first == json_end) {
            return wrong("le fichier ne contient que des espaces");
        }
        if (first == record_separator) {
            return wrong(
                "c'est une séquence GeoJSON (RFC 8142) ; le manifeste doit dire format = "
                "\"geojson_sequence\"");
        }
        if (first != '{') {
            return wrong("un objet GeoJSON est attendu (« { »)");
        }
        window_.drop();
        return {};
    }

    /// Reads members of the collection up to "features", or to the end of the file.
    [[nodiscard]] Status read_members() {
        for (bool is_first = state_ == State::start;; is_first = false) {
            int c = TRY(window_.peek());
            if (c == '}') {
                window_.drop();
                return end_root();
            }
            if (!is_first) {
                if (c != ',') {
                    return wrong("« , » ou « } » attendu après un membre de l'objet");
                }
                window_.drop();
                c = TRY(window_.peek());
            }
            if (c != '"') {
                return wrong(c == json_end ? "le fichier finit au milieu de l'objet"
                                           : "un nom de membre entre guillemets est attendu");
            }
            const auto key_view = TRY(window_.take_value(key_bytes_max));
            const std::string key(key_view.value_or(std::string_view()));
            if (TRY(window_.peek()) != ':') {
                return wrong("« : » attendu après un nom de membre");
            }
            window_.drop();
            c = TRY(window_.peek());
            if (key == "\"features\"" && c == '[' && state_ == State::start) {
                window_.drop();
                state_ = State::features;
                return {};
            }
            if (c == json_end || c == ',' || c == '}' || c == ']' || c == ':') {
                return wrong("une valeur est attendue");
            }
            keep_member(key, TRY(window_.take_value(record_max_)));
        }
    }

    void keep_member(const std::string& key, const std::optional<std::string_view>& value) {
        if (state_ != State::start) {
            return;
        }
        if (!value || members_.size() + key.size() + value->size() > record_max_) {
            members_kept_ = false;
            return;
        }
        if (key == "\"type\"") {
            type_ = *value;
        }
        members_ += members_.empty() ? "" : ",";
        members_ += key;
        members_ += ':';
        members_ += *value;
    }

    [[nodiscard]] Status end_root() {
        const int c = TRY(window_.peek());
        if (c == '{' || c == record_separator) {
            return wrong(
                "un second objet suit le premier : si c'est une séquence GeoJSON, le manifeste "
                "doit dire format = \"geojson_sequence\"");
        }
        if (c != json_end) {
            return wrong("du texte suit la fin de l'objet GeoJSON");
        }
        if (state_ == State::after_features) {
            state_ = State::end;
            return {};
        }
        if (type_ == "\"Feature\"") {
            state_ = State::single;
            return {};
        }
        return wrong(type_ == "\"FeatureCollection\""
                         ? "il manque « features » à la FeatureCollection"
                         : "l'objet n'est ni une FeatureCollection ni une Feature : une géométrie "
                           "seule (ou un autre JSON) n'a pas d'enregistrements");
    }

    [[nodiscard]] Result<bool> next_element(FeatureText& feature) {
        int c = TRY(window_.peek());
        if (c == ']') {
            window_.drop();
            state_ = State::after_features;
            return false;
        }
        if (number_ > 0) {
            if (c != ',') {
                return wrong(c == json_end
                                 ? "le fichier finit au milieu de « features »"
                                 : "« , » ou « ] » attendu entre deux éléments de « features »");
            }
            window_.drop();
            c = TRY(window_.peek());
        }
        if (c == json_end || c == ',' || c == ']' || c == '}' || c == ':') {
            return wrong(c == json_end ? "le fichier finit au milieu de « features »"
                                       : "un élément de « features » est attendu");
        }
        ++number_;
        const auto value = TRY(window_.take_value(record_max_));
        feature.place = number_;
        feature.json = value.value_or(std::string_view());
        feature.defect = value ? Defect::none : Defect::too_long;
        return true;
    }

    JsonWindow window_;
    std::size_t record_max_;
    State state_ = State::start;
    std::string type_;
    std::string members_;       ///< what a single Feature is put together from
    bool members_kept_ = true;  ///< false: they were too long
    std::uint64_t number_ = 0;
};

class SequenceStream final : public FeatureStream {
  public:
    SequenceStream(TextStream text, std::size_t record_max)
        : window_(std::move(text)), record_max_(record_max) {}

    [[nodiscard]] const TextStream& text() const override { return window_.stream(); }

    [[nodiscard]] Result<bool> next(FeatureText& feature) override {
        for (;;) {
            const int c = TRY(window_.peek());
            if (c == json_end) {
                return false;
            }
            if (delimiter_ == '\0') {
                delimiter_ = c == record_separator ? record_separator : '\n';
            }
            if (c == record_separator) {
                window_.drop();
                continue;
            }
            feature.place = window_.line();
            const auto value = TRY(window_.take_until(delimiter_, record_max_));
            feature.json = value.value_or(std::string_view());
            feature.defect = value ? Defect::none : Defect::too_long;
            if (value && !is_one_value(*value)) {
                feature.json = {};
                feature.defect = Defect::not_an_object;
            }
            return true;
        }
    }

  private:
    JsonWindow window_;
    std::size_t record_max_;
    char delimiter_ = '\0';
};

}  // namespace

std::unique_ptr<FeatureStream> make_collection_stream(TextStream text, std::size_t record_max) {
    return std::make_unique<CollectionStream>(std::move(text), record_max);
}

std::unique_ptr<FeatureStream> make_sequence_stream(TextStream text, std::size_t record_max) {
    return std::make_unique<SequenceStream>(std::move(text), record_max);
}

}  // namespace vigie::intake
