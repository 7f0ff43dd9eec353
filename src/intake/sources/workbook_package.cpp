#include "intake/sources/workbook_package.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <utility>

namespace vigie::intake {

namespace {

/// Inflated bytes taken at a time.
constexpr std::size_t refill_bytes = 64 * 1024;

tl::unexpected<Error> bad_archive(const std::string& name, std::string_view what) {
    return fail(ErrorCode::invalid_input, fmt::format("« {} » : {}", name, what));
}

std::string text_of(zip_error_t& error) {
    std::string text = zip_error_strerror(&error);
    zip_error_fini(&error);
    return text;
}

}  // namespace

void WorkbookPackage::Close::operator()(zip* archive) const {
    zip_discard(archive);
}

WorkbookPackage::WorkbookPackage(std::string name)
    : name_(std::move(name)), part_bytes_read_(std::make_shared<std::uint64_t>(0)) {}

Result<std::unique_ptr<WorkbookPackage>> WorkbookPackage::open_file(const std::string& path) {
    std::unique_ptr<WorkbookPackage> package(new WorkbookPackage(path));
    int code = 0;
    package->archive_.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (!package->archive_) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        return bad_archive(path, "archive ZIP illisible : " + text_of(error));
    }
    TRY(package->check());
    return package;
}

Result<std::unique_ptr<WorkbookPackage>> WorkbookPackage::open_bytes(std::string bytes,
                                                                     std::string name) {
    std::unique_ptr<WorkbookPackage> package(new WorkbookPackage(std::move(name)));
    package->bytes_ = std::move(bytes);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source =
        zip_source_buffer_create(package->bytes_.data(), package->bytes_.size(), 0, &error);
    if (source != nullptr) {
        package->archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
        if (!package->archive_) {
            zip_source_free(source);
        }
    }
    if (!package->archive_) {
        return bad_archive(package->name_, "archive ZIP illisible : " + text_of(error));
    }
    zip_error_fini(&error);
    TRY(package->check());
    return package;
}

Status WorkbookPackage::check() const {
    const std::int64_t parts = zip_get_num_entries(archive_.get(), 0);
    if (parts <= 0 || parts > package_parts_max) {
        return bad_archive(name_, fmt::format("{} parties dans l'archive (de 1 à {} attendues)",
                                              parts, package_parts_max));
    }
    return {};
}

Result<XmlScanner> WorkbookPackage::scan(const std::string& part) {
    const std::int64_t index = zip_name_locate(archive_.get(), part.c_str(), ZIP_FL_NOCASE);
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (index < 0 ||
        zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(index), 0, &stat) != 0) {
        return fail(ErrorCode::not_found,
                    fmt::format("« {} » : il manque la partie {}", name_, part));
    }
    std::shared_ptr<zip_file_t> file(
        zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0),
        [](zip_file_t* opened) {
            if (opened != nullptr) {
                zip_fclose(opened);
            }
        });
    if (!file) {
        return bad_archive(
            name_, fmt::format("partie {} illisible : {}", part, zip_strerror(archive_.get())));
    }
    part_bytes_ = stat.size;
    part_bytes_read_ = std::make_shared<std::uint64_t>(0);
    const std::uint64_t bytes_max =
        std::max(inflate_bytes_free, stat.comp_size > UINT64_MAX / inflate_ratio_max
                                         ? UINT64_MAX
                                         : stat.comp_size * inflate_ratio_max);
    const std::string where = fmt::format("« {} », partie {}", name_, part);
    // The open part is shared because std::function must be copyable; only the scanner uses it.
    return XmlScanner(
        [file, bytes_max, where, count = part_bytes_read_](std::string& out) -> Result<bool> {
            const std::size_t before = out.size();
            out.resize(before + refill_bytes);
            const zip_int64_t got = zip_fread(file.get(), out.data() + before, refill_bytes);
            out.resize(before + static_cast<std::size_t>(std::max<zip_int64_t>(got, 0)));
            if (got < 0) {
                return fail(ErrorCode::invalid_input,
                            fmt::format("{} : illisible à l'octet {} ({})", where, *count,
                                        zip_file_strerror(file.get())));
            }
            *count += static_cast<std::uint64_t>(got);
            if (*count > bytes_max) {
                return fail(ErrorCode::invalid_input,
                            fmt::format("{} : se décompresse en plus de {} fois sa taille, refusé",
                                        where, inflate_ratio_max));
            }
            return got > 0;
        },
        where);
}

}  // namespace vigie::intake
