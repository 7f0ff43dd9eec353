// City and taxonomy: each save adds a version, the latest is in force, the older ones stay readable.

#include <map>

#include "store/metadata_codec.h"
#include "store/metadata_database.h"

namespace vigie {

namespace {

Status add_version(sqlite::Connection& connection, const char* sql, std::span<const std::uint8_t> body,
                   Instant now) {
    sqlite::Statement statement = TRY(connection.prepare(sql));
    return statement.bind(stored_time(now)).bind(body).run();
}

Result<std::optional<Taxonomy>> latest_taxonomy(sqlite::Connection& connection) {
    sqlite::Statement statement =
        TRY(connection.prepare("SELECT body FROM taxonomies ORDER BY version DESC LIMIT 1"));
    if (!TRY(statement.step())) {
        return std::optional<Taxonomy>{};
    }
    return std::optional<Taxonomy>{TRY(decode_taxonomy(statement.blob(0)))};
}

/// Facts hold the numbers of categories: a number must keep its meaning for ever.
Status check_succession(const Taxonomy& before, const Taxonomy& after) {
    std::map<std::string_view, CategoryId> ids;
    for (const Category& category : after.categories) {
        ids.emplace(category.key, category.id);
    }
    for (const Category& category : before.categories) {
        const auto found = ids.find(category.key);
        if (found == ids.end()) {
            return fail(ErrorCode::conflict,
                        "nomenclature : la catégorie « " + category.key +
                            " » a disparu alors que des faits peuvent la porter ; il faut la garder");
        }
        if (found->second != category.id) {
            return fail(ErrorCode::conflict, "nomenclature : la catégorie « " + category.key +
                                                 " » est passée du rang " +
                                                 std::to_string(category.id.raw()) + " au rang " +
                                                 std::to_string(found->second.raw()) +
                                                 " ; les nouvelles catégories vont à la fin");
        }
    }
    return {};
}

}  // namespace

Status Metadata::save_city(const City& city, Instant now) {
    const std::vector<std::uint8_t> body = TRY(encode_city(city));
    const std::scoped_lock lock(mutex_);
    return add_version(database_->connection, "INSERT INTO cities(saved_ms, body) VALUES (?, ?)", body,
                       now);
}

Result<std::optional<City>> Metadata::city() {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(
        database_->connection.prepare("SELECT body FROM cities ORDER BY version DESC LIMIT 1"));
    if (!TRY(statement.step())) {
        return std::optional<City>{};
    }
    return std::optional<City>{TRY(decode_city(statement.blob(0)))};
}

Status Metadata::save_taxonomy(const Taxonomy& taxonomy, Instant now) {
    const std::vector<std::uint8_t> body = TRY(encode_taxonomy(taxonomy));
    const std::scoped_lock lock(mutex_);
    sqlite::Connection& connection = database_->connection;
    sqlite::Transaction transaction = TRY(sqlite::Transaction::begin(connection));
    const std::optional<Taxonomy> before = TRY(latest_taxonomy(connection));
    if (before) {
        TRY(check_succession(*before, taxonomy));
    }
    TRY(add_version(connection, "INSERT INTO taxonomies(saved_ms, body) VALUES (?, ?)", body, now));
    return transaction.commit();
}

Result<std::optional<Taxonomy>> Metadata::taxonomy() {
    const std::scoped_lock lock(mutex_);
    return latest_taxonomy(database_->connection);
}

}  // namespace vigie
