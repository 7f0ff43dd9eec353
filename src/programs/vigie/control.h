// How a command reaches the observatory: itself when nobody holds the folder, else through DIR/vigie.sock,
// where the server that holds it does the same work with the same code.
//
// The wire is one JSON object a line. Client: {"do":"import", ...}. Server: any number of {"progress":{...}}, then
// {"done":{...}} or {"error":{"code":"...","message":"..."}}. A client that closes the connection cancels its work.
#pragma once

#include <atomic>
#include <boost/json/fwd.hpp>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "store/data_folder.h"

namespace vigie::programs {

using ProgressSink = std::function<void(const boost::json::object&)>;

/// Longest request or answer line: bounds what a broken peer can make us hold.
inline constexpr std::size_t control_line_max = 64U << 20;

/// Does one request on an open folder. The one place that knows every operation, used by both sides.
[[nodiscard]] Result<boost::json::object> perform(DataFolder& folder, const boost::json::object& request,
                                                  const ProgressSink& progress, const std::atomic<bool>& cancel);

/// Opens the folder and performs, or hands over to the process that holds it.
[[nodiscard]] Result<boost::json::object> perform_or_delegate(const std::string& directory, const boost::json::object& request,
                                                              const ProgressSink& progress);

/// The server's end: listens on folder.socket_path() (0600), one thread a connection, `connections_max` at once.
class ControlListener {
  public:
    /// on_changed: called after an operation that changed the content (import), so that the server reloads.
    /// live: what only a serving process can do ("source.replay"); may be empty.
    using LiveOperation = std::function<Result<boost::json::object>(const boost::json::object&)>;
    [[nodiscard]] static Result<std::unique_ptr<ControlListener>> open(DataFolder& folder, std::function<void()> on_changed, LiveOperation live = {});
    virtual ~ControlListener() = default;
};

}  // namespace vigie::programs
