// SPDX-License-Identifier: EUPL-1.2
#include "bench/requests.h"

#include <fmt/format.h>

#include <array>

namespace bench {
namespace {

constexpr std::array<std::string_view, 3> kEvents{"concludi_istruttoria", "decidi", "comunica"};

}  // namespace

std::string get_request(const std::string& path, const std::string& secret) {
    return fmt::format(
        "GET {} HTTP/1.1\r\nHost: misura\r\nAccept: application/json\r\n"
        "Authorization: Bearer {}\r\n\r\n",
        path, secret);
}

std::string post_request(const std::string& path, const std::string& secret, const std::string& key,
                         const std::string& headers, const std::string& body) {
    return fmt::format(
        "POST {} HTTP/1.1\r\nHost: misura\r\nAccept: application/json\r\n"
        "Authorization: Bearer {}\r\nIdempotency-Key: {}\r\nContent-Type: application/json\r\n"
        "{}Content-Length: {}\r\n\r\n{}",
        path, secret, key, headers, body.size(), body);
}

OfficerAtWork::OfficerAtWork(std::string secret, std::string name)
    : secret_(std::move(secret)), name_(std::move(name)) {}

std::string OfficerAtWork::next(const Answer* last) {
    // What failed is counted by whoever asks; the procedure is left as it is.
    const bool is_new = last == nullptr || last->status / 100 != 2 || step_ == kEvents.size();
    if (is_new) {
        step_ = 0;
        path_.clear();
        return post("/v1/procedure", "",
                    fmt::format(R"({{"famiglia":"misura","macchina":"fascicolo",)"
                                R"("dati":{{"oggetto":"Richiesta numero {} di {}"}}}})",
                                sent_, name_));
    }
    if (path_.empty()) {
        path_ = last->header("Location");
    }
    const std::string body =
        fmt::format(R"({{"evento":"{}","dati":{{"nota":"Visti gli atti, passo {}."}}}})",
                    kEvents[step_], step_);
    ++step_;
    return post(path_ + "/eventi", fmt::format("If-Match: {}\r\n", last->header("ETag")), body);
}

std::string OfficerAtWork::post(const std::string& path, const std::string& headers,
                                const std::string& body) {
    return post_request(path, secret_, fmt::format("{}-{}", name_, ++sent_), headers, body);
}

}  // namespace bench
