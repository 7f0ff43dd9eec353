// Any bytes: the redacted text is valid UTF-8, has as many line ends, and redacting it again changes nothing.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "intake/redaction/plain_text.h"
#include "intake/redaction/redactor.h"

using namespace vigie::intake;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const Redactor redactor = [] {
        RedactionFiles files;
        files.folder = VIGIE_SOURCE_DIR "/config/redaction";
        auto opened = Redactor::open(files);
        if (!opened) {
            std::abort();
        }
        return *std::move(opened);
    }();
    const std::string text(bytes, bytes + size);
    std::string once;
    redactor.redact(text, once);
    if (std::count(text.begin(), text.end(), '\n') != std::count(once.begin(), once.end(), '\n')) {
        std::abort();
    }
    std::string twice;
    redactor.redact(once, twice);
    if (once != twice) {
        std::abort();
    }
    PlainText shown;
    shown.read(once);
    if (shown.shown != once) {  // invalid bytes or invisible letters would have been changed
        std::abort();
    }
    return 0;
}
