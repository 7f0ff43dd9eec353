#include "store/fact_cube_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstring>

#include "base/errno_text.h"

namespace vigie {
namespace {

static_assert(std::endian::native == std::endian::little, "the cube's file is little-endian");

constexpr char magic[8] = {'V', 'I', 'G', 'C', 'U', 'B', 'E', '\n'};
constexpr std::uint32_t cube_format = 1;

struct Header {
    char magic_bytes[8];
    std::uint32_t format;
    std::uint32_t header_bytes;
    std::uint64_t seq;
    std::uint64_t history;
    std::uint64_t facts;
    std::uint64_t groups;
    std::uint64_t segments;
    std::uint64_t places;
    std::uint64_t kinds;
    std::uint64_t tables_checksum;  // segments, places, kinds
    std::uint64_t header_checksum;  // all bytes before this one
};
static_assert(sizeof(Header) == 88 && sizeof(CubeSegment) == 24);

constexpr std::uint64_t padded(std::uint64_t bytes) { return (bytes + 7) / 8 * 8; }

/// Where each section starts.
struct Sections {
    std::uint64_t facts, group_begin, group_place, segments, places, kinds, end;
    explicit Sections(const Header& h)
        : facts(sizeof(Header)),
          group_begin(facts + padded(4 * h.facts)),
          group_place(group_begin + padded(4 * (h.groups + 1))),
          segments(group_place + padded(4 * h.groups)),
          places(segments + sizeof(CubeSegment) * h.segments),
          kinds(places + 8 * h.places),
          end(kinds + 8 * h.kinds) {}
};

std::uint64_t header_checksum(const Header& header) { return XXH3_64bits(&header, offsetof(Header, header_checksum)); }

/// Of the groups of a segment, seeded with the hash of its facts.
std::uint64_t groups_checksum(const CubeSegment& segment, const std::uint32_t* group_begin, const std::uint32_t* group_place,
                              std::uint64_t facts_hash) {
    const auto begins = XXH3_64bits_withSeed(group_begin + segment.first_group, 4ULL * (segment.groups + 1ULL), facts_hash);
    return XXH3_64bits_withSeed(group_place + segment.first_group, 4ULL * segment.groups, begins);
}

/// The mapped bytes, and which segments have been found whole.
struct Mapping {
    const std::byte* bytes = nullptr;
    std::size_t size = 0;
    std::size_t kinds = 0;
    std::vector<std::atomic<std::uint8_t>> checked;  // 0 = not yet, 1 = whole, 2 = damaged

    Mapping() = default;
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    ~Mapping() {
        if (bytes != nullptr) {
            munmap(const_cast<std::byte*>(bytes), size);
        }
    }
    template <class T>
    [[nodiscard]] std::span<const T> section(std::uint64_t offset, std::uint64_t count) const {
        return {reinterpret_cast<const T*>(bytes + offset), count};
    }
};

/// Checks the bytes, then that every number stays in its bounds: nothing read later can point outside the file.
bool check_segment(const CubeRun& run, std::size_t i, std::size_t kinds) {
    const auto& segment = run.segments[i];
    const std::uint64_t groups_end = std::uint64_t{segment.first_group} + segment.groups;
    if (segment.index >= static_cast<std::uint32_t>(segment_count) || groups_end > run.group_place.size() ||
        run.group_begin[groups_end] > run.facts.size() || run.group_begin[segment.first_group] > run.group_begin[groups_end]) {
        return false;
    }
    const auto facts = run.facts_of(segment);
    const auto facts_hash = XXH3_64bits(facts.data(), facts.size_bytes());
    if (groups_checksum(segment, run.group_begin.data(), run.group_place.data(), facts_hash) != segment.checksum) {
        return false;
    }
    for (std::uint64_t g = segment.first_group; g < groups_end; ++g) {
        if (run.group_place[g] >= run.places.size() || run.group_begin[g] > run.group_begin[g + 1]) {
            return false;
        }
    }
    return std::ranges::all_of(facts, [kinds](std::uint32_t w) {
        return (w >> 16) < static_cast<std::uint32_t>(segment_hours) && (w & 0xffff) < kinds;
    });
}

Result<std::shared_ptr<Mapping>> map_file(const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable,
                    fmt::format("cube des faits {} : {}", path, errno_text(errno)));
    }
    struct stat about {};
    auto mapping = std::make_shared<Mapping>();
    if (fstat(file, &about) == 0 && about.st_size >= static_cast<off_t>(sizeof(Header))) {
        mapping->size = static_cast<std::size_t>(about.st_size);
        void* bytes = mmap(nullptr, mapping->size, PROT_READ, MAP_SHARED, file, 0);
        if (bytes != MAP_FAILED) {
            mapping->bytes = static_cast<const std::byte*>(bytes);
        }
    }
    close(file);
    if (mapping->bytes == nullptr) {
        return fail(ErrorCode::corrupt, fmt::format("cube des faits {} : fichier trop court", path));
    }
    return mapping;
}

