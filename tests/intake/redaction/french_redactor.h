// The redactor as a city opens it, once for all tests of a program: its tables take a second to read.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "intake/redaction/redactor.h"

namespace vigie::intake {

inline const Redactor& french_redactor() {
    static const Redactor redactor = [] {
        RedactionFiles files;
        files.folder = VIGIE_SOURCE_DIR "/config/redaction";
        auto opened = Redactor::open(files);
        REQUIRE_MESSAGE(opened, (opened ? "" : opened.error().message));
        return *std::move(opened);
    }();
    return redactor;
}

inline std::string redacted(std::string_view text) {
    std::string out;
    french_redactor().redact(text, out);
    return out;
}

}  // namespace vigie::intake
