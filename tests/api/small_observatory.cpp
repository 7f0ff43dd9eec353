#include "small_observatory.h"

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <boost/json.hpp>

namespace vigie::api::testing {

namespace {

/// Argon2id at its cheapest: the tests are about who comes in, not about how long it takes.
std::string cheap_hash(const std::string& password) {
    static std::map<std::string, std::string> made;
    auto& hash = made[password];
    if (hash.empty()) {
        hash = hash_password(password).value();
    }
    return hash;
}

/// A point of the Lambert-93 grid near Marseille, so that projections are real.
constexpr std::int32_t west_column = 8900;
constexpr std::int32_t south_row = 62450;

City square_city() {
    City city;
    city.key = "carreville";
    city.name = "Carréville";
    city.zone = "Europe/Paris";
    city.epsg = 2154;
    city.box = {5.2, 43.2, 5.6, 43.4};
    city.centre = {5.4, 43.3};
    city.attributions = {"Contours : mairie de Carréville, Licence Ouverte 2.0"};
    city.synthetic = true;
    city.districts_are_a_partition = true;
    for (std::uint16_t i = 0; i < 4; ++i) {
        District district;
        district.id = DistrictId{i};
        district.code = "D" + std::to_string(i + 1);
        district.name = "Quartier " + std::to_string(i + 1);
        district.parent = "Carréville";
        const double west = 5.2 + 0.2 * (i % 2);
        const double south = 43.2 + 0.1 * (i / 2);
        district.rings = {
            {{west, south}, {west + 0.2, south}, {west + 0.2, south + 0.1}, {west, south + 0.1}}};
        district.label = {west + 0.1, south + 0.05};
        district.area_km2 = 180.0;
        if (i < 3) {
            district.residents = 1000U * (i + 1U);
        }
        city.districts.push_back(district);
    }
    OutlineLayer outline;
    outline.key = "outline";
    outline.attribution = "Mairie de Carréville";
    outline.shapes.push_back(
        {"C", "Carréville", {{{5.2, 43.2}, {5.6, 43.2}, {5.6, 43.4}, {5.2, 43.4}}}});
    city.outlines.push_back(outline);
    return city;
}

Taxonomy small_taxonomy() {
    Taxonomy taxonomy;
    taxonomy.name = "essai";
    taxonomy.themes = {{"public_peace", "Tranquillité", "Public peace"},
                       {"other", "Autres", "Other"}};
    taxonomy.categories = {
        {CategoryId{0}, "unmapped", "other", "Non classé", "Not mapped", Severity{0}},
        {CategoryId{1}, "noise", "public_peace", "Bruit", "Noise", Severity{1}},
        {CategoryId{2}, "theft", "public_peace", "Vol", "Theft", Severity{2}}};
    return taxonomy;
}

governance::Account account_of(std::string_view login, governance::Role role) {
    governance::Account account;
    account.login = login;
    account.role = role;
    account.password_hash = cheap_hash(password_of(login));
    account.must_change_password = login == "newcomer";
    return account;
}

std::string gunzipped(std::string_view bytes) {
    z_stream stream{};
    std::string out(64ULL << 20, '\0');
    if (inflateInit2(&stream, 15 + 16) != Z_OK) {
        return "";
    }
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int ended = inflate(&stream, Z_FINISH);
    out.resize(ended == Z_STREAM_END ? stream.total_out : 0);
    inflateEnd(&stream);
    return out;
}

}  // namespace

std::string password_of(std::string_view) {
    return "correct cheval pile agrafe";
}

Event fact(LocalHour hour, Cell cell, std::uint16_t category) {
    static std::uint64_t next = 1;
    Event event;
    event.id = EventId{next++};
    event.local_hour = hour;
    event.at = Instant{std::chrono::hours{hour.raw() - 1}};
    event.point = {(west_column + cell.column) * 100 + 50, (south_row + cell.row) * 100 + 50};
    event.source = SourceId{0};
    event.category = CategoryId{category};
    event.district = DistrictId{static_cast<std::uint16_t>(cell.column % 4)};
    event.origin = Origin::resident;
    return event;
}

std::string member(std::string_view json, std::string_view name) {
    boost::json::error_code error;
    const auto document = boost::json::parse({json.data(), json.size()}, error);
    const auto* object = error ? nullptr : document.if_object();
    const auto* value =
        object == nullptr ? nullptr : object->if_contains({name.data(), name.size()});
    if (value == nullptr) {
        return "";
    }
    const auto* text = value->if_string();
    return text != nullptr ? std::string(text->data(), text->size())
                           : boost::json::serialize(*value);
}

std::string Got::header(std::string_view name) const {
    for (const auto& [key, value] : response.headers) {
        if (key == name) {
            return value;
        }
    }
    return "";
}

SmallObservatory::SmallObservatory() : log_(STDERR_FILENO, LogLevel::error, nullptr) {
    reference.the_city = square_city();
    reference.the_taxonomy = small_taxonomy();
    SourceRecord source;
    source.id = SourceId{0};
    source.key = "police";
    source.label = "Main courante";
    source.attribution = "Ville de Carréville";
    source.licence = "Licence Ouverte 2.0";
    reference.the_sources = {source};
    events.calendar =
        std::make_shared<const LocalCalendar>(LocalCalendar::open("Europe/Paris").value());
    events.centre = reference.the_city->centre;
    using governance::Role;
    for (const auto& [login, role] :
         std::initializer_list<std::pair<const char*, Role>>{{"analyst", Role::analyst},
                                                             {"administrator", Role::administrator},
                                                             {"planner", Role::planner},
                                                             {"operations", Role::operations},
                                                             {"dpo", Role::dpo},
                                                             {"newcomer", Role::analyst}}) {
        accounts.by_login.emplace(login, account_of(login, role));
    }
    application = Application::open({&events, &accounts, &journal, &reference, {}}, log_,
                                    [this] { return now; }, {})
                      .value();
}

Got SmallObservatory::sign_in(std::string_view login) {
    auto got = ask({Method::post, "/api/v1/session",
                    R"({"user":")" + std::string(login) + R"(","password":")" + password_of(login) +
                        R"(","purpose":"analysis"})"});
    const auto line = got.header("Set-Cookie");
    cookie = line.substr(0, line.find(';'));
    csrf = member(got.body, "csrf");
    return got;
}

