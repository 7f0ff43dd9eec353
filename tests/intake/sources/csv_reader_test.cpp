#include "intake/sources/csv_reader.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "intake/sources/csv_reference.h"
#include "intake/sources/reading.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

ReadTable read(std::string_view text, const ReaderOptions& options = {}, std::size_t block = 7,
               CsvBounds bounds = {}) {
    auto stream = memory_byte_stream(text, block);
    if (!stream) {
        return ReadTable{{}, {}, {}, {}, stream.error().message};
    }
    return read_table(make_csv_reader(std::move(*stream), options, bounds));
}

using Row = std::vector<std::string>;

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a plain file gives its columns, values and lines") {
    const ReadTable table = read("t,type,lat\n2016,vol,43.1\n2017,feu,\n");
    CHECK(table.error.empty());
    CHECK(table.columns == Row{"t", "type", "lat"});
    REQUIRE(table.records.size() == 2);
    CHECK(table.records[0] == ReadRecord{2, Defect::none, {"2016", "vol", "43.1"}});
    CHECK(table.records[1] == ReadRecord{3, Defect::none, {"2017", "feu", ""}});
    CHECK(table.description == "CSV, « , », ASCII");
}

TEST_CASE("quotes protect separators, line ends and quotes, and lines stay exact") {
    const ReadTable table =
        read("a;b\r\n\"x;\r\ny\";\"dit \"\"non\"\"\"\r\n\r\n\"\";2\rz;3", {}, 3);
    CHECK(table.error.empty());
    REQUIRE(table.records.size() == 3);
    CHECK(table.records[0] == ReadRecord{2, Defect::none, {"x;\r\ny", "dit \"non\""}});
    CHECK(table.records[1] == ReadRecord{5, Defect::none, {"", "2"}});
    CHECK(table.records[2] == ReadRecord{6, Defect::none, {"z", "3"}});
}

TEST_CASE("the separator is found even where another one is frequent") {
    CHECK(read("d;lat;lon\n1;43,1;5,2\n2;43,2;5,3\n").columns == Row{"d", "lat", "lon"});
    CHECK(read("d\tlat, lon\n1\t2\n").columns == Row{"d", "lat, lon"});
    CHECK(read("d|e|f;g\n1|2|3\n").columns == Row{"d", "e", "f;g"});
    CHECK(read("\"d;x\",e\n\"1;2\",3\n").columns == Row{"d;x", "e"});
    CHECK(read("seule\n1\n2\n").columns == Row{"seule"});
    ReaderOptions declared;
    declared.separator = ';';
    CHECK(read("a,b;c\n1,2;3\n", declared).columns == Row{"a,b", "c"});
}

TEST_CASE("ragged records and misplaced quotes cost one record each") {
    const ReadTable table =
        read("a,b\n1\n1,2,3\n\"x\"y,2\nx\"y,2\n,\n1,\"ouvert\n3,4\n5,\"6\"\n7,8\n");
    CHECK(table.error.empty());
    std::vector<std::pair<std::uint64_t, Defect>> found;
    for (const ReadRecord& record : table.records) {
        found.emplace_back(record.line, record.defect);
    }
    const std::vector<std::pair<std::uint64_t, Defect>> expected = {
        {2, Defect::too_few_fields}, {3, Defect::too_many_fields},
        {4, Defect::stray_quote},    {5, Defect::stray_quote},
        {6, Defect::none},           {7, Defect::unclosed_quote},
        {8, Defect::none},           {9, Defect::none},
        {10, Defect::none}};
    CHECK(found == expected);
    CHECK(table.records[6].values == Row{"3", "4"});
    CHECK(table.records[7].values == Row{"5", "6"});
}

