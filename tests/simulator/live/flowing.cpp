#include "simulator/live/flowing.h"

#include <doctest/doctest.h>

#include "simulator/simulate.h"

namespace vigie::simulator {

LiveOptions usual_stream() {
    static const City city = plain_city();
    LiveOptions options;
    options.city = &city;
    options.seed = 7;
    options.begin = tuesday_morning;
    return options;
}

std::vector<LiveMessage> flow(const LiveOptions& options, std::chrono::milliseconds length,
                              std::chrono::milliseconds tick) {
    auto stream = LiveStream::create(options);
    REQUIRE(stream.has_value());
    std::vector<LiveMessage> all;
    for (std::chrono::milliseconds after{0}; after <= length; after += tick) {
        for (;;) {
            std::vector<LiveMessage> some = stream->due(options.begin + after, 50);
            if (some.empty()) {
                break;
            }
            for (LiveMessage& message : some) {
                all.push_back(std::move(message));
            }
        }
    }
    return all;
}

}  // namespace vigie::simulator
