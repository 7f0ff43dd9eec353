#include "intake/sources/workbook_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <utility>

namespace vigie::intake {

namespace {

unsigned number_of(std::string_view text) {
    unsigned value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string unescaped(std::string_view raw) {
    std::string text;
    append_unescaped(raw, text);
    return text;
}

/// "xl/" and "worksheets/sheet1.xml", "../x.xml" or "/xl/x.xml" as a path in the archive.
std::string resolved(std::string_view folder, std::string_view target) {
    if (target.starts_with('/')) {
        return std::string(target.substr(1));
    }
    while (target.starts_with("../")) {
        target.remove_prefix(3);
        folder.remove_suffix(folder.empty() ? 0 : 1);
        const std::size_t slash = folder.rfind('/');
        folder = slash == std::string_view::npos ? std::string_view() : folder.substr(0, slash + 1);
    }
    return std::string(folder) + std::string(target);
}

struct Relation {
    std::string id;
    std::string type;
    std::string part;
};

/// The relations of the part `path` ("" for the archive's own).
Result<std::vector<Relation>> read_relations(WorkbookPackage& package, const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
    XmlScanner part = TRY(package.scan(folder + "_rels/" + path.substr(folder.size()) + ".rels"));
    std::vector<Relation> relations;
    for (;;) {
        const XmlToken token = TRY(part.next());
        if (token == XmlToken::end) {
            return relations;
        }
        if (token == XmlToken::element && part.name() == "Relationship" &&
            relations.size() < workbook_list_max) {
            relations.push_back({unescaped(part.attribute("Id")), unescaped(part.attribute("Type")),
                                 resolved(folder, unescaped(part.attribute("Target")))});
        }
    }
}

const Relation* find_type(const std::vector<Relation>& relations, std::string_view type) {
    const auto found =
        std::find_if(relations.begin(), relations.end(),
                     [&](const Relation& relation) { return relation.type.ends_with(type); });
    return found == relations.end() ? nullptr : &*found;
}

Status read_sheets(WorkbookPackage& package, const std::string& path,
                   const std::vector<Relation>& relations, Workbook& workbook) {
    XmlScanner part = TRY(package.scan(path));
    for (;;) {
        const XmlToken token = TRY(part.next());
        if (token == XmlToken::end) {
            return {};
        }
        if (token != XmlToken::element) {
            continue;
        }
        if (part.name() == "workbookPr") {
            const std::string_view epoch = part.attribute("date1904");
            workbook.from_1904 = epoch == "1" || epoch == "true" || epoch == "on";
        } else if (part.name() == "sheet" && workbook.sheets.size() < workbook_list_max) {
            const std::string_view id = part.attribute("id");
            const auto found =
                std::find_if(relations.begin(), relations.end(),
                             [&](const Relation& relation) { return relation.id == id; });
            if (found != relations.end() && found->type.ends_with("/worksheet")) {
                workbook.sheets.push_back({unescaped(part.attribute("name")), found->part});
            }
        }
    }
}

Result<std::vector<DateStyle>> read_styles(XmlScanner part) {
    std::unordered_map<unsigned, DateStyle> custom;
    std::vector<DateStyle> styles;
    bool in_formats = false;
    for (;;) {
        const XmlToken token = TRY(part.next());
        if (token == XmlToken::end) {
            return styles;
        }
        if (part.name() == "cellXfs") {
            in_formats = token == XmlToken::element;
        }
        if (token != XmlToken::element) {
            continue;
        }
        if (part.name() == "numFmt" && custom.size() < workbook_list_max) {
            custom[number_of(part.attribute("numFmtId"))] =
                date_style_of_code(unescaped(part.attribute("formatCode")));
        } else if (in_formats && part.name() == "xf" && styles.size() < workbook_list_max) {
            const unsigned id = number_of(part.attribute("numFmtId"));
            const auto found = custom.find(id);
            styles.push_back(found == custom.end() ? builtin_date_style(id) : found->second);
        }
    }
}

}  // namespace

std::string_view SharedStrings::at(std::size_t index) const {
    const std::uint32_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(text_).substr(begin, ends_[index] - begin);
}

Status SharedStrings::read(XmlScanner& part, const std::string& workbook_name) {
    for (;;) {
        const XmlToken token = TRY(part.next());
        if (token == XmlToken::end) {
            return {};
        }
        if (token != XmlToken::element || part.name() != "si") {
            continue;
        }
        TRY(append_string_item(part, text_));
        ends_.push_back(static_cast<std::uint32_t>(text_.size()));
        if (text_.size() > shared_text_bytes_max || ends_.size() > shared_strings_max) {
            return fail(
                ErrorCode::invalid_input,
                fmt::format("« {} » : plus de {} Mio (ou de {} millions) de textes différents ; "
                            "enregistrez la feuille en CSV",
                            workbook_name, shared_text_bytes_max >> 20, shared_strings_max >> 20));
        }
    }
}

Status append_string_item(XmlScanner& part, std::string& out) {
    bool in_text = false;
    for (unsigned depth = 1; depth > 0;) {
        switch (TRY(part.next())) {
            case XmlToken::element:
                if (part.name() == "rPh") {
                    TRY(skip_element(part));
                } else {
                    in_text = part.name() == "t";
                    ++depth;
                }
                break;
            case XmlToken::end_element:
                in_text = false;
                --depth;
                break;
            case XmlToken::text:
                if (in_text) {
                    part.append_text(out);
                }
                break;
            case XmlToken::end:
                return {};
        }
    }
    return {};
}

Status skip_element(XmlScanner& part) {
    for (unsigned depth = 1; depth > 0;) {
        const XmlToken token = TRY(part.next());
        if (token == XmlToken::end) {
            return {};
        }
        depth += token == XmlToken::element ? 1U : 0U;
        depth -= token == XmlToken::end_element ? 1U : 0U;
    }
    return {};
}

Result<Workbook> read_workbook(WorkbookPackage& package) {
    const auto no_workbook = [&](const char* what) {
        return fail(ErrorCode::invalid_input, fmt::format("« {} » : {}", package.name(), what));
    };
    std::string path = "xl/workbook.xml";
    if (const auto roots = read_relations(package, "")) {
        const Relation* root = find_type(*roots, "/officeDocument");
        path = root == nullptr ? path : root->part;
    }
    const auto relations = read_relations(package, path);
    if (!relations) {
        return relations.error().code == ErrorCode::not_found
                   ? no_workbook(
                         "l'archive ZIP n'est pas un classeur .xlsx (un .ods ? enregistrez-le en "
                         ".xlsx)")
                   : tl::unexpected<Error>(relations.error());
    }
    Workbook workbook;
    TRY(read_sheets(package, path, *relations, workbook));
    if (workbook.sheets.empty()) {
        return no_workbook("le classeur n'a pas de feuille de calcul");
    }
    if (const Relation* styles = find_type(*relations, "/styles")) {
        workbook.styles = TRY(read_styles(TRY(package.scan(styles->part))));
    }
    if (const Relation* strings = find_type(*relations, "/sharedStrings")) {
        XmlScanner part = TRY(package.scan(strings->part));
        TRY(workbook.strings.read(part, package.name()));
    }
    return workbook;
}

}  // namespace vigie::intake
