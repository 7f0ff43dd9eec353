#include "intake/redaction/redaction_lexicon.h"

#include <doctest/doctest.h>

#include <string>

using namespace vigie;
using namespace vigie::intake;

namespace {

RedactionFiles shipped() {
    RedactionFiles files;
    files.folder = VIGIE_SOURCE_DIR "/config/redaction";
    return files;
}

}  // namespace

TEST_CASE("without the word list there is no lexicon, and the message names the package") {
    RedactionFiles files = shipped();
    files.word_list = "/nowhere/french";
    const auto loaded = RedactionLexicon::load(files);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::not_found);
    CHECK(loaded.error().message.find("wfrench") != std::string::npos);
}

TEST_CASE("a word list that is too short is refused") {
    RedactionFiles files = shipped();
    files.word_list = files.folder + "/vocabulary.txt";
    const auto loaded = RedactionLexicon::load(files);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::invalid_input);
}

TEST_CASE("the lists say what a word is, and where the name of a place ends") {
    RedactionFiles files = shipped();
    files.places = {"Château-Neuf Imaginaire"};
    const auto lexicon = RedactionLexicon::load(files);
    REQUIRE(lexicon);
    CHECK((lexicon->roles_of(hash_of_word("interpelle")) & bit(WordRole::everyday)) != 0);
    CHECK((lexicon->roles_of(hash_of_word("moussa")) & bit(WordRole::first_name)) != 0);
    CHECK((lexicon->roles_of(hash_of_word("moussa")) & bit(WordRole::everyday)) == 0);
    CHECK(lexicon->roles_of(hash_of_word("zzyzx")) == 0);
    CHECK(lexicon->is_near_everyday("interpelation"));
    CHECK_FALSE(lexicon->is_near_everyday("wojciech"));
    std::uint64_t sequence = word_hash_seed;
    for (const char* word : {"chateau", "neuf", "imaginaire"}) {
        sequence = RedactionLexicon::add_to_place(sequence, hash_of_word(word));
    }
    CHECK((lexicon->place_of(sequence) & static_cast<WordRoles>(PlaceMatch::bare)) != 0);
}
