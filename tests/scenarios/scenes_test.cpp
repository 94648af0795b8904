// SPDX-License-Identifier: EUPL-1.2
#include "api/scenario/scenes.h"

#include <gtest/gtest.h>

#include "api/scenario/relative_days.h"

namespace tests {
namespace {

using api::scenario::recite_scenes;
using api::scenario::resolve_days;

std::string message(std::string_view text) {
    const auto lines = recite_scenes(text);
    return lines ? "" : lines.error().message_it;
}

TEST(Scenes, FillParametersAndNameBothLines) {
    const auto lines = recite_scenes(
        "scena b X\n"
        "{X} fa {\"x\": 1}\n"
        "fine\n"
        "scena a NOME ALTRO\n"
        "recita b {NOME}\n"
        "{ALTRO}\n"
        "fine\n"
        "recita a uno «due parole»\n");

    ASSERT_TRUE(lines.has_value()) << lines.error().message_it;
    ASSERT_EQ(lines->size(), 3U);  // the last is the empty one after the last line
    EXPECT_EQ((*lines)[0].text, "uno fa {\"x\": 1}");
    EXPECT_EQ((*lines)[0].place(), "Riga 2 (recitata alla riga 5, recitata alla riga 8)");
    EXPECT_EQ((*lines)[0].mark(), "2@5@8");
    EXPECT_EQ((*lines)[1].text, "due parole");
}

TEST(Scenes, LeaveBlocksOfDataAlone) {
    const auto lines = recite_scenes(
        "dati a\nrecita = {X}\nfine\nscena s\ndati b\nx = 1\nfine\n"
        "dopo\nfine\nrecita s");

    ASSERT_TRUE(lines.has_value()) << lines.error().message_it;
    ASSERT_EQ(lines->size(), 7U);
    EXPECT_EQ((*lines)[1].text, "recita = {X}");
    EXPECT_EQ((*lines)[6].text, "dopo");
}

TEST(Scenes, SayWhatIsWrongAndWhere) {
    EXPECT_EQ(message("scena a b"),
              "Riga 1: serve «scena nome PARAMETRO …», i parametri in maiuscolo.");
    EXPECT_EQ(message("\nscena a"), "Riga 2: la scena non finisce: manca «fine».");
    EXPECT_EQ(message("scena a\nscena b\nfine"), "Riga 2: una scena non ne contiene un'altra.");
    EXPECT_EQ(message("scena a\nfine\nscena a\nfine"), "Riga 3: la scena c'è già.");
    EXPECT_EQ(message("recita a"), "Riga 1: non c'è una scena con questo nome, prima di qui.");
    EXPECT_EQ(message("scena a X Y\nfine\nrecita a 1"),
              "Riga 3: la scena «a» (riga 1) vuole: X Y.");
    EXPECT_EQ(message("scena a X\n{Y}\nfine\nrecita a 1"),
              "Riga 2 (recitata alla riga 4): «{Y}» non è un parametro della scena.");
}

TEST(Scenes, EndCirclesAndFloods) {
    EXPECT_NE(message("scena a\nrecita a\nfine\nrecita a").find("una dentro l'altra"),
              std::string::npos);

    std::string flood = "scena a\nx\nfine\n";
    for (const char* scene : {"b", "c", "d", "e", "f"}) {
        flood += std::string("scena ") + scene + "\n";
        for (int count = 0; count < 10; ++count) {
            flood += std::string("recita ") + static_cast<char>(*scene - 1) + "\n";
        }
        flood += "fine\n";
    }
    EXPECT_NE(message(flood + "recita f").find("troppe righe"), std::string::npos);
}

TEST(RelativeDays, AreCountedFromToday) {
    const auto today = *engine::calendar::parse_legal_date("2028-02-28");

    EXPECT_EQ(*resolve_days("ore {oggi+1} 09:00, {oggi} {oggi-59} {ALTRO}", today),
              "ore 2028-02-29 09:00, 2028-02-28 2027-12-31 {ALTRO}");
    for (const char* wrong : {"\n{oggi", "\n{oggi+}", "\n{oggi9}", "\n{oggi+9 12:00}",
                              "\n{oggi+--9}", "\n{oggi+3651}"}) {
        const auto resolved = resolve_days(wrong, today);
        ASSERT_FALSE(resolved.has_value()) << wrong;
        EXPECT_TRUE(resolved.error().message_it.starts_with("Riga 2: serve «{oggi}»")) << wrong;
    }
}

}  // namespace
}  // namespace tests
