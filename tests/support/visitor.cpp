// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/visitor.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <utility>

namespace tests {

std::string Visitor::origin() const {
    return fmt::format("http://127.0.0.1:{}", port_);
}

RawResponse Visitor::press(const std::string& path, const std::string& fields) {
    return post(path, fmt::format("sigillo={}&{}", seal(), fields), origin());
}

RawResponse Visitor::post(const std::string& path, const std::string& form,
                          const std::string& origin) {
    return ask(
        "POST", path, form,
        fmt::format("Origin: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n", origin));
}

RawResponse Visitor::send(const std::string& path, const std::string& type,
                          const std::string& body) {
    return ask("POST", path, body,
               fmt::format("Origin: {}\r\nContent-Type: {}\r\n", origin(), type));
}

std::string Visitor::seal() {
    return input_value(get("/demo"), "sigillo");
}

RawResponse Visitor::ask(const std::string& method, const std::string& path,
                         const std::string& body, const std::string& headers) {
    RawClient client(port_);
    client.send(
        fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n"
                    "Accept: text/html\r\n{}{}Content-Length: {}\r\n\r\n{}",
                    method, path, port_, cookie_.empty() ? "" : "Cookie: " + cookie_ + "\r\n",
                    headers, body.size(), body));
    auto response = client.read_response();
    if (!response) {
        ADD_FAILURE() << "no answer to " << method << ' ' << path;
        return {};
    }
    const std::string set = response->header("set-cookie");
    cookie_ = set.empty() ? cookie_ : set.substr(0, set.find(';'));
    return std::move(*response);
}

bool shows(const RawResponse& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
}

std::string first_procedure(const RawResponse& list) {
    constexpr std::string_view kMark = "<th scope=\"row\"><a href=\"";
    const auto from = list.body.find(kMark);
    if (from == std::string::npos) {
        return "";
    }
    const auto begin = from + kMark.size();
    return list.body.substr(begin, list.body.find('"', begin) - begin);
}

std::string input_value(const RawResponse& page, const std::string& name) {
    const std::string mark = fmt::format(R"(name="{}" value=")", name);
    const auto found = page.body.find(mark);
    if (found == std::string::npos) {
        return {};
    }
    const auto from = found + mark.size();
    return page.body.substr(from, page.body.find('"', from) - from);
}

}  // namespace tests
