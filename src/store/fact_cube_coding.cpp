#include "store/fact_cube_coding.h"

#include <algorithm>
#include <bitset>
#include <functional>

#include "store/event_question.h"

namespace vigie {
namespace {

// A range of values up to this is numbered through a table of its width, a larger one by sorting.
constexpr std::int64_t table_width_max = 2'000'000;

struct Numbered {
    std::vector<std::uint32_t> codes;  // one an item
    std::uint32_t classes = 0;
};

/// Numbers the distinct values in their order.
Numbered number_by_table(const std::vector<std::int64_t>& values, std::int64_t low, std::int64_t high) {
    Numbered numbered;
    std::vector<std::uint32_t> slot(static_cast<std::size_t>(high - low + 1), no_class);
    for (const auto value : values) {
        slot[static_cast<std::size_t>(value - low)] = 0;
    }
    for (auto& s : slot) {
        if (s == 0) {
            s = numbered.classes++;
        }
    }
    numbered.codes.reserve(values.size());
    for (const auto value : values) {
        numbered.codes.push_back(slot[static_cast<std::size_t>(value - low)]);
    }
    return numbered;
}

Numbered number_by_sorting(const std::vector<std::int64_t>& values) {
    auto distinct = values;
    std::ranges::sort(distinct);
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    Numbered numbered;
    numbered.classes = static_cast<std::uint32_t>(distinct.size());
    numbered.codes.reserve(values.size());
    for (const auto value : values) {
        numbered.codes.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(distinct, value) - distinct.begin()));
    }
    return numbered;
}

Numbered number_values(const std::vector<std::int64_t>& values) {
    if (values.empty()) {
        return {};
    }
    const auto [low, high] = std::ranges::minmax(values);
    return high - low < table_width_max ? number_by_table(values, low, high) : number_by_sorting(values);
}

/// One column of values that orders the items; a family's classes are the distinct rows of its columns.
using Column = std::function<std::int64_t(std::uint32_t)>;
/// The key of an item in one dimension.
using KeyOf = std::function<std::int64_t(std::uint32_t, Dimension)>;

/// Classes of the items that are `in`, told apart by `columns`; `keys` are read from one item of each class.
void number_items(Coding& coding, const std::vector<std::uint8_t>& in, const std::vector<Column>& columns,
                  const std::vector<Dimension>& dimensions, const KeyOf& key) {
    std::vector<std::uint32_t> items;
    for (std::uint32_t i = 0; i < in.size(); ++i) {
        if (in[i] != 0) {
            items.push_back(i);
        }
    }
    Numbered numbered{std::vector<std::uint32_t>(items.size(), 0), items.empty() ? 0U : 1U};
    std::vector<std::int64_t> values(items.size());
    for (const auto& column : columns) {
        std::ranges::transform(items, values.begin(), column);
        const auto next = number_values(values);
        for (std::size_t i = 0; i < items.size(); ++i) {
            values[i] = static_cast<std::int64_t>(numbered.codes[i]) * next.classes + next.codes[i];
        }
        numbered = number_values(values);
    }
    coding.codes.assign(in.size(), no_class);
    coding.classes = numbered.classes;
    coding.keys.resize(numbered.classes * coding.dimensions.size());
    std::vector<std::uint8_t> keyed(numbered.classes, 0);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto code = numbered.codes[i];
        coding.codes[items[i]] = code;
        if (std::exchange(keyed[code], 1) == 0) {
            for (std::size_t d = 0; d < coding.dimensions.size(); ++d) {
                coding.keys[code * coding.dimensions.size() + d] = key(items[i], dimensions[coding.dimensions[d]]);
            }
        }
    }
    coding.is_plain = items.size() == in.size() && numbered.classes <= 1;
}

template <class T>
bool any_or_in(const std::vector<T>& list, T value) {
    return list.empty() || std::ranges::find(list, value) != list.end();
}

void code_places(QuestionCodes& question, const CubeSnapshot& snapshot, const EventFilter& filter, const GroupBy& group) {
    std::vector<CubePlace> places;
    for (const auto& run : snapshot.runs) {
        question.first_place.push_back(places.size());
        std::ranges::transform(run->places, std::back_inserter(places), unpack_place);
    }
    std::bitset<65'536> districts;
    for (const auto district : filter.districts) {
        districts.set(district.raw());
    }
    std::vector<std::uint8_t> in;
    in.reserve(places.size());
    for (const auto& place : places) {
        bool passes = (filter.districts.empty() || districts[place.district.raw()]) && (place.placed || (!filter.placed_only && !filter.box));
        if (passes && filter.box) {
            // Edges lie on the finest grid, so a cell is wholly inside or wholly outside.
            const PointM corner{place.cell.column * finest_cell_m, place.cell.row * finest_cell_m};
            passes = corner.x_m >= filter.box->min.x_m && corner.x_m < filter.box->max.x_m && corner.y_m >= filter.box->min.y_m &&
                     corner.y_m < filter.box->max.y_m;
        }
        in.push_back(passes ? 1 : 0);
    }
    const auto cell = [&](std::uint32_t i) {
        return cell_of({places[i].cell.column * finest_cell_m, places[i].cell.row * finest_cell_m}, group.cell_m);
    };
    const auto key = [&](std::uint32_t i, Dimension d) -> std::int64_t {
        if (d == Dimension::cell) {
            return places[i].placed ? pack(cell(i)) : no_cell_key;
        }
        return d == Dimension::district ? places[i].district.raw() : static_cast<std::int64_t>(places[i].precision);
    };
    std::vector<Column> columns;
    for (const auto d : question.places.dimensions) {
        if (group.dimensions[d] != Dimension::cell) {
            columns.emplace_back([&, d](std::uint32_t i) { return key(i, group.dimensions[d]); });
            continue;
        }
        std::int32_t first_column = INT32_MAX;
        for (std::uint32_t i = 0; i < places.size(); ++i) {
            first_column = places[i].placed ? std::min(first_column, cell(i).column) : first_column;
        }
        // No place comes first, and the rows of packed cells are ordered as unsigned numbers: negative ones last.
        columns.emplace_back([&, first_column](std::uint32_t i) { return places[i].placed ? cell(i).column : first_column - 1; });
        columns.emplace_back([&](std::uint32_t i) { return places[i].placed ? cell(i).row & 0xfffff : 0; });
    }
    number_items(question.places, in, columns, group.dimensions, key);
}

