#include "store/metadata_codec.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <bit>
#include <cstring>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>

namespace vigie {

namespace {

constexpr std::string_view city_magic = "VCIT";
constexpr std::string_view taxonomy_magic = "VTAX";
constexpr std::uint8_t format_version = 1;
constexpr std::size_t checksum_bytes = 8;
static_assert(std::endian::native == std::endian::little, "the format is little-endian");

class Writer {
  public:
    explicit Writer(std::string_view magic) {
        bytes_.insert(bytes_.end(), magic.begin(), magic.end());
        number(format_version);
    }
    template <class Number>
    void number(Number value) {
        static_assert(std::is_arithmetic_v<Number>);
        std::uint8_t raw[sizeof(Number)];
        std::memcpy(raw, &value, sizeof(Number));
        bytes_.insert(bytes_.end(), raw, raw + sizeof(Number));
    }
    void flag(bool value) { number(static_cast<std::uint8_t>(value ? 1 : 0)); }
    void length(std::size_t count) { number(static_cast<std::uint32_t>(count)); }
    void text(std::string_view value) {
        length(value.size());
        bytes_.insert(bytes_.end(), value.begin(), value.end());
    }
    void position(LonLat p) {
        number(p.lon_deg);
        number(p.lat_deg);
    }
    void rings(const std::vector<Ring>& rings) {
        length(rings.size());
        for (const Ring& ring : rings) {
            length(ring.size());
            for (const LonLat p : ring) {
                position(p);
            }
        }
    }
    Result<std::vector<std::uint8_t>> finish() {
        number(std::uint64_t{XXH3_64bits(bytes_.data(), bytes_.size())});
        if (bytes_.size() > reference_bytes_max) {
            return fail(ErrorCode::invalid_input,
                        fmt::format("données de référence trop volumineuses : {} octets, au plus {}",
                                    bytes_.size(), reference_bytes_max));
        }
        return std::move(bytes_);
    }

  private:
    std::vector<std::uint8_t> bytes_;
};

/// Reads what Writer wrote. After the first thing that does not fit, everything read is zero and `sound()` is false.
class Reader {
  public:
    Reader(std::string_view magic, std::span<const std::uint8_t> bytes) : rest_(bytes) {
        const std::size_t head = magic.size() + 1;
        if (bytes.size() < head + checksum_bytes ||
            std::memcmp(bytes.data(), magic.data(), magic.size()) != 0 ||
            bytes[magic.size()] != format_version) {
            refuse();
            return;
        }
        const auto body = bytes.first(bytes.size() - checksum_bytes);
        std::uint64_t stored = 0;
        std::memcpy(&stored, bytes.data() + body.size(), checksum_bytes);
        if (stored != XXH3_64bits(body.data(), body.size())) {
            refuse();
            return;
        }
        rest_ = body.subspan(head);
    }
    template <class Number>
    Number number() {
        Number value{};
        if (rest_.size() < sizeof(Number)) {
            refuse();
            return value;
        }
        std::memcpy(&value, rest_.data(), sizeof(Number));
        rest_ = rest_.subspan(sizeof(Number));
        return value;
    }
    bool flag() {
        const auto value = number<std::uint8_t>();
        if (value > 1) {
            refuse();
        }
        return value == 1;
    }
    /// A count of elements that take `element_bytes_min` or more each: never more than the bytes that are left can hold.
    std::size_t length(std::size_t element_bytes_min) {
        const std::size_t count = number<std::uint32_t>();
        if (count > rest_.size() / element_bytes_min) {
            refuse();
            return 0;
        }
        return count;
    }
    std::string text() {
        const std::size_t size = length(1);
        std::string value;
        if (size > 0) {
            value.resize(size);
            std::memcpy(value.data(), rest_.data(), size);
            rest_ = rest_.subspan(size);
        }
        return value;
    }
    LonLat position() {
        const auto lon = number<double>();
        const auto lat = number<double>();
        return LonLat{lon, lat};
    }
    std::vector<Ring> rings() {
        std::vector<Ring> result(length(4));
        for (Ring& ring : result) {
            ring.resize(length(16));
            for (LonLat& p : ring) {
                p = position();
            }
        }
        return result;
    }
    void refuse() {
        sound_ = false;
        rest_ = {};
    }
    /// True when all was read and nothing is left over.
    [[nodiscard]] bool complete() const { return sound_ && rest_.empty(); }

  private:
    std::span<const std::uint8_t> rest_;
    bool sound_ = true;
};

template <class Numbered>
Status check_ids(const std::vector<Numbered>& items, const char* what) {
    constexpr std::size_t count_max = 0xffff;  // 0xffff itself means « none »
    if (items.size() > count_max) {
        return fail(ErrorCode::invalid_input, fmt::format("{} : au plus {}", what, count_max));
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].id.raw() != i) {
            return fail(ErrorCode::invalid_input, fmt::format("{} : le numéro {} est à la place {}", what,
                                                              items[i].id.raw(), i));
        }
    }
    return {};
}

void write_district(Writer& out, const District& district) {
    out.text(district.code);
    out.text(district.name);
    out.text(district.parent);
    out.rings(district.rings);
    out.position(district.label);
    out.number(district.area_km2);
    out.flag(district.residents.has_value());
    out.number(district.residents.value_or(0));
}

