#include "intake/sources/json_window.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "intake/sources/byte_scan.h"

namespace vigie::intake {

namespace {

constexpr bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

const char* skip_spaces(const char* p, const char* end) {
    while (p < end && is_space(*p)) {
        ++p;
    }
    return p;
}

}  // namespace

const char* ValueExtent::advance(const char* p, const char* end) {
    if (!begun_ && p < end) {
        begun_ = true;
        is_scalar_ = *p != '{' && *p != '[' && *p != '"';
    }
    return is_scalar_ ? advance_scalar(p, end) : advance_brackets(p, end);
}

const char* ValueExtent::advance_scalar(const char* p, const char* end) const {
    while (p < end && !is_space(*p) &&
           std::string_view(",]}{[\":").find(*p) == std::string_view::npos) {
        ++p;
    }
    return p < end ? p : nullptr;
}

const char* ValueExtent::advance_brackets(const char* p, const char* end) {
    constexpr std::array outside{'"', '{', '}', '[', ']'};
    constexpr std::array inside{'"', '\\'};
    if (escaped_ && p < end) {
        escaped_ = false;
        ++p;
    }
    while (p < end) {
        const std::uint64_t mask = (in_string_ ? mask_of(p, inside) : mask_of(p, outside)) &
                                   bits_below(static_cast<std::size_t>(end - p));
        if (mask == 0) {
            p += 64;
            continue;
        }
        const char* at = p + std::countr_zero(mask);
        if (*at == '\\') {
            escaped_ = at + 1 >= end;
            p = at + 2;
            continue;
        }
        p = at + 1;
        if (step(at) != nullptr) {
            return p;
        }
        if (broken_) {
            return nullptr;
        }
    }
    return nullptr;
}

/// Takes the quote or bracket at `at` into account; not null if the value ends with it.
const char* ValueExtent::step(const char* at) {
    if (*at == '"') {
        in_string_ = !in_string_;
        return !in_string_ && depth_ == 0 ? at : nullptr;
    }
    if (*at == '{' || *at == '[') {
        if (depth_ == json_depth_max) {
            broken_ = true;
            return nullptr;
        }
        is_object_ = (is_object_ << 1) | (*at == '{' ? 1U : 0U);
        ++depth_;
        return nullptr;
    }
    if (depth_ == 0 || ((is_object_ & 1) != 0) != (*at == '}')) {
        broken_ = true;
        return nullptr;
    }
    is_object_ >>= 1;
    --depth_;
    return depth_ == 0 ? at : nullptr;
}

bool is_one_value(std::string_view json) {
    const char* end = json.data() + json.size();
    const char* p = skip_spaces(json.data(), end);
    if (p == end) {
        return false;
    }
    ValueExtent extent;
    const char* after = extent.advance(p, end);
    return after == nullptr ? extent.may_end() : skip_spaces(after, end) == end;
}

Result<bool> JsonWindow::refill() {
    static_cast<void>(line());
    counted_ = 0;
    text_.resize(size_);
    text_.erase(0, at_);
    at_ = 0;
    auto more = stream_.append_to(text_);
    size_ = text_.size();
    text_.append(scan_padding_bytes, '\0');
    return more;
}

Result<int> JsonWindow::peek() {
    for (;;) {
        at_ += static_cast<std::size_t>(skip_spaces(begin(), end()) - begin());
        if (at_ < size_) {
            return static_cast<unsigned char>(text_[at_]);
        }
        if (!TRY(refill())) {
            return json_end;
        }
    }
}

Result<std::optional<std::string_view>> JsonWindow::take_value(std::size_t bytes_max) {
    ValueExtent extent;
    const std::uint64_t first_line = line();
    std::size_t scanned = 0;  // bytes of the value already looked at, from at_
    bool is_long = false;
    for (;;) {
        const char* after = extent.advance(begin() + scanned, end());
        if (extent.is_broken()) {
            return fail(
                ErrorCode::invalid_input,
                fmt::format("« {} » : dans la valeur JSON commencée ligne {}, des crochets ou "
                            "accolades se croisent (ou plus de {} niveaux)",
                            name(), first_line, json_depth_max));
        }
        const std::size_t length =
            static_cast<std::size_t>((after == nullptr ? end() : after) - begin());
        is_long = is_long || length > bytes_max;
        if (after != nullptr) {
            const std::string_view value(begin(), length);
            at_ += length;
            return is_long ? std::nullopt : std::optional(value);
        }
        scanned = length;
        if (is_long) {
            at_ = size_;
            scanned = 0;
        }
        if (!TRY(refill())) {
            if (extent.may_end() && !is_long) {
                const std::string_view value(begin(), scanned);
                at_ = size_;
                return std::optional(value);
            }
            return fail(
                ErrorCode::invalid_input,
                fmt::format(
                    "« {} » : le fichier finit au milieu de la valeur JSON commencée ligne {}",
                    name(), first_line));
        }
    }
}

Result<std::optional<std::string_view>> JsonWindow::take_until(char delimiter,
                                                               std::size_t bytes_max) {
    std::size_t scanned = 0;
    bool is_long = false;
    for (;;) {
        const std::size_t left = size_ - at_;
        const void* found =
            left > scanned ? std::memchr(begin() + scanned, delimiter, left - scanned) : nullptr;
        const std::size_t length =
            found == nullptr ? left
                             : static_cast<std::size_t>(static_cast<const char*>(found) - begin());
        is_long = is_long || length > bytes_max;
        const std::string_view value(begin(), length);
        if (found != nullptr) {
            at_ += length + 1;
            return is_long ? std::nullopt : std::optional(value);
        }
        scanned = length;
        if (is_long) {
            at_ = size_;
            scanned = 0;
        }
        if (!TRY(refill())) {
            const std::string_view rest(begin(), size_ - at_);
            at_ = size_;
            return is_long ? std::nullopt : std::optional(rest);
        }
    }
}

std::uint64_t JsonWindow::line() {
    const auto text = text_.cbegin();
    line_ += static_cast<std::uint64_t>(std::count(text + static_cast<std::ptrdiff_t>(counted_),
                                                   text + static_cast<std::ptrdiff_t>(at_), '\n'));
    counted_ = at_;
    return line_;
}

}  // namespace vigie::intake
