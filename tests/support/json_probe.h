// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tests {

/// What a pointer (RFC 6901) finds in a JSON text: a text as it is, anything else as compact JSON,
/// "(assente)" when there is nothing. Fails the test when the text is not JSON.
std::string json_at(const std::string& text, const std::string& pointer);

/// How many elements or members are there; 0 when there is nothing.
std::size_t json_size(const std::string& text, const std::string& pointer);

/// The keys of an object, in order.
std::vector<std::string> json_keys(const std::string& text, const std::string& pointer);

}  // namespace tests