bool counts_are_plausible(const Header& h, std::size_t size) {
    const auto fits = [size](std::uint64_t count) { return count <= size; };
    return fits(h.facts) && fits(h.groups) && fits(h.segments) && fits(h.places) && h.kinds <= kinds_max && h.groups < UINT32_MAX &&
           h.facts <= UINT32_MAX && Sections(h).end == size;
}

/// Writes through a buffer, and remembers the first thing that went wrong.
class Writer {
  public:
    explicit Writer(int file) : file_(file) { buffer_.reserve(buffer_bytes); }
    void put(const void* data, std::size_t bytes) {
        const auto* from = static_cast<const std::byte*>(data);
        written_ += bytes;
        if (buffer_.size() + bytes > buffer_bytes) {
            flush();
        }
        if (bytes >= buffer_bytes) {
            write_out(from, bytes);
        } else {
            buffer_.insert(buffer_.end(), from, from + bytes);
        }
    }
    void pad() {
        const std::uint64_t zero = 0;
        put(&zero, padded(written_) - written_);
    }
    void flush() {
        write_out(buffer_.data(), buffer_.size());
        buffer_.clear();
    }
    [[nodiscard]] int error() const { return error_; }

  private:
    static constexpr std::size_t buffer_bytes = 1U << 20;
    void write_out(const std::byte* from, std::size_t bytes) {
        while (bytes > 0 && error_ == 0) {
            const auto done = write(file_, from, bytes);
            if (done < 0 && errno != EINTR) {
                error_ = errno;
            } else if (done > 0) {
                from += done;
                bytes -= static_cast<std::size_t>(done);
            }
        }
    }
    int file_;
    int error_ = 0;
    std::uint64_t written_ = 0;
    std::vector<std::byte> buffer_;
};

class FileSink final : public FactSink {
  public:
    explicit FileSink(Writer& writer) : writer_(writer), state_(XXH3_createState(), XXH3_freeState) { XXH3_64bits_reset(state_.get()); }
    Status put(std::span<const std::uint32_t> words) override {
        facts_ += words.size();
        XXH3_64bits_update(state_.get(), words.data(), words.size_bytes());
        writer_.put(words.data(), words.size_bytes());
        return writer_.error() == 0 ? Status{} : fail(ErrorCode::unavailable, errno_text(writer_.error()));
    }
    void end_segment() override {
        hashes_.push_back(XXH3_64bits_digest(state_.get()));
        XXH3_64bits_reset(state_.get());
    }
    [[nodiscard]] std::uint64_t facts() const { return facts_; }
    [[nodiscard]] const std::vector<std::uint64_t>& hashes() const { return hashes_; }

  private:
    Writer& writer_;
    std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t*)> state_;
    std::uint64_t facts_ = 0;
    std::vector<std::uint64_t> hashes_;
};

std::uint64_t hash_tables(std::span<const CubeSegment> segments, std::span<const std::uint64_t> places,
                          std::span<const std::uint64_t> kinds) {
    auto hash = XXH3_64bits(segments.data(), segments.size_bytes());
    hash = XXH3_64bits_withSeed(places.data(), places.size_bytes(), hash);
    return XXH3_64bits_withSeed(kinds.data(), kinds.size_bytes(), hash);
}

