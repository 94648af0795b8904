// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "tests/process/kill/client.h"
#include "tests/support/served_folder.h"

namespace tests::kill {

/// A short story on the real server that nobody kills, with what its people were told: a procedure
/// with two applications, an attachment, a task, a refusal; the deadlines of the night; a decision.
/// What the checks of the kill test must find whole, before a doctored copy of it shows that they
/// can find it broken.
class ToldStory {
  public:
    /// Tells it, and leaves the server stopped.
    ToldStory();

    /// The act with that key; fails the test without one.
    static Attempt& find(std::vector<Attempt>& attempts, const std::string& key);

    ServedFolder server;
    std::vector<Attempt> attempts;
    /// Answers to the first three of them, sent again after the night.
    std::vector<RawResponse> again;

  private:
    /// Sends an act under a key, which is also its mark, and keeps it; gives its answer's body.
    std::string act(const std::string& key, const Seat& seat, const std::string& path,
                    const std::string& body, HeaderLines headers = {});
    std::string event_of(const std::string& key, const Seat& seat, const std::string& id,
                         const std::string& event, const std::string& field);
    std::string etag_of(const Seat& seat, const std::string& id);
    /// Begins an application and files it; gives its id.
    std::string apply(const std::string& key, const Seat& seat, const std::string& root);
    void attach(const Seat& seat, const std::string& root);
    void take_task(const Seat& seat);
    void start();

    Seat officer_;
    Seat director_;
    Seat first_;
    Seat second_;
};

}  // namespace tests::kill
