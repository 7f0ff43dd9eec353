// What every event store must do, said once against the seam (store/event_store.h) and run on each
// implementation. A factory opens the store of a folder, making it when absent; it is told that the city is
// test_city in test_zone.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "store/event_store.h"

namespace vigie::test {

using OpenStore = std::function<Result<std::unique_ptr<EventStore>>(const std::string& folder)>;
/// Opens the copy that `backup` made in `directory`.
using OpenBackup = std::function<Result<std::unique_ptr<EventStore>>(const std::string& directory)>;

void appends_are_idempotent_and_kept(const OpenStore& open);
void bad_blocks_are_refused_whole(const OpenStore& open);
void scans_are_ordered_and_stop(const OpenStore& open);
void each_filter_keeps_what_it_says(const OpenStore& open);
void each_dimension_counts_what_it_says(const OpenStore& open);
void day_facts_stay_out_of_hours(const OpenStore& open);
void bad_questions_are_refused(const OpenStore& open);
void top_cells_break_ties_by_column_then_row(const OpenStore& open);
void erased_facts_are_gone(const OpenStore& open);
void an_empty_store_answers(const OpenStore& open);
void random_questions_agree_with_the_naive_loop(const OpenStore& open, std::uint64_t seed);
void readers_see_whole_blocks_while_appends_go_on(const OpenStore& open);
void a_backup_taken_while_appending_is_one_moment(const OpenStore& open, const OpenBackup& open_backup);

/// All of the above.
void run_conformance(const OpenStore& open, const OpenBackup& open_backup);

}  // namespace vigie::test
