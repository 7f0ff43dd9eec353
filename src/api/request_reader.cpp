#include "api/request_reader.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http.hpp>
#include <optional>

namespace vigie::api {

namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

/// Bytes asked of a socket at a time: a usual request fits.
constexpr std::size_t read_bytes = 4096;
/// Once a large body is under way.
constexpr std::size_t read_bytes_of_message = 64 * 1024;
constexpr std::size_t buffer_bytes_max = request_head_bytes_max + request_body_bytes_max + read_bytes_of_message;

Method method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get:
            return Method::get;
        case http::verb::head:
            return Method::head;
        case http::verb::post:
            return Method::post;
        case http::verb::delete_:
            return Method::delete_;
        default:
            return Method::other;
    }
}

void note_unnamed_field(Request& request, std::string_view name, std::string_view value) {
    if (beast::iequals(name, "Idempotency-Key")) {
        request.idempotency_key = value;
    } else if (beast::iequals(name, "X-CSRF-Token")) {
        request.csrf_token = value;
    } else if (beast::iequals(name, "X-Forwarded-Host")) {
        request.forwarded_host = value;
    } else if (beast::iequals(name, "X-Forwarded-Proto")) {
        request.forwarded_proto = value;
    }
}

/// False when two hosts are named, which two programs could read differently.
bool read_fields(const http::fields& fields, Request& request) {
    int hosts = 0;
    for (const auto& field : fields) {
        const std::string_view value = field.value();
        switch (field.name()) {
            case http::field::host:
                request.host = value;
                ++hosts;
                break;
            case http::field::cookie:
                request.cookie = value;
                break;
            case http::field::sec_fetch_site:
                request.sec_fetch_site = value;
                break;
            case http::field::origin:
                request.origin = value;
                break;
            case http::field::content_type:
                request.content_type = value;
                break;
            case http::field::accept_encoding:
                request.accept_encoding = value;
                break;
            case http::field::accept_language:
                request.accept_language = value;
                break;
            case http::field::authorization:
                request.authorization = value;
                break;
            case http::field::content_encoding:
                request.content_encoding = value;
                break;
            case http::field::if_none_match:
                request.if_none_match = value;
                break;
            case http::field::unknown:
                note_unnamed_field(request, field.name_string(), value);
                break;
            default:
                break;
        }
    }
    return hosts == 1;
}

}  // namespace

struct RequestReader::Reading {
    using Parser = http::request_parser<http::string_body>;

    beast::flat_buffer buffer{buffer_bytes_max};
    std::optional<Parser> parser;
    Request request;
    bool continued = false;
    bool large = false;  ///< a body above request_body_bytes_max was allowed

    [[nodiscard]] std::uint64_t announced() const {
        if (!parser->is_header_done()) {
            return 0;
        }
        const auto length = parser->content_length();
        return length ? *length : 0;
    }
    State parse();
    State finish();
};

RequestReader::State RequestReader::Reading::parse() {
    while (buffer.size() > 0) {
        error_code error;
        const std::size_t used = parser->put(buffer.data(), error);
        buffer.consume(used);
        if (error == http::error::header_limit) {
            return State::head_too_large;
        }
        if (error == http::error::body_limit) {
            return State::body_too_large;
        }
        if (error && error != http::error::need_more) {
            return State::malformed;
        }
        if (parser->is_header_done() && parser->chunked()) {
            return State::length_unsaid;
        }
        if (announced() > message_body_bytes_max) {
            return State::body_too_large;
        }
        if (announced() > request_body_bytes_max && !large) {
            return finish() == State::done ? State::wants_room : State::malformed;
        }
        if (parser->is_done()) {
            return finish();
        }
        if (used == 0 || error) {
            break;
        }
    }
    return buffer.size() + read_bytes > buffer.max_size() ? State::head_too_large
                                                          : State::needs_more;
}

RequestReader::State RequestReader::Reading::finish() {
    const auto& message = parser->get();
    const std::string_view target = message.target();
    request.method = method_of(message.method());
    request.path = target.substr(0, target.find('?'));
    if (request.path.size() < target.size()) {
        request.query = target.substr(request.path.size() + 1);
    }
    request.body = message.body();
    const bool one_host = read_fields(message, request);
    const bool is_path = target.starts_with('/') && target.find('#') == std::string_view::npos;
    return one_host && is_path ? State::done : State::malformed;
}

RequestReader::RequestReader() : reading_(std::make_unique<Reading>()) {}
RequestReader::~RequestReader() = default;

RequestReader::State RequestReader::begin() {
    reading_->request = {};
    reading_->continued = false;
    reading_->large = false;
    auto& parser = reading_->parser.emplace();
    parser.header_limit(request_head_bytes_max);
    parser.body_limit(message_body_bytes_max);
    // Beast 1.81 asserts on some last chunks that come in pieces: stopping after the head keeps chunks from being read at all.
    parser.eager(false);
    return reading_->parse();
}

std::span<char> RequestReader::room() {
    const auto prepared = reading_->buffer.prepare(reading_->large ? read_bytes_of_message : read_bytes);
    return {static_cast<char*>(prepared.data()), prepared.size()};
}

RequestReader::State RequestReader::take(std::size_t count) {
    reading_->buffer.commit(count);
    return reading_->parse();
}

RequestReader::State RequestReader::allow_body() {
    reading_->large = true;
    return reading_->parse();
}

std::uint64_t RequestReader::body_bytes() const {
    return reading_->parser ? reading_->announced() : 0;
}

bool RequestReader::has_begun() const {
    return reading_->buffer.size() > 0 || (reading_->parser && reading_->parser->got_some());
}

bool RequestReader::wants_continue() {
    if (reading_->continued || !reading_->parser || !reading_->parser->is_header_done()) {
        return false;
    }
    reading_->continued =
        beast::iequals(reading_->parser->get()[http::field::expect], "100-continue");
    return reading_->continued;
}

Request RequestReader::request() const {
    return reading_->request;
}

bool RequestReader::keep_alive() const {
    return reading_->parser->get().keep_alive();
}

}  // namespace vigie::api
