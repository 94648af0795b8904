// SPDX-License-Identifier: EUPL-1.2
#include "api/scenario/copione.h"

#include <fmt/format.h>

#include <charconv>

#include "api/scenario/scenes.h"
#include "api/scenario/script_text.h"

namespace api::scenario {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;

tl::unexpected<engine::base::Error> bad_line(const ScriptLine& line, std::string_view reason) {
    return fail(ErrorCode::malformed, fmt::format("{}: {}.", line.place(), reason));
}

/// Goes through the script with the present line in hand.
class Parser {
  public:
    explicit Parser(std::vector<ScriptLine> lines) : lines_(std::move(lines)) {}

    Result<std::vector<Line>> run() {
        for (index_ = 0; index_ < lines_.size(); ++index_) {
            const std::string& text = lines_[index_].text;
            if (text.empty() || text.front() == '#') {
                continue;
            }
            if (auto done = take(text); !done) {
                return fail(done.error());
            }
        }
        return std::move(parsed_);
    }

  private:
    const ScriptLine& here() const { return lines_[index_]; }

    template <class Step>
    Result<void> add(Step step) {
        parsed_.push_back({here().place(), here().mark(), here().text, std::move(step)});
        return {};
    }

    Result<void> take(const std::string& text) {
        const auto words = split_words(text);
        const std::string& first = words.front();
        if (first == "titolo" || first == "fonte") {
            return add(Remark{text});
        }
        if (first == "ente") {
            return words.size() == 3 ? add(DeclareParty{words[1], words[2]})
                                     : Result<void>(bad_line(here(), "serve «ente nome codice»"));
        }
        if (first == "ats" || first == "ufficio") {
            return take_office(words);
        }
        if (first == "dati") {
            return take_block(words);
        }
        if (first == "ore") {
            return take_clock(words);
        }
        if (first == "passa") {
            return take_advance(words);
        }
        if (first == "chiama") {
            return take_name(words);
        }
        if (first == "persona") {
            return take_person(words);
        }
        if (first == "controllo") {
            return take_check(words);
        }
        return take_act(text);
    }

    Result<void> take_check(const std::vector<std::string>& words) {
        const bool passes = words.size() == 3 && words[2] == "passa";
        const bool fails = words.size() == 4 && words[2] == "non" && words[3] == "passa";
        return passes || fails
                   ? add(AssumeCheck{words[1], passes})
                   : Result<void>(bad_line(
                         here(), "serve «controllo nome passa» oppure «controllo nome non passa»"));
    }

    Result<void> take_person(const std::vector<std::string>& words) {
        const bool are_persons = words.size() == 3 && words[1].find(':') != std::string::npos &&
                                 words[2].find(':') != std::string::npos;
        return are_persons
                   ? add(SamePerson{words[1], words[2]})
                   : Result<void>(bad_line(here(), "serve «persona ruolo:nome altro_ruolo:nome»"));
    }

    Result<void> take_name(const std::vector<std::string>& words) {
        const std::size_t colon = words.size() == 5 ? words[2].find(':') : std::string::npos;
        if (colon == std::string::npos || words[3] != "di") {
            return bad_line(here(), "serve «chiama nome elenco:ente di padre»");
        }
        return add(
            NameChild{words[1], words[2].substr(0, colon), words[2].substr(colon + 1), words[4]});
    }

    Result<void> take_office(const std::vector<std::string>& words) {
        if (words.size() == 2) {
            return add(DeclareOffice{words[1], ""});
        }
        if (words.size() == 4 && words[2] == "iniziativa") {
            return add(DeclareOffice{words[1], words[3]});
        }
        return bad_line(here(), "serve «ats codice iniziativa nome»");
    }

    Result<void> take_clock(const std::vector<std::string>& words) {
        if (words.size() < 2 || words.size() > 3) {
            return bad_line(here(), "serve «ore AAAA-MM-GG HH:MM»");
        }
        return add(MoveClock{words.size() == 3 ? words[1] + "T" + words[2] : words[1]});
    }

    Result<void> take_advance(const std::vector<std::string>& words) {
        int count = 0;
        const bool is_number =
            words.size() == 3 &&
            std::from_chars(words[1].data(), words[1].data() + words[1].size(), count).ec ==
                std::errc{} &&
            count > 0;
        if (!is_number) {
            return bad_line(here(), "serve «passa N giorni», ore o minuti");
        }
        return add(Advance{count, words[2]});
    }