std::int64_t hour_key(LocalHour hour, Dimension d) {
    switch (d) {
        case Dimension::hour: return hour.raw();
        case Dimension::week: return week_of(day_of(hour));
        case Dimension::month: return month_of(day_of(hour));
        case Dimension::hour_of_week: return hour_of_week(hour);
        default: return day_of(hour).raw();
    }
}

void code_hours(QuestionCodes& question, const EventFilter& filter, const GroupBy& group, NightTable& nights) {
    const auto asked = asked_hours(filter);
    std::vector<std::uint8_t> in;
    in.reserve(question.segments.size() * segment_hours);
    for (const auto segment : question.segments) {
        const auto first = first_hour_of_segment(segment).raw();
        const auto* night = filter.daylight != Daylight::any ? &nights.of_segment(segment) : nullptr;
        for (std::int32_t h = 0; h < segment_hours; ++h) {
            bool passes = first + h >= asked.begin.raw() && first + h < asked.end.raw() && ((filter.weekdays >> (h / 24 % 7)) & 1) != 0 &&
                          ((filter.hours_of_day >> (h % 24)) & 1) != 0;
            passes = passes && (night == nullptr || ((*night)[static_cast<std::size_t>(h)] != 0) == (filter.daylight == Daylight::night));
            in.push_back(passes ? 1 : 0);
        }
    }
    const auto hour_at = [&](std::uint32_t i) {
        return LocalHour{first_hour_of_segment(question.segments[i / segment_hours]).raw() + static_cast<std::int32_t>(i % segment_hours)};
    };
    const auto key = [&](std::uint32_t i, Dimension d) { return hour_key(hour_at(i), d); };
    std::vector<Column> columns;
    for (const auto d : question.hours.dimensions) {
        columns.emplace_back([&, d](std::uint32_t i) { return key(i, group.dimensions[d]); });
    }
    number_items(question.hours, in, columns, group.dimensions, key);
}

void code_kinds(QuestionCodes& question, const CubeSnapshot& snapshot, const EventFilter& filter, const GroupBy& group) {
    const bool no_day_facts = leaves_out_day_facts(filter, group);
    std::vector<CubeKind> kinds;
    std::ranges::transform(*snapshot.kinds, std::back_inserter(kinds), unpack_kind);
    std::vector<std::uint8_t> in;
    in.reserve(kinds.size());
    for (const auto& kind : kinds) {
        const bool passes = any_or_in(filter.sources, kind.source) && any_or_in(filter.categories, kind.category) &&
                            any_or_in(filter.origins, kind.origin) && !(no_day_facts && kind.time_precision == TimePrecision::day);
        in.push_back(passes ? 1 : 0);
    }
    const auto key = [&](std::uint32_t i, Dimension d) -> std::int64_t {
        switch (d) {
            case Dimension::source: return kinds[i].source.raw();
            case Dimension::category: return kinds[i].category.raw();
            case Dimension::origin: return static_cast<std::int64_t>(kinds[i].origin);
            default: return static_cast<std::int64_t>(kinds[i].time_precision);
        }
    };
    std::vector<Column> columns;
    for (const auto d : question.kinds.dimensions) {
        columns.emplace_back([&, d](std::uint32_t i) { return key(i, group.dimensions[d]); });
    }
    number_items(question.kinds, in, columns, group.dimensions, key);
}

std::vector<std::uint32_t> asked_segments(const CubeSnapshot& snapshot, const EventFilter& filter) {
    const auto asked = asked_hours(filter);
    std::vector<std::uint32_t> segments;
    if (asked.begin >= asked.end) {
        return segments;
    }
    const auto first = segment_of(asked.begin);
    const auto last = segment_of(LocalHour{asked.end.raw() - 1});
    for (const auto& run : snapshot.runs) {
        for (const auto& segment : run->segments) {
            if (segment.index >= first && segment.index <= last) {
                segments.push_back(segment.index);
            }
        }
    }
    std::ranges::sort(segments);
    segments.erase(std::unique(segments.begin(), segments.end()), segments.end());
    return segments;
}

}  // namespace

QuestionCodes code_question(const CubeSnapshot& snapshot, const EventFilter& filter, const GroupBy& group, NightTable& nights) {
    QuestionCodes question;
    for (std::size_t d = 0; d < group.dimensions.size(); ++d) {
        switch (group.dimensions[d]) {
            case Dimension::cell:
            case Dimension::district:
            case Dimension::place_precision: question.places.dimensions.push_back(d); break;
            case Dimension::hour:
            case Dimension::day:
            case Dimension::week:
            case Dimension::month:
            case Dimension::hour_of_week: question.hours.dimensions.push_back(d); break;
            default: question.kinds.dimensions.push_back(d); break;
        }
    }
    question.segments = asked_segments(snapshot, filter);
    code_places(question, snapshot, filter, group);
    code_hours(question, filter, group, nights);
    code_kinds(question, snapshot, filter, group);
    return question;
}

}  // namespace vigie
