#include "city/place/projection.h"

#include <proj.h>

#include <cmath>
#include <string>

#include "base/assert.h"

namespace vigie {
namespace {

// Beyond this a coordinate is no place on Earth in metres or feet, and would not fit a PointM.
constexpr double planar_max = 6.6e7;

bool is_planar(PJ_COORD c) {
    return std::fabs(c.xy.x) < planar_max && std::fabs(c.xy.y) < planar_max;
}

bool is_position(double lon_deg, double lat_deg) {
    return std::fabs(lon_deg) <= 180.0 && std::fabs(lat_deg) <= 90.0;
}

struct ContextEnd {
    void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct OperationEnd {
    void operator()(PJ* operation) const { proj_destroy(operation); }
};
using Operation = std::unique_ptr<PJ, OperationEnd>;

}  // namespace

/// A PROJ context serves one thread: each projection owns one.
struct Projection::Handle {
    std::unique_ptr<PJ_CONTEXT, ContextEnd> context;
    Operation operation;  // after the context, so destroyed before it
};

Projection::Projection(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;
Projection::~Projection() = default;

Result<Projection> Projection::open(int epsg) {
    const std::string code = std::to_string(epsg);
    auto handle = std::make_unique<Handle>();
    handle->context.reset(proj_context_create());
    PJ_CONTEXT* context = handle->context.get();
    VIGIE_ASSERT(context != nullptr);
    proj_log_level(context, PJ_LOG_NONE);
    // No outbound connection but those the configuration names: grids are never fetched.
    proj_context_set_enable_network(context, 0);
    const Operation known(
        proj_create_from_database(context, "EPSG", code.c_str(), PJ_CATEGORY_CRS, 0, nullptr));
    if (known == nullptr) {
        return fail(ErrorCode::not_found,
                    "projection EPSG:" + code + " inconnue (attendu : un code de la base EPSG)");
    }
    const std::string target = "EPSG:" + code;
    const Operation raw(proj_create_crs_to_crs(context, "EPSG:4326", target.c_str(), nullptr));
    if (raw != nullptr) {
        handle->operation.reset(proj_normalize_for_visualization(context, raw.get()));
    }
    if (handle->operation == nullptr) {
        return fail(ErrorCode::invalid_input,
                    "EPSG:" + code +
                        " : pas de passage connu avec WGS 84 (attendu : une projection plane)");
    }
    return Projection(std::move(handle));
}

Result<Projection::Planar> Projection::forward(LonLat p) const {
    PJ_COORD c = proj_coord(p.lon_deg, p.lat_deg, 0.0, HUGE_VAL);
    if (is_position(p.lon_deg, p.lat_deg)) {
        c = proj_trans(handle_->operation.get(), PJ_FWD, c);
        proj_errno_reset(handle_->operation.get());
        if (is_planar(c)) {
            return Planar{c.xy.x, c.xy.y};
        }
    }
    return fail(ErrorCode::invalid_input,
                "position hors du domaine de la projection (attendu : degrés WGS 84)");
}

Result<LonLat> Projection::inverse(Planar p) const {
    PJ_COORD c = proj_coord(p.x, p.y, 0.0, HUGE_VAL);
    if (is_planar(c)) {
        c = proj_trans(handle_->operation.get(), PJ_INV, c);
        proj_errno_reset(handle_->operation.get());
        if (is_position(c.xy.x, c.xy.y)) {
            return LonLat{c.xy.x, c.xy.y};
        }
    }
    return fail(ErrorCode::invalid_input,
                "coordonnées hors du domaine de la projection (attendu : mètres ou pieds)");
}

void Projection::forward_all(std::span<Planar> points) const {
    for (Planar& p : points) {
        const Result<Planar> planar = forward(LonLat{p.x, p.y});
        p = planar ? *planar : Planar{HUGE_VAL, HUGE_VAL};
    }
}

void Projection::inverse_all(std::span<Planar> points) const {
    for (Planar& p : points) {
        const Result<LonLat> position = inverse(p);
        p = position ? Planar{position->lon_deg, position->lat_deg} : Planar{HUGE_VAL, HUGE_VAL};
    }
}

}  // namespace vigie
