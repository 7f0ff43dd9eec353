// Numbers that can not be mistaken for one another: a DistrictId is not a SourceId although both are
// small integers. Explicit in, explicit out, comparable, and as cheap as the number inside.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>

namespace vigie {

template <class Raw, class Tag>
class Strong {
  public:
    using raw_type = Raw;
    constexpr Strong() = default;
    constexpr explicit Strong(Raw raw) : raw_(raw) {}
    [[nodiscard]] constexpr Raw raw() const { return raw_; }
    friend constexpr auto operator<=>(Strong, Strong) = default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 sees one in <=>

  private:
    Raw raw_{};
};

}  // namespace vigie

template <class Raw, class Tag>
struct std::hash<vigie::Strong<Raw, Tag>> {
    std::size_t operator()(vigie::Strong<Raw, Tag> value) const noexcept {
        return std::hash<Raw>{}(value.raw());
    }
};
