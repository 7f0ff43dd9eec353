#include "base/version.h"

namespace vigie {

std::string_view program_version() {
    return VIGIE_VERSION;
}

}  // namespace vigie
