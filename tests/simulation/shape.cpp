// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/shape.h"

#include <fmt/format.h>

namespace tests::simulation {
namespace {

std::vector<std::string> make_names(const char* prefix, int count) {
    std::vector<std::string> names;
    for (int index = 0; index < count; ++index) {
        names.push_back(fmt::format("{}{}", prefix, index));
    }
    return names;
}

Shape make_shape(Dice& dice, std::size_t index) {
    Shape shape;
    shape.machine = fmt::format("m{}", index);
    shape.states = make_names("s", dice.between(2, 5));
    shape.finals = make_names("fine", dice.between(1, 2));
    shape.closings = make_names("chiusura", dice.between(1, 2));
    shape.obligations = make_names("obbligo", dice.between(0, 2));
    shape.others = make_names("avvertenza", dice.between(0, 2));
    shape.has_register = dice.chance(60);
    return shape;
}

}  // namespace

std::vector<std::string> Shape::deadlines() const {
    std::vector<std::string> all = closings;
    all.insert(all.end(), obligations.begin(), obligations.end());
    all.insert(all.end(), others.begin(), others.end());
    return all;
}

std::vector<Shape> make_shapes(Dice& dice) {
    std::vector<Shape> shapes{make_shape(dice, 0)};
    const int count = dice.between(1, 4);
    for (std::size_t index = 1; index < static_cast<std::size_t>(count); ++index) {
        Shape shape = make_shape(dice, index);
        // The second hangs from the first; later ones from any before, and some start a chain.
        shape.parent = index == 1 ? 0 : dice.below(index);
        shape.list = fmt::format("elenco{}", index);
        shape.is_root = dice.chance(30);
        shape.is_lasting = dice.chance(15);
        shapes[*shape.parent].children.emplace_back(shape.list, index);
        shapes.push_back(std::move(shape));
    }
    return shapes;
}

const std::vector<std::string>& act_names() {
    static const std::vector<std::string> kNames{"avanza",   "atto_a",   "atto_b",
                                                 "sospendi", "riprendi", "chiudi"};
    return kNames;
}

const std::vector<std::string>& signal_names() {
    static const std::vector<std::string> kNames{"segnale_a", "segnale_b"};
    return kNames;
}

}  // namespace tests::simulation
