#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("a name that a scanner cut in two goes whole") {
    CHECK(redacted("notons que Ramaz an KESKIN est parti") == "notons que [nom] est parti");
    CHECK(redacted("mineure Chant al BARBIER remise") == "mineure [nom] remise");
    CHECK(redacted("vu M. Sa ntos ce matin") == "vu M. [nom] ce matin");
}

TEST_CASE("words beside a name stay") {
    CHECK(redacted("le fils Massoni est parti") == "le fils [nom] est parti");
    CHECK(redacted("rue Jean Jaurès Karim a fui") == "rue Jean Jaurès [nom] a fui");
    CHECK(redacted("sœur de Benali") == "sœur de [nom]");
}
