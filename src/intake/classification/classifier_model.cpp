#include "intake/classification/classifier_model.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <tuple>

namespace vigie::intake {
namespace {

constexpr std::string_view magic = "VIGIECLS";
constexpr std::uint32_t version = 1;
constexpr std::size_t hash_bytes = crypto_generichash_BYTES;
constexpr std::size_t key_letters_max = 64;
constexpr double temperature_min = 0.05;
constexpr double temperature_max = 20;
constexpr float weight_max = 1e6F;
constexpr float steps = 127;

void put(std::string& out, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
        out += static_cast<char>((value >> (8 * i)) & 0xFFU);
    }
}
void put_float(std::string& out, float value) {
    put(out, std::bit_cast<std::uint32_t>(value), 4);
}

std::string hash_of(std::string_view bytes) {
    std::ignore = sodium_init();
    std::array<unsigned char, hash_bytes> hash{};
    const void* const untyped = bytes.data();
    crypto_generichash(hash.data(), hash.size(), static_cast<const unsigned char*>(untyped), bytes.size(), nullptr, 0);
    return {hash.begin(), hash.end()};
}

/// Reads little-endian numbers; past the end it gives zeros and remembers.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}
    std::uint64_t number(std::size_t count) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            value |= std::uint64_t{static_cast<unsigned char>(next())} << (8 * i);
        }
        return value;
    }
    float real() { return std::bit_cast<float>(static_cast<std::uint32_t>(number(4))); }
    std::string text(std::size_t count) {
        std::string out;
        for (std::size_t i = 0; i < count; ++i) {
            out += next();
        }
        return out;
    }
    [[nodiscard]] bool ended_early() const { return early_; }
    [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }

  private:
    char next() {
        early_ = early_ || at_ >= bytes_.size();
        return early_ ? '\0' : bytes_[at_++];
    }
    std::string_view bytes_;
    std::size_t at_ = 0;
    bool early_ = false;
};

tl::unexpected<Error> unsound(const std::string& what) {
    return fail(ErrorCode::corrupt, "modèle de classement : " + what);
}

bool is_key(const std::string& key) {
    return !key.empty() && key.size() <= key_letters_max &&
           std::all_of(key.begin(), key.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

Status read_categories(Reader& reader, std::size_t count, ClassifierModel& model) {
    for (std::size_t i = 0; i < count; ++i) {
        std::string key = reader.text(reader.number(1));
        if (!is_key(key) || std::find(model.categories.begin(), model.categories.end(), key) != model.categories.end()) {
            return unsound("clé de catégorie invalide ou répétée");
        }
        model.categories.push_back(std::move(key));
        const float bias = reader.real();
        if (!(std::abs(bias) <= weight_max)) {
            return unsound("poids hors bornes");
        }
        model.bias.push_back(bias);
    }
    return {};
}

Status read_features(Reader& reader, std::size_t count, ClassifierModel& model) {
    const std::size_t row = model.categories.size();
    if (reader.left() != count * (8 + 4 + row)) {
        return unsound("taille inattendue");
    }
    model.features.reserve(count);
    model.weights.reserve(count * row);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t feature = reader.number(8);
        const float scale = reader.real();
        if ((i > 0 && feature <= model.features.back()) || !(scale >= 0 && scale <= weight_max)) {
            return unsound("traits désordonnés ou hors bornes");
        }
        model.features.push_back(feature);
        for (std::size_t k = 0; k < row; ++k) {
            const auto step = static_cast<std::int8_t>(reader.number(1));
            model.weights.push_back(
                static_cast<float>(static_cast<double>(step) * static_cast<double>(scale) / static_cast<double>(steps)));
        }
    }
    return {};
}

}  // namespace

std::vector<double> ClassifierModel::probabilities(const std::vector<std::uint64_t>& text_features) const {
    std::vector<double> scores(categories.size(), 0);
    std::size_t found = 0;
    for (const std::uint64_t feature : text_features) {
        const auto at = std::lower_bound(features.begin(), features.end(), feature);
        if (at == features.end() || *at != feature) {
            continue;
        }
        ++found;
        const std::size_t row = static_cast<std::size_t>(at - features.begin()) * categories.size();
        for (std::size_t k = 0; k < categories.size(); ++k) {
            scores[k] += static_cast<double>(weights[row + k]);
        }
    }
    const double root = found == 0 ? 1 : std::sqrt(static_cast<double>(found));
    double largest = -1e300;
    for (std::size_t k = 0; k < categories.size(); ++k) {
        scores[k] = (scores[k] / root + static_cast<double>(bias[k])) / temperature;
        largest = std::max(largest, scores[k]);
    }
    double sum = 0;
    for (double& score : scores) {
        score = std::exp(score - largest);
        sum += score;
    }
    for (double& score : scores) {
        score /= sum;
    }
    return scores;
}

std::size_t ClassifierModel::known(const std::vector<std::uint64_t>& text_features) const {
    return static_cast<std::size_t>(std::count_if(text_features.begin(), text_features.end(), [&](std::uint64_t feature) {
        return std::binary_search(features.begin(), features.end(), feature);
    }));
}

std::string encode_model(const ClassifierModel& model) {
    std::string out(magic);
    put(out, version, 4);
    put(out, model.categories.size(), 4);
    put(out, model.features.size(), 4);
    put_float(out, static_cast<float>(model.temperature));
    put_float(out, static_cast<float>(model.level));
    for (std::size_t k = 0; k < model.categories.size(); ++k) {
        put(out, model.categories[k].size(), 1);
        out += model.categories[k];
        put_float(out, model.bias[k]);
    }
    const std::size_t row = model.categories.size();
    for (std::size_t i = 0; i < model.features.size(); ++i) {
        float scale = 0;
        for (std::size_t k = 0; k < row; ++k) {
            scale = std::max(scale, std::abs(model.weights[i * row + k]));
        }
        put(out, model.features[i], 8);
        put_float(out, scale);
        for (std::size_t k = 0; k < row; ++k) {
            const float step = scale > 0 ? std::round(model.weights[i * row + k] / scale * steps) : 0;
            put(out, static_cast<std::uint8_t>(static_cast<std::int8_t>(step)), 1);
        }
    }
    return out + hash_of(out);
}

Result<ClassifierModel> decode_model(std::string_view bytes) {
    if (bytes.size() < magic.size() + hash_bytes || bytes.size() > model_bytes_max || !bytes.starts_with(magic)) {
        return unsound("ce n'est pas un fichier de modèle");
    }
    const std::string_view body = bytes.substr(0, bytes.size() - hash_bytes);
    if (hash_of(body) != bytes.substr(body.size())) {
        return unsound("octets modifiés ou tronqués");
    }
    Reader reader(body.substr(magic.size()));
    if (const std::uint64_t found = reader.number(4); found != version) {
        return unsound("version " + std::to_string(found) + ", " + std::to_string(version) + " attendue");
    }
    const std::size_t categories = reader.number(4);
    const std::size_t features = reader.number(4);
    ClassifierModel model;
    model.temperature = static_cast<double>(reader.real());
    model.level = static_cast<double>(reader.real());
    const bool sound = categories >= 2 && categories <= model_categories_max && features <= model_features_max &&
                       model.temperature >= temperature_min && model.temperature <= temperature_max && model.level >= 0 && model.level <= 1;
    if (!sound || reader.ended_early()) {
        return unsound("en-tête hors bornes");
    }
    TRY(read_categories(reader, categories, model));
    TRY(read_features(reader, features, model));
    return model;
}

}  // namespace vigie::intake
