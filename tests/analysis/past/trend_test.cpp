#include "analysis/past/trend.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "analysis/past/simulated_days.h"
#include "analysis/past/special_functions.h"

using namespace vigie;
using namespace vigie::past;

namespace {

using Days = std::vector<std::uint64_t>;

struct Words {
    double stable = 0.0, rising = 0.0, falling = 0.0, covered = 0.0,
           change = 0.0;  // shares of the series; mean change
};

Words words_of(int series, const std::function<Days(Random&)>& simulate, double truth = 0.0) {
    Random random(20260101);
    Words words;
    for (int i = 0; i < series; ++i) {
        const Trend trend = trend_of(simulate(random), i % 7);
        REQUIRE(trend.word != TrendWord::insufficient);
        words.stable += trend.word == TrendWord::stable ? 1.0 / series : 0.0;
        words.rising += trend.word == TrendWord::rising ? 1.0 / series : 0.0;
        words.falling += trend.word == TrendWord::falling ? 1.0 / series : 0.0;
        words.covered += trend.low <= truth && truth <= trend.high ? 1.0 / series : 0.0;
        words.change += trend.change / series;
    }
    return words;
}

Days weeks_of(std::initializer_list<std::uint64_t> per_day) {
    Days days;
    for (const std::uint64_t count : per_day) {
        days.insert(days.end(), 7, count);
    }
    return days;
}

}  // namespace

TEST_CASE("a known series has the change, the interval and the word worked out by hand") {
    struct Row {
        std::initializer_list<std::uint64_t> per_day;
        double dispersion;
        TrendWord word;
    };
    // Halves of 280 and 392 facts: change 0.4. Residuals alternate, so no correlation is added.
    // Pearson over 6 degrees: weeks of 56 and 84, then 84 and 112: (4 * 14^2 / 70 + 4 * 14^2 / 98)
    // / 6 = 3.2; of 63 and 77, then 91 and 105: 0.8, taken as 1.
    for (const Row& row : {Row{{8, 12, 8, 12, 12, 16, 12, 16}, 3.2, TrendWord::stable},
                           Row{{9, 11, 9, 11, 13, 15, 13, 15}, 1.0, TrendWord::rising}}) {
        const Trend trend = trend_of(weeks_of(row.per_day), 0);
        CHECK(trend.days == 56);
        CHECK(trend.mean_per_day == doctest::Approx(12.0));
        CHECK(trend.change == doctest::Approx(0.4));
        // Student's t of 6 degrees is 2.4469 in every table.
        const double reach = 2.446912 * std::sqrt(row.dispersion * (1.0 / 280 + 1.0 / 392));
        CHECK(trend.low == doctest::Approx(std::exp(std::log(1.4) - reach) - 1.0).epsilon(1e-5));
        CHECK(trend.high == doctest::Approx(std::exp(std::log(1.4) + reach) - 1.0).epsilon(1e-5));
        CHECK(trend.word == row.word);
        CHECK(!trend.season_removed);
    }
}

TEST_CASE("correlated weeks widen the interval") {
    // Residuals +, + - -, ... by pairs within each half: +14 +14 -14 -14: sum of neighbours 4 of
    // the 7 pairs positive.
    const Trend trend = trend_of(weeks_of({12, 12, 8, 8, 12, 12, 8, 8}), 0);
    // r = (1 - 1 + 1 - 1 + 1 - 1 + 1) / 8 = 1/8; corrected by (2 + 3/8) / 8 to 0.421875.
    const double r = 0.421875;
    const double inflation = (1.0 + r) / (1.0 - r);
    const double dispersion = 8.0 * 14.0 * 14.0 / 70.0 / 6.0;
    const double reach = student_quantile(8.0 / inflation - 2.0, 0.975) *
                         std::sqrt(dispersion * inflation * 2.0 / 280.0);
    CHECK(trend.change == doctest::Approx(0.0));
    CHECK(trend.high == doctest::Approx(std::exp(reach) - 1.0));
    CHECK(trend.word == TrendWord::stable);
}

