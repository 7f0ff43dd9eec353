// Any text: it is refused with a message, or what is written of it reads back as the same question.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "analysis/past/question_text.h"

using namespace vigie;
using namespace vigie::past;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const Taxonomy taxonomy = [] {
        Taxonomy made;
        for (std::uint16_t i = 0; i < 3; ++i) {
            Category category;
            category.id = CategoryId{i};
            category.key = std::string(1, static_cast<char>('a' + i));
            made.categories.push_back(category);
        }
        return made;
    }();
    static const City city = [] {
        City made;
        District district;
        district.id = DistrictId{0};
        district.code = "1 &";
        made.districts.push_back(district);
        return made;
    }();
    static const std::vector<std::pair<std::string, SourceId>> sources{{"s", SourceId{3}}};
    const Names names{taxonomy, sources, city};
    const HourRange span{LocalHour{390'000}, LocalHour{410'000}};

    const std::string text(bytes, bytes + size);
    const auto parameters = split_question_text(text);
    if (!parameters) {
        return 0;
    }
    const auto asked = parse_question(*parameters, names, span);
    if (!asked) {
        return asked.error().code == ErrorCode::invalid_input ? 0 : (std::abort(), 0);
    }
    const auto again = split_question_text(write_question(*asked, names));
    if (!again) {
        std::abort();
    }
    const auto same = parse_question(*again, names, span);
    if (!same || !(*same == *asked)) {
        std::abort();
    }
    return 0;
}
