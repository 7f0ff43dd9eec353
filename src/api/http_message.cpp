#include "api/http_message.h"

#include <charconv>

namespace vigie::api {

namespace {

std::string_view reason_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 409:
            return "Conflict";
        case 411:
            return "Length Required";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 421:
            return "Misdirected Request";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return "Status";
    }
}

std::string_view cache_control_of(Keep keep) {
    switch (keep) {
        case Keep::never:
            return "no-store";
        case Keep::revalidate:
            return "private, no-cache";
        case Keep::page:
            return "no-cache";
        case Keep::for_ever:
            return "public, max-age=31536000, immutable";
    }
    return "no-store";
}

void append_number(std::string& out, std::uint64_t number) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, end.ptr);
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    // A line break inside a value would let it write headers of its own.
    for (const char c : value) {
        if (c != '\r' && c != '\n') {
            out += c;
        }
    }
    out += "\r\n";
}

}  // namespace

std::string_view name_of(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::delete_:
            return "DELETE";
        case Method::other:
            return "OTHER";
    }
    return "OTHER";
}

Body::Body(std::string text) : Body(std::make_shared<const std::string>(std::move(text))) {}

Body::Body(std::shared_ptr<const std::string> text) : owner(std::move(text)), bytes(*owner) {}

Body Body::of_program(std::string_view program_bytes) {
    Body body;
    body.bytes = program_bytes;
    return body;
}

Response json_response(std::string body) {
    Response response;
    response.content_type = "application/json";
    response.body = Body(std::move(body));
    return response;
}

std::string render_head(const Response& response, std::string_view fixed, bool keep_alive) {
    std::string head;
    head.reserve(fixed.size() + 320);
    head += "HTTP/1.1 ";
    append_number(head, static_cast<std::uint64_t>(response.status));
    head += ' ';
    head += reason_of(response.status);
    head += "\r\n";
    head += fixed;
    append_line(head, "Cache-Control", cache_control_of(response.keep));
    if (response.status != 204 && response.status != 304) {
        head += "Content-Length: ";
        append_number(head, response.body.bytes.size());
        head += "\r\n";
    }
    if (!response.content_type.empty()) {
        append_line(head, "Content-Type", response.content_type);
        // The same address gives other bytes to other browsers; caches between must know by what.
        // Files of the page are the same for everybody, and must not be fetched again because
        // somebody signed in.
        const bool is_file = response.keep == Keep::page || response.keep == Keep::for_ever;
        append_line(head, "Vary",
                    is_file ? "Accept-Encoding" : "Accept-Encoding, Accept-Language, Cookie");
    }
    if (response.gzip) {
        append_line(head, "Content-Encoding", "gzip");
    }
    if (!response.etag.empty()) {
        append_line(head, "ETag", response.etag);
    }
    for (const auto& [name, value] : response.headers) {
        append_line(head, name, value);
    }
    head += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return head;
}

std::string security_headers(bool https) {
    std::string lines =
        "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "Referrer-Policy: no-referrer\r\n"
        "Cross-Origin-Opener-Policy: same-origin\r\n"
        "Cross-Origin-Resource-Policy: same-origin\r\n"
        "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n";
    if (https) {
        lines += "Strict-Transport-Security: max-age=31536000\r\n";
    }
    return lines;
}

}  // namespace vigie::api