Status write_all(int file, std::span<const std::shared_ptr<const CubeRun>> runs, const KeepFact& keep,
                 std::span<const std::uint64_t> kinds, CubeStamp stamp) {
    Header header{};
    Writer writer(file);
    writer.put(&header, sizeof header);
    FileSink sink(writer);
    auto tables = TRY(merge_runs(runs, keep, sink));
    for (std::size_t i = 0; i < tables.segments.size(); ++i) {
        tables.segments[i].checksum =
            groups_checksum(tables.segments[i], tables.group_begin.data(), tables.group_place.data(), sink.hashes()[i]);
    }
    writer.pad();
    writer.put(tables.group_begin.data(), 4 * tables.group_begin.size());
    writer.pad();
    writer.put(tables.group_place.data(), 4 * tables.group_place.size());
    writer.pad();
    writer.put(tables.segments.data(), sizeof(CubeSegment) * tables.segments.size());
    writer.put(tables.places.data(), 8 * tables.places.size());
    writer.put(kinds.data(), kinds.size_bytes());
    writer.flush();
    std::ranges::copy(magic, header.magic_bytes);
    header.format = cube_format;
    header.header_bytes = sizeof header;
    header.seq = stamp.seq;
    header.history = stamp.history;
    header.facts = sink.facts();
    header.groups = tables.group_place.size();
    header.segments = tables.segments.size();
    header.places = tables.places.size();
    header.kinds = kinds.size();
    header.tables_checksum = hash_tables(tables.segments, tables.places, kinds);
    header.header_checksum = header_checksum(header);
    if (writer.error() != 0 || pwrite(file, &header, sizeof header, 0) != static_cast<ssize_t>(sizeof header) || fsync(file) != 0) {
        return fail(ErrorCode::unavailable, errno_text(writer.error() != 0 ? writer.error() : errno));
    }
    return {};
}

void sync_directory_of(const std::string& path) {
    const auto slash = path.find_last_of('/');
    const int directory = open(slash == std::string::npos ? "." : path.substr(0, slash).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
        fsync(directory);
        close(directory);
    }
}

}  // namespace

Result<CubeFile> open_cube_file(const std::string& path) {
    auto mapping = TRY(map_file(path));
    const auto corrupt = [&] { return fail(ErrorCode::corrupt, fmt::format("cube des faits {} : ce n'est pas ce qui avait été écrit", path)); };
    Header header{};
    std::memcpy(&header, mapping->bytes, sizeof header);
    if (std::memcmp(header.magic_bytes, magic, sizeof magic) != 0 || header.format != cube_format ||
        header.header_checksum != header_checksum(header) || !counts_are_plausible(header, mapping->size)) {
        return corrupt();
    }
    const Sections at(header);
    auto run = std::make_shared<CubeRun>();
    run->facts = mapping->section<std::uint32_t>(at.facts, header.facts);
    run->group_begin = mapping->section<std::uint32_t>(at.group_begin, header.groups + 1);
    run->group_place = mapping->section<std::uint32_t>(at.group_place, header.groups);
    run->segments = mapping->section<CubeSegment>(at.segments, header.segments);
    run->places = mapping->section<std::uint64_t>(at.places, header.places);
    const auto kinds = mapping->section<std::uint64_t>(at.kinds, header.kinds);
    if (hash_tables(run->segments, run->places, kinds) != header.tables_checksum) {
        return corrupt();
    }
    mapping->checked = std::vector<std::atomic<std::uint8_t>>(header.segments);
    mapping->kinds = header.kinds;
    run->segment_is_whole = [raw = mapping.get(), run = run.get()](std::size_t i) {
        auto& state = raw->checked[i];
        if (state.load(std::memory_order_acquire) == 0) {
            state.store(check_segment(*run, i, raw->kinds) ? 1 : 2, std::memory_order_release);
        }
        return state.load(std::memory_order_acquire) == 1;
    };
    run->release = [raw = mapping.get()] {
        // On a shared mapping of a file this only empties this process's page tables: advice that fails costs memory, not data.
        static_cast<void>(::madvise(const_cast<std::byte*>(raw->bytes), raw->size, MADV_DONTNEED));
    };
    run->memory = std::move(mapping);
    return CubeFile{run, {kinds.begin(), kinds.end()}, {header.seq, header.history}};
}

Status write_cube_file(const std::string& path, std::span<const std::shared_ptr<const CubeRun>> runs, const KeepFact& keep,
                       std::span<const std::uint64_t> kinds, CubeStamp stamp) {
    const auto beside = path + ".new";
    const int file = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) {
        return fail(ErrorCode::unavailable, fmt::format("cube des faits {} : {}", beside, errno_text(errno)));
    }
    auto written = write_all(file, runs, keep, kinds, stamp);
    close(file);
    if (written && rename(beside.c_str(), path.c_str()) != 0) {
        written = fail(ErrorCode::unavailable, errno_text(errno));
    }
    if (!written) {
        unlink(beside.c_str());
        return fail(written.error().code, fmt::format("cube des faits {} : {}", path, written.error().message));
    }
    sync_directory_of(path);
    return {};
}

}  // namespace vigie
