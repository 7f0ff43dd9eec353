#include "intake/redaction/word_table.h"

#include <utility>

namespace vigie::intake {

namespace {
constexpr std::size_t slots_at_first = 1024;
}

WordTable::WordTable() : slots_(slots_at_first), mask_(slots_at_first - 1) {}

void WordTable::add(std::uint64_t hash, WordRoles roles) {
    if (size_ * 10 >= slots_.size() * 6) {
        grow();
    }
    std::size_t at = hash & mask_;
    while (slots_[at].hash != 0 && slots_[at].hash != hash) {
        at = (at + 1) & mask_;
    }
    size_ += slots_[at].hash == 0 ? 1U : 0U;
    slots_[at].hash = hash;
    slots_[at].roles |= roles;
}

void WordTable::grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    size_ = 0;
    for (const Slot& slot : old) {
        if (slot.hash != 0) {
            add(slot.hash, slot.roles);
        }
    }
}

}  // namespace vigie::intake
