// Deliveries as files dropped in a folder that somebody watches. A file that is gone was taken: that is its acknowledgement.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "programs/vigie/stream_book.h"
#include "programs/vigie/stream_transport.h"

namespace vigie::programs {

/// Makes `folder` and one folder in it for each source whose channel this is. book and stop outlive the transport. Errors: unavailable.
[[nodiscard]] Result<std::unique_ptr<StreamTransport>> make_folder_transport(const std::string& folder, StreamBook& book, StopSign& stop);

}  // namespace vigie::programs