TEST_CASE("a quote never closed does not swallow the file") {
    std::string text = "a,b\n1,\"x\n";
    for (int i = 0; i < 200'000; ++i) {
        text += std::to_string(i) + ",valeur\n";
    }
    const ReadTable table = read(text, {}, 1 << 16);
    REQUIRE(table.records.size() == 200'001);
    CHECK(table.records[0] == ReadRecord{2, Defect::unclosed_quote, {"", ""}});
    CHECK(table.records[1] == ReadRecord{3, Defect::none, {"0", "valeur"}});
    CHECK(table.records.back() == ReadRecord{200'002, Defect::none, {"199999", "valeur"}});

    const ReadTable at_end = read("a,b\n1,2\n3,\"x");
    REQUIRE(at_end.records.size() == 2);
    CHECK(at_end.records[1] == ReadRecord{3, Defect::unclosed_quote, {"", ""}});
}

TEST_CASE("a record above the bound is a defect, and the next one is read") {
    const std::string giant(3 * record_bytes_max, 'x');
    for (const std::string& field : {giant, "\"" + giant + "\"", "1\",\"" + giant}) {
        const ReadTable table = read("a,b\n" + field + ",1\r\n3,4\r\n", {}, 1 << 16);
        CHECK(table.error.empty());
        REQUIRE(table.records.size() == 2);
        CHECK(table.records[0].line == 2);
        CHECK(table.records[0].defect ==
              (field[0] == '1' ? Defect::stray_quote : Defect::too_long));
        CHECK(table.records[1] == ReadRecord{3, Defect::none, {"3", "4"}});
    }
    const std::string longest(record_bytes_max - 2, 'x');
    const ReadTable fits = read("a,b\n" + longest + ",1\r\n" + longest + ",12\n", {}, 1 << 16);
    REQUIRE(fits.records.size() == 2);
    CHECK(fits.records[0].values == Row{longest, "1"});
    CHECK(fits.records[1].defect == Defect::too_long);
}

TEST_CASE("encodings: mark, cp1252 and broken bytes") {
    CHECK(read("\xef\xbb\xbfnom,b\né,2\n").records.at(0).values == Row{"é", "2"});
    CHECK(read("\xef\xbb\xbfnom,b\né,2\n").columns == Row{"nom", "b"});

    const ReadTable latin = read("lieu;b\nQuai de la Joliette \x80;2\n\xc9t\xe9;\x9c\nx\x81;1\n");
    CHECK(latin.description == "CSV, « ; », cp1252");
    CHECK(latin.values(0) == Row{"Quai de la Joliette €", "Été", ""});
    CHECK(latin.values(1) == Row{"2", "œ", ""});
    CHECK(latin.records[2].defect == Defect::bad_encoding);

    ReaderOptions utf8;
    utf8.encoding = TextEncoding::utf8;
    const ReadTable broken = read("a,b\né,1\n\xe9,2\n\"\"\"é\",3\n\"\xc3\n\",4\nz,5\n", utf8);
    REQUIRE(broken.records.size() == 5);
    CHECK(broken.records[0].values == Row{"é", "1"});
    CHECK(broken.records[1] == ReadRecord{3, Defect::bad_encoding, {"", ""}});
    CHECK(broken.records[2] == ReadRecord{4, Defect::none, {"\"é", "3"}});
    CHECK(broken.records[3].defect == Defect::bad_encoding);
    CHECK(broken.records[4] == ReadRecord{7, Defect::none, {"z", "5"}});

    CHECK(read(std::string("a,b\n1,2\nx\0y,3\n", 15)).records.at(1).defect == Defect::bad_encoding);
    CHECK(contains(read("\xe9t\xe9,b\n1,2\n", utf8).error, "colonne 1"));
}

TEST_CASE("what is no table of text is refused in words") {
    using namespace std::string_literals;
    CHECK(contains(read("\xff\xfe"s + "a\0,\0"s).error, "UTF-16"));
    CHECK(contains(read("\xfe\xff\0a\0,"s).error, "UTF-16"));
    CHECK(contains(read("a\0,\0b\0"s).error, "UTF-16"));
    CHECK(contains(read("PK\x03\x04zip").error, "ZIP"));
    CHECK(contains(read("").error, "vide"));
    CHECK(contains(read("\n\r\n").error, "ligne 3"));
    CHECK(contains(read("\"a,b\n1,2\n").error, "ligne 1"));
    ReaderOptions cp1252;
    cp1252.encoding = TextEncoding::cp1252;
    CHECK(contains(read("\xef\xbb\xbf"
                        "a\n",
                        cp1252)
                       .error,
                   "marque"));
    ReaderOptions third;
    third.header_row = 9;
    CHECK(contains(read("a\nb\nc\n", third).error, "ligne 9"));
}

TEST_CASE("rows above the header are skipped and still counted") {
    ReaderOptions options;
    options.header_row = 3;
    const ReadTable table = read("Export du \"1er\n\r\n a ; b \r\n1;2\r\n", options, 1);
    CHECK(table.columns == Row{"a", "b"});
    CHECK(table.records == std::vector<ReadRecord>{{4, Defect::none, {"1", "2"}}});
}

TEST_CASE("hash, once the end was reached") {
    const ReadTable table = read("a,b\n1,2\n");
    CHECK(table.hash.size() == 64);
    CHECK(table.hash != read("a,b\n1,3\n").hash);
    CHECK(table.hash == read("a,b\n1,2\n", {}, 1).hash);
}

namespace {

std::string random_value(Random& random, bool latin_only) {
    static const Row pieces = {"a",  "bc", ",", ";", "\t",  "|", "\"", "\n",   "\r\n",
                               "\r", " ",  "é", "€", "1,5", "",  "-",  "ligne"};
    static const Row wide = {"日本", "😀"};
    std::string value;
    for (std::uint64_t n = random.below(6); n > 0; --n) {
        value += !latin_only && random.below(8) == 0 ? wide[random.below(wide.size())]
                                                     : pieces[random.below(pieces.size())];
    }
    return value;
}

std::string to_cp1252(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 2, "é") == 0) {
            out += '\xe9';
            i += 1;
        } else if (text.compare(i, 3, "€") == 0) {
            out += '\x80';
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string written(const std::string& value, char separator, Random& random) {
    const bool needs = value.find_first_of(std::string("\"\r\n") + separator) != std::string::npos;
    if (!needs && random.below(3) != 0) {
        return value;
    }
    std::string out = "\"";
    for (const char c : value) {
        out += c == '"' ? "\"\"" : std::string(1, c);
    }
    return out + '"';
}

}  // namespace

TEST_CASE("property: any table written as CSV is read back exactly, however it is cut") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const char separator = std::string(",;\t|")[random.below(4)];
        const std::string line_end = Row{"\n", "\r\n", "\r"}[random.below(3)];
        const bool latin = random.below(3) == 0;
        const std::size_t columns = 1 + random.below(6);
        const std::size_t rows = random.below(40);
        ReaderOptions options;
        options.separator = separator;
        options.encoding = latin ? TextEncoding::cp1252 : TextEncoding::utf8;
        std::string text = !latin && random.below(2) == 0 ? "\xef\xbb\xbf" : "";
        Row names;
        for (std::size_t c = 0; c < columns; ++c) {
            names.push_back("c" + std::to_string(c));
            text += (c > 0 ? std::string(1, separator) : "") + names.back();
        }
        text += line_end;
        std::vector<Row> truth;
        for (std::size_t r = 0; r < rows; ++r) {
            Row row;
            for (std::size_t c = 0; c < columns; ++c) {
                row.push_back(random_value(random, latin));
                std::string field = written(row.back(), separator, random);
                // A single empty field would be a blank line.
                field = field.empty() && columns == 1 ? "\"\"" : field;
                text +=
                    (c > 0 ? std::string(1, separator) : "") + (latin ? to_cp1252(field) : field);
            }
            truth.push_back(row);
            text += r + 1 < rows || random.below(2) == 0 ? line_end : "";
        }
        const CsvBounds bounds{record_bytes_max, 1 + random.below(300)};
        const ReadTable table = read(text, options, 1 + random.below(100), bounds);
        REQUIRE(table.error.empty());
        REQUIRE(table.columns == names);
        REQUIRE(table.records.size() == rows);
        for (std::size_t r = 0; r < rows; ++r) {
            REQUIRE(table.records[r].defect == Defect::none);
            REQUIRE(table.records[r].values == truth[r]);
        }
    }
}

TEST_CASE("property: on any soup of bytes, the same records as the slow reader") {
    static const std::string alphabet = "ab,,,;\"\"\"\n\n\r";
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::string text = "x,y\n";
        for (std::uint64_t n = random.below(300); n > 0; --n) {
            text += alphabet[random.below(alphabet.size())];
        }
        ReaderOptions options;
        options.separator = ',';
        const CsvBounds bounds{4 + random.below(60), 1 + random.below(100)};
        const ReadTable table = read(text, options, 1 + random.below(50), bounds);
        auto expected = CsvReference(text, ',', bounds.record_bytes).records(2);
        expected.erase(expected.begin());
        REQUIRE(table.error.empty());
        REQUIRE(table.records.size() == expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            CAPTURE(i);
            REQUIRE(table.records[i].line == expected[i].line);
            REQUIRE(table.records[i].defect == expected[i].defect);
            if (expected[i].defect == Defect::none) {
                REQUIRE(table.records[i].values == expected[i].fields);
            }
        }
    }
}