    Result<void> take_block(const std::vector<std::string>& words) {
        if (words.size() != 2) {
            return bad_line(here(), "serve «dati nome»");
        }
        DataBlock block{words[1], {}};
        const ScriptLine& head = here();
        for (++index_; index_ < lines_.size(); ++index_) {
            const std::string& text = lines_[index_].text;
            if (text == "fine") {
                return add(std::move(block));
            }
            if (text.empty() || text.front() == '#') {
                continue;
            }
            const std::size_t mark = text.find('=');
            if (mark == std::string::npos) {
                return bad_line(here(), "serve «campo = valore», oppure «fine»");
            }
            block.values[trim(std::string_view(text).substr(0, mark))] =
                trim(std::string_view(text).substr(mark + 1));
        }
        return bad_line(head, "il blocco di dati non finisce: manca «fine»");
    }

    Result<void> take_act(const std::string& text) {
        const std::size_t arrow = text.find("->");
        Act act;
        if (arrow != std::string::npos) {
            for (const std::string& part :
                 split_at(std::string_view(text).substr(arrow + 2), ',')) {
                if (part.empty()) {
                    return bad_line(here(), "un'attesa è vuota");
                }
                act.expectations.push_back({split_words(part)});
            }
        }
        if (auto done = take_values(trim(text.substr(0, arrow)), act); !done) {
            return done;
        }
        return add(std::move(act));
    }

    /// `… con dati blocco, campo = valore`: the values, then the words before them.
    Result<void> take_values(const std::string& text, Act& act) {
        const std::size_t mark = text.find(" con ");
        if (mark != std::string::npos) {
            for (const std::string& part : split_at(std::string_view(text).substr(mark + 5), ',')) {
                const std::size_t equals = part.find('=');
                if (equals != std::string::npos) {
                    act.values[trim(std::string_view(part).substr(0, equals))] =
                        trim(std::string_view(part).substr(equals + 1));
                } else if (part.starts_with("dati ")) {
                    act.block = trim(std::string_view(part).substr(5));
                } else {
                    return bad_line(here(), "dopo «con» serve «dati nome» o «campo = valore»");
                }
            }
        }
        return take_words(split_words(text.substr(0, mark)), act);
    }

    Result<void> take_words(const std::vector<std::string>& words, Act& act) {
        if (words.empty()) {
            return bad_line(here(), "manca chi agisce");
        }
        const std::size_t colon = words.front().find(':');
        act.role = words.front().substr(0, colon);
        act.person = colon == std::string::npos ? "" : words.front().substr(colon + 1);
        std::size_t next = 1;
        if (act.role != "sistema") {
            if (words.size() < 2) {
                return bad_line(here(), "non si capisce quale atto si compie");
            }
            act.verb = words[next++];
            const bool has_object = act.verb == "apre" || act.verb == "allega" ||
                                    act.verb == "prende" || act.verb == "conclude" ||
                                    act.verb == "migra";
            if (has_object) {
                if (next == words.size()) {
                    return bad_line(here(), "manca che cosa");
                }
                act.object = words[next++];
            }
        }
        return take_options(words, next, act);
    }

    Result<void> take_options(const std::vector<std::string>& words, std::size_t next, Act& act) {
        while (next < words.size()) {
            const std::string& word = words[next];
            const std::size_t left = words.size() - next;
            if (word == "su" && left >= 2) {
                act.target = words[next + 1];
                next += 2;
            } else if (word == "come" && left >= 2) {
                act.alias = words[next + 1];
                next += 2;
            } else if (word == "chiave" && left >= 2) {
                act.key = words[next + 1];
                next += 2;
            } else if (word == "firmato" && left >= 3 && words[next + 1] == "da") {
                act.signed_by = words[next + 2];
                next += 3;
            } else if ((word == "avvenuto" || word == "iniziato") && left >= 2) {
                std::string& moment = word == "avvenuto" ? act.occurred : act.begun;
                moment = words[next + 1];
                next += 2;
                if (next < words.size() && words[next].find(':') != std::string::npos) {
                    moment += "T" + words[next++];
                }
            } else {
                return bad_line(here(), fmt::format("non si capisce «{}»", word));
            }
        }
        return {};
    }

    std::vector<ScriptLine> lines_;
    std::size_t index_ = 0;
    std::vector<Line> parsed_;
};

}  // namespace

Result<std::vector<Line>> parse_copione(std::string_view text) {
    auto lines = recite_scenes(text);
    return lines ? Parser(std::move(*lines)).run() : fail(lines.error());
}

}  // namespace api::scenario