District read_district(Reader& in, std::size_t id) {
    District district;
    district.id = DistrictId{static_cast<std::uint16_t>(id)};
    district.code = in.text();
    district.name = in.text();
    district.parent = in.text();
    district.rings = in.rings();
    district.label = in.position();
    district.area_km2 = in.number<double>();
    const bool counted = in.flag();
    const auto residents = in.number<std::uint32_t>();
    if (counted) {
        district.residents = residents;
    } else if (residents != 0) {
        in.refuse();
    }
    return district;
}

void write_layer(Writer& out, const OutlineLayer& layer) {
    out.text(layer.key);
    out.text(layer.attribution);
    out.length(layer.shapes.size());
    for (const auto& shape : layer.shapes) {
        out.text(shape.code);
        out.text(shape.name);
        out.rings(shape.rings);
    }
}

OutlineLayer read_layer(Reader& in) {
    OutlineLayer layer;
    layer.key = in.text();
    layer.attribution = in.text();
    layer.shapes.resize(in.length(12));
    for (auto& shape : layer.shapes) {
        shape.code = in.text();
        shape.name = in.text();
        shape.rings = in.rings();
    }
    return layer;
}

Error not_readable(const char* what) {
    return Error{ErrorCode::corrupt,
                 fmt::format("{} : les octets enregistrés ne sont pas ceux qui ont été écrits", what)};
}

}  // namespace

Result<std::vector<std::uint8_t>> encode_city(const City& city) {
    TRY(check_ids(city.districts, "quartiers de la ville"));
    Writer out(city_magic);
    out.text(city.key);
    out.text(city.name);
    out.text(city.zone);
    out.number(static_cast<std::int32_t>(city.epsg));
    out.position(LonLat{city.box.west, city.box.south});
    out.position(LonLat{city.box.east, city.box.north});
    out.position(city.centre);
    out.flag(city.districts_are_a_partition);
    out.flag(city.synthetic);
    out.length(city.attributions.size());
    for (const std::string& line : city.attributions) {
        out.text(line);
    }
    out.length(city.districts.size());
    for (const District& district : city.districts) {
        write_district(out, district);
    }
    out.length(city.outlines.size());
    for (const OutlineLayer& layer : city.outlines) {
        write_layer(out, layer);
    }
    return out.finish();
}

Result<City> decode_city(std::span<const std::uint8_t> bytes) {
    Reader in(city_magic, bytes);
    City city;
    city.key = in.text();
    city.name = in.text();
    city.zone = in.text();
    city.epsg = in.number<std::int32_t>();
    const LonLat south_west = in.position();
    const LonLat north_east = in.position();
    city.box = BoxDeg{south_west.lon_deg, south_west.lat_deg, north_east.lon_deg, north_east.lat_deg};
    city.centre = in.position();
    city.districts_are_a_partition = in.flag();
    city.synthetic = in.flag();
    city.attributions.resize(in.length(4));
    for (std::string& line : city.attributions) {
        line = in.text();
    }
    const std::size_t districts = in.length(45);  // an empty district takes 45 bytes
    if (districts > 0xffff) {
        in.refuse();
    }
    for (std::size_t id = 0; id < districts && id < 0xffff; ++id) {
        city.districts.push_back(read_district(in, id));
    }
    city.outlines.resize(in.length(12));
    for (OutlineLayer& layer : city.outlines) {
        layer = read_layer(in);
    }
    if (!in.complete()) {
        return tl::unexpected<Error>(not_readable("ville"));
    }
    return city;
}

Result<std::vector<std::uint8_t>> encode_taxonomy(const Taxonomy& taxonomy) {
    TRY(check_ids(taxonomy.categories, "catégories de la nomenclature"));
    Writer out(taxonomy_magic);
    out.text(taxonomy.name);
    out.length(taxonomy.themes.size());
    for (const Theme& theme : taxonomy.themes) {
        out.text(theme.key);
        out.text(theme.label_fr);
        out.text(theme.label_en);
    }
    std::set<std::string_view> keys;
    out.length(taxonomy.categories.size());
    for (const Category& category : taxonomy.categories) {
        if (!keys.insert(category.key).second) {
            return fail(ErrorCode::invalid_input, "nomenclature : la catégorie « " + category.key +
                                                      " » est écrite deux fois");
        }
        out.text(category.key);
        out.text(category.theme);
        out.text(category.label_fr);
        out.text(category.label_en);
        out.number(category.usual_severity.raw());
    }
    return out.finish();
}

Result<Taxonomy> decode_taxonomy(std::span<const std::uint8_t> bytes) {
    Reader in(taxonomy_magic, bytes);
    Taxonomy taxonomy;
    taxonomy.name = in.text();
    taxonomy.themes.resize(in.length(12));
    for (Theme& theme : taxonomy.themes) {
        theme.key = in.text();
        theme.label_fr = in.text();
        theme.label_en = in.text();
    }
    taxonomy.categories.resize(in.length(17));
    std::size_t id = 0;
    for (Category& category : taxonomy.categories) {
        category.id = CategoryId{static_cast<std::uint16_t>(id++)};
        category.key = in.text();
        category.theme = in.text();
        category.label_fr = in.text();
        category.label_en = in.text();
        category.usual_severity = Severity{in.number<std::uint8_t>()};
    }
    if (!in.complete() || taxonomy.categories.size() > 0xffff) {
        return tl::unexpected<Error>(not_readable("nomenclature"));
    }
    return taxonomy;
}

}  // namespace vigie