Got SmallObservatory::ask(Ask ask) {
    Request request;
    const std::string_view target = ask.target;
    request.method = ask.method;
    request.path = target.substr(0, target.find('?'));
    request.query = request.path.size() < target.size() ? target.substr(request.path.size() + 1)
                                                        : std::string_view{};
    request.body = ask.body;
    request.host = ask.host;
    request.cookie = cookie;
    request.csrf_token = ask.without_csrf ? std::string_view{} : std::string_view(csrf);
    request.content_type = ask.content_type;
    request.accept_encoding = ask.accept_encoding;
    request.accept_language = ask.language;
    request.if_none_match = ask.if_none_match;
    request.origin = ask.origin;
    request.sec_fetch_site = ask.sec_fetch_site;
    request.from_loopback = true;
    auto begun = application->begin(request);
    was_at_once = std::holds_alternative<Response>(begun);
    Got got;
    if (was_at_once) {
        got.response = std::get<Response>(std::move(begun));
    } else if (std::get<Lane>(begun) == Lane::inbox) {
        application->accept(request, [&](Response response) { got.response = std::move(response); });
    } else {
        got.response = application->answer(request);
    }
    got.status = got.response.status;
    got.body = got.response.gzip ? gunzipped(got.response.body.bytes)
                                 : std::string(got.response.body.bytes);
    return got;
}

}  // namespace vigie::api::testing
