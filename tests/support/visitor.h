// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/support/raw_client.h"

namespace tests {

/// A browser without JavaScript: it keeps one cookie, and sends forms with what they carry.
class Visitor {
  public:
    explicit Visitor(std::uint16_t port) : port_(port) {}

    RawResponse get(const std::string& path) { return ask("GET", path, ""); }
    /// Sends a form as the page at hand makes it: with the seal, from this origin.
    RawResponse press(const std::string& path, const std::string& fields = "");
    RawResponse post(const std::string& path, const std::string& form, const std::string& origin);
    /// The same with a body of another type than that of forms.
    RawResponse send(const std::string& path, const std::string& type, const std::string& body);
    RawResponse enter(const std::string& role) { return press("/demo/entra/" + role); }
    std::string origin() const;
    /// The seal of the session's forms.
    std::string seal();

  private:
    RawResponse ask(const std::string& method, const std::string& path, const std::string& body,
                    const std::string& headers = "");

    std::uint16_t port_;
    std::string cookie_;
};

/// Whether a page has that text in it.
bool shows(const RawResponse& response, std::string_view text);

/// The address of the first procedure in a page's list; empty without one.
std::string first_procedure(const RawResponse& list);

/// The value of the input of that name that comes first in a page; empty without one.
std::string input_value(const RawResponse& page, const std::string& name);

}  // namespace tests
