// SPDX-License-Identifier: EUPL-1.2
#include "api/routes/metrics.h"

#include <fmt/format.h>

namespace api::routes {
namespace {

/// Labels without a route are those of paths that do not exist.
std::string label_of(const std::string& route) {
    return route.empty() ? "nessuna" : route;
}

void add_family(std::string& text, std::string_view name, std::string_view type,
                std::string_view help) {
    text += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void add_value(std::string& text, std::string_view name, std::string_view type,
               std::string_view help, std::uint64_t value) {
    add_family(text, name, type, help);
    text += fmt::format("{} {}\n", name, value);
}

void add_service(std::string& text, const service::ServiceState& state) {
    const auto counter = [&](std::string_view name, std::string_view help, std::uint64_t value) {
        add_value(text, name, "counter", help, value);
    };
    const auto gauge = [&](std::string_view name, std::string_view help, std::uint64_t value) {
        add_value(text, name, "gauge", help, value);
    };
    counter("coprog_acts_carried_out_total", "Atti compiuti.", state.count.carried_out);
    counter("coprog_acts_refused_total", "Atti rifiutati.", state.count.refused);
    counter("coprog_commits_total", "Gruppi di atti scritti insieme.", state.count.batches);
    counter("coprog_acts_turned_away_total", "Atti respinti perché la coda era piena.",
            state.count.turned_away);
    counter("coprog_deadlines_fired_total", "Scadenze registrate dal timer.",
            state.deadlines_fired);
    counter("coprog_messages_sent_total", "Messaggi consegnati.", state.messages_sent);
    counter("coprog_messages_failed_total", "Messaggi non consegnati.", state.messages_failed);
    counter("coprog_upkeep_failures_total", "Giri del timer non riusciti.", state.upkeep_failures);
    gauge("coprog_storage_writes", "1 se si registrano atti, 0 se il disco o l'archivio non va.",
          state.storage == service::StorageState::well ? 1U : 0U);
    gauge("coprog_acts_waiting", "Atti in coda.", state.acts_waiting);
    gauge("coprog_acts_waiting_max", "Atti che la coda contiene al massimo.", state.acts_at_most);
    gauge("coprog_reads_waiting", "Letture in coda.", state.reads_waiting);
    gauge("coprog_disk_free_bytes", "Spazio libero per i dati.", state.disk_free.value_or(0));
}

}  // namespace

void Metrics::note(const Served& served) {
    const std::lock_guard lock(mutex_);
    const std::string route = label_of(served.route);
    ++answers_[{route, served.status}];
    Durations& durations = durations_[route];
    ++durations.count;
    durations.sum_ms += served.duration_ms;
    for (std::size_t i = 0; i < kBucketsMs.size(); ++i) {
        durations.up_to[i] += served.duration_ms <= kBucketsMs[i] ? 1U : 0U;
    }
}

void Metrics::note_transport(std::string_view event) {
    const std::lock_guard lock(mutex_);
    const auto found = transport_.find(event);
    if (found == transport_.end()) {
        transport_.emplace(event, 1);
    } else {
        ++found->second;
    }
}

http::Response Metrics::render(const service::ServiceState& state) const {
    std::string text;
    add_service(text, state);
    const std::lock_guard lock(mutex_);
    add_family(text, "coprog_http_answers_total", "counter", "Risposte, per rotta e stato.");
    for (const auto& [key, count] : answers_) {
        text += fmt::format("coprog_http_answers_total{{rotta=\"{}\",stato=\"{}\"}} {}\n",
                            key.first, key.second, count);
    }
    add_family(text, "coprog_http_transport_events_total", "counter", "Eventi del trasporto.");
    for (const auto& [event, count] : transport_) {
        text +=
            fmt::format("coprog_http_transport_events_total{{evento=\"{}\"}} {}\n", event, count);
    }
    constexpr std::string_view kDuration = "coprog_http_duration_seconds";
    add_family(text, kDuration, "histogram", "Dalla richiesta intera alla risposta.");
    for (const auto& [route, durations] : durations_) {
        for (std::size_t i = 0; i < kBucketsMs.size(); ++i) {
            text += fmt::format("{}_bucket{{rotta=\"{}\",le=\"{}\"}} {}\n", kDuration, route,
                                static_cast<double>(kBucketsMs[i]) / 1000.0, durations.up_to[i]);
        }
        text += fmt::format(
            "{0}_bucket{{rotta=\"{1}\",le=\"+Inf\"}} {2}\n"
            "{0}_sum{{rotta=\"{1}\"}} {3}\n{0}_count{{rotta=\"{1}\"}} {2}\n",
            kDuration, route, durations.count, static_cast<double>(durations.sum_ms) / 1000.0);
    }
    http::Response response;
    response.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.headers.add("Cache-Control", "no-store");
    response.body = std::move(text);
    return response;
}

}  // namespace api::routes