TEST_CASE("nothing is said of too few days or too few facts") {
    CHECK(trend_of({}, 0).word == TrendWord::insufficient);
    CHECK(trend_of(Days(55, 100), 0).word == TrendWord::insufficient);
    CHECK(trend_of(Days(56, 100), 0).word == TrendWord::stable);
    Days rare(400, 0);
    for (std::size_t i = 0; i < 49; ++i) {
        rare[4 * i] = 1;
    }
    CHECK(trend_of(rare, 0).word == TrendWord::insufficient);
    rare[1] = 1;
    const Trend trend = trend_of(rare, 0);
    CHECK(trend.word == TrendWord::falling);  // 50 facts, all in the first half
    CHECK(trend.change > -1.0);
    CHECK(std::isfinite(trend.high));
    for (const std::size_t length : {800U, 5000U}) {
        Days burst(length, 0);
        burst[length / 2 + 30] = 1'000'000;
        CHECK(std::isfinite(trend_of(burst, 0).low));
        CHECK(std::isfinite(trend_of(Days(length, 1'000'000'000), 0).high));
    }
}

TEST_CASE("white noise is called stable at least 95 % of the time") {
    for (const double mean : {0.3, 2.0, 10.0, 200.0}) {
        for (const int days : {56, 100, 365, 730, 1461}) {
            if (mean * days < 2.0 * trend_count_min) {
                continue;
            }
            const int series = days == 730 ? 2000 : 500;
            const Words words = words_of(
                series, [&](Random& random) { return simulate_days(random, days, mean, {}); });
            // Two years carry the promise; the other lengths are sampled less, three standard
            // errors of 500 allowed.
            CHECK_MESSAGE(words.stable >= (days == 730 ? 0.95 : 0.93),
                          mean << " a day, " << days << " days: " << words.stable);
            CHECK_MESSAGE(std::fabs(words.rising - words.falling) < 0.03,
                          mean << " a day, " << days << " days");
        }
    }
}

TEST_CASE("rhythm of the week, overdispersion and daily correlation do not make a trend") {
    Disturbance week;
    week.week_rhythm = 0.8;
    Disturbance overdispersed;
    overdispersed.dispersion = 3.0;
    Disturbance correlated;
    correlated.day_correlation = 0.3;
    Disturbance wandering;
    wandering.log_wander = 0.2;
    for (const Disturbance& noise : {week, overdispersed, correlated, wandering}) {
        for (const int days : {91, 365, 730}) {
            const Words words = words_of(
                500, [&](Random& random) { return simulate_days(random, days, 10.0, noise); });
            CHECK_MESSAGE(words.stable >= 0.94, days << " days: " << words.stable);
        }
    }
}

TEST_CASE(
    "a lasting change of a quarter in two years at ten a day is found, and its size is right") {
    const auto raised = [](double from) {
        return [from](double position) { return position < from ? 1.0 : 1.25; };
    };
    Words words = words_of(
        400, [&](Random& random) { return simulate_days(random, 730, 10.0, {}, raised(0.5)); },
        0.25);
    CHECK(words.rising >= 0.99);
    CHECK(words.change == doctest::Approx(0.25).epsilon(0.02));
    CHECK(words.covered >= 0.94);
    words = words_of(
        400,
        [&](Random& random) {
            return simulate_days(random, 730, 10.0, {},
                                 [](double position) { return position < 0.5 ? 1.25 : 1.0; });
        },
        -0.2);
    CHECK(words.falling >= 0.99);
    CHECK(words.change == doctest::Approx(-0.2).epsilon(0.02));
    CHECK(words.covered >= 0.94);
    for (const double from : {0.25, 0.75}) {
        words = words_of(400, [&](Random& random) {
            return simulate_days(random, 730, 10.0, {}, raised(from));
        });
        CHECK_MESSAGE(words.rising >= 0.93, from << ": " << words.rising);
    }
    words = words_of(400, [&](Random& random) {
        return simulate_days(random, 730, 10.0, {},
                             [](double position) { return 1.0 + 0.25 * position; });
    });
    CHECK(words.rising >= 0.97);
}

TEST_CASE(
    "the change is found under weekly rhythm, season, overdispersion and correlation together") {
    Disturbance noise;
    noise.week_rhythm = 0.6;
    noise.dispersion = 2.0;
    noise.log_wander = 0.1;
    noise.season = 0.3;
    const auto level = [](double position) { return position < 0.5 ? 1.0 : 1.25; };
    const Words words = words_of(
        400, [&](Random& random) { return simulate_days(random, 730, 10.0, noise, level); }, 0.25);
    CHECK(words.rising >= 0.97);
    CHECK(words.change == doctest::Approx(0.25).epsilon(0.04));
    CHECK(words.covered >= 0.93);
}

TEST_CASE("from two years on the season is not taken for a trend, whole years or not") {
    for (const int days : {730, 850, 1000, 1278}) {
        for (const int start : {0, 91, 200}) {
            Disturbance noise;
            noise.season = 0.3;
            noise.season_start_day = start;
            const Words words = words_of(
                250, [&](Random& random) { return simulate_days(random, days, 10.0, noise); });
            CHECK_MESSAGE(words.stable >= 0.93,
                          days << " days from " << start << ": " << words.stable);
        }
    }
    // The stated limit: over one year a season is a difference of the halves like any other.
    Disturbance noise;
    noise.season = 0.3;
    Random random(4);
    CHECK(trend_of(simulate_days(random, 365, 200.0, noise), 0).change < -0.2);
}

TEST_CASE("reversal turns the change over, exactly") {
    Random random(77);
    for (int i = 0; i < 300; ++i) {
        const int length = 56 + static_cast<int>(random.below(1000));
        const double tilt = random.uniform() - 0.5;
        Days days =
            simulate_days(random, length, 4.0, {}, [&](double x) { return 1.0 + tilt * x; });
        const Trend there = trend_of(days, 0);
        std::ranges::reverse(days);
        const Trend back = trend_of(days, 0);
        if (there.word == TrendWord::insufficient) {
            continue;
        }
        CHECK((1.0 + there.change) * (1.0 + back.change) == doctest::Approx(1.0).epsilon(1e-9));
        CHECK((1.0 + there.low) * (1.0 + back.high) == doctest::Approx(1.0).epsilon(1e-7));
        CHECK((there.word == TrendWord::rising) == (back.word == TrendWord::falling));
        CHECK((there.word == TrendWord::stable) == (back.word == TrendWord::stable));
    }
}

TEST_CASE(
    "scaling leaves the change as it is, and the interval too where counts vary more than chance") {
    Disturbance noise;
    noise.dispersion = 4.0;
    Random random(78);
    for (const int length : {120, 365, 800}) {
        Days days =
            simulate_days(random, length, 8.0, noise, [](double x) { return 1.0 + 0.2 * x; });
        const Trend once = trend_of(days, 0);
        for (std::uint64_t& count : days) {
            count *= 9;
        }
        const Trend nine = trend_of(days, 0);
        CHECK(nine.change == doctest::Approx(once.change).epsilon(1e-6));
        CHECK(nine.low == doctest::Approx(once.low).epsilon(1e-6));
        CHECK(nine.high == doctest::Approx(once.high).epsilon(1e-6));
    }
}

TEST_CASE("the names of the weekdays do not matter") {
    Random random(79);
    const Days days = simulate_days(random, 400, 3.0, {});
    const Trend monday = trend_of(days, 0);
    for (int weekday = 1; weekday < 7; ++weekday) {
        const Trend other = trend_of(days, weekday);
        CHECK(other.change == monday.change);
        CHECK(other.low == monday.low);
    }
}

TEST_CASE("the method says whether the season was removed") {
    CHECK(trend_method_fr(trend_of(Days(10, 1), 0)).find("trop faible") != std::string_view::npos);
    CHECK(trend_method_fr(trend_of(Days(365, 5), 0)).find("n'est pas retiré") !=
          std::string_view::npos);
    CHECK(trend_method_fr(trend_of(Days(730, 5), 0)).find("saison retirée") !=
          std::string_view::npos);
}
