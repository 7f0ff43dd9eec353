// The HIER screen: one settled view, and its playback.
#pragma once

#include "api/router.h"

namespace vigie::api {

/// Most entries of a playback, in (place, step) pairs with a fact: about 15 MB of JSON.
inline constexpr std::size_t frame_entries_max = 1'000'000;

[[nodiscard]] Reply show_view(Application& application, const Call& call);
[[nodiscard]] Reply show_frames(Application& application, const Call& call);

}  // namespace vigie::api
