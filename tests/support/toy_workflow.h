// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "engine/definition/catalog.h"
#include "engine/machine/check.h"

namespace tests {

/// A request with opinions under it: small, and touching every part of the language that the real
/// procedure uses. Root `toy/pratica`, child `toy/parere` (list `pareri`).
/// The files of tests/support/toy.
std::string toy_pratica();
std::string toy_parere();

/// Both, and the initiative `prova-2025` with `termine_finale` = 2025-06-30.
engine::definition::Catalog toy_catalog();

/// The check `completa@1`: passes when the field `oggetto` is "completo".
const engine::machine::CheckLibrary& toy_checks();

/// The text with its first `from` replaced by `to`; fails the test when it is not there.
std::string replaced(std::string text, const std::string& from, const std::string& to);

/// Parses a definition with no files beside it; fails the test when it does not parse.
engine::definition::DefinitionPointer parsed(const std::string& text);

}  // namespace tests
