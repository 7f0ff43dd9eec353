// The web UI, out of the binary.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/http_message.h"
#include "assets.h"

namespace vigie::api {

/// Immutable once made.
class StaticFiles {
  public:
    StaticFiles();

    /// The file at the request's path, or the page that stands for every screen of the UI. None for
    /// other paths and methods.
    [[nodiscard]] std::optional<Response> find(const Request& request) const;

  private:
    std::unordered_map<std::string_view, const web::Asset*> files_;
};

/// True for an address that the page itself turns into a screen: words without a dot, such as
/// /hier.
[[nodiscard]] bool is_screen_path(std::string_view path);

}  // namespace vigie::api
