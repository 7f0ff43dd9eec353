// How much a word looks like a name of somebody and how much like a French word: three letters at a time, learnt from the lists.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace vigie::intake {

class NameShape {
  public:
    NameShape();
    /// One word of a list, plain and lower case; letters other than a to z are left out.
    void add(std::string_view word, bool name);
    /// To be called once after the last add.
    void finish();
    /// Mean log-odds a letter, name against word; above zero it looks more like a name. O(letters).
    [[nodiscard]] double odds(std::string_view word) const;

  private:
    std::vector<std::uint32_t> words_;
    std::vector<std::uint32_t> names_;
    std::vector<float> odds_;
};

}  // namespace vigie::intake
