// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <future>
#include <iterator>
#include <map>
#include <mutex>
#include <tuple>

#include "engine/base/json.h"
#include "engine/machine/command.h"
#include "engine/machine/journal_entry.h"
#include "engine/runtime/compare_records.h"
#include "engine/runtime/read_chain.h"
#include "engine/runtime/value_ledger.h"

namespace engine::runtime {
namespace {

using base::Result;
using machine::InstanceRecord;

/// Roots that a thread takes at once.
constexpr std::size_t kPage = 200;

/// The titles of the stored machines, by the hash of their definition.
using MachineTitles = std::map<std::string, std::string>;

MachineTitles read_titles(store::ReadUnit& unit) {
    MachineTitles titles;
    for (const auto& definition : unit.load_definitions()) {
        const auto fields = base::parse_fields(definition.text);
        const auto title = fields ? fields->find("title") : base::Fields::const_iterator{};
        if (fields && title != fields->end()) {
            titles.emplace(definition.sha256, base::read_text(title->second).value_or(""));
        }
    }
    return titles;
}

/// One root: its chain, its fold, its tables.
class RootCheck {
  public:
    RootCheck(store::ReadUnit& unit, const base::InstanceId& root,
              const documents::ContentStore* contents, const MachineTitles& titles)
        : unit_(unit), root_(root), contents_(contents), titles_(titles) {}

    std::string run(VerifyReport& report) {
        std::string problem;
        read_chain(unit_, root_, [&](const machine::StoredEntry& entry) {
            ++position_;
            problem = take(entry, report);
            report.entries += problem.empty() ? 1U : 0U;
            return problem.empty();
        });
        report.heads.emplace_back(root_, head_);
        return problem.empty() ? compare_tables() : problem;
    }

  private:
    std::string in_journal(std::int64_t position, std::string_view sentence) const {
        return fmt::format("Nel registro degli atti {} (journal, {}, {}).", sentence, root_.text,
                           position);
    }

    std::string take(const machine::StoredEntry& stored, VerifyReport& report) {
        if (stored.position != position_) {
            return in_journal(position_, "manca una riga");
        }
        if (stored.previous_hash != head_) {
            return in_journal(position_, "una riga non segue quella che la precede");
        }
        if (machine::chain_hash(head_, stored.text) != stored.hash) {
            return in_journal(position_, "il testo di una riga non è quello di cui ha l'impronta");
        }
        head_ = stored.hash;
        auto entry = machine::parse_entry(stored.text);
        if (!entry || entry->position != stored.position || entry->root != root_) {
            return in_journal(position_, "una riga non è leggibile");
        }
        if (entry->instance != stored.instance || entry->event != stored.event ||
            entry->person != stored.person) {
            return in_journal(position_, "gli estremi di una riga non sono quelli del suo testo");
        }
        auto folded = machine::fold_entry(records_[entry->instance], *entry);
        if (!folded) {
            return in_journal(position_, "una riga non si accorda con quelle che la precedono");
        }
        values_.take(*entry);
        if (entry->event == machine::kEventErase) {
            const auto& own = records_[entry->instance].instance;
            report.erasures.push_back({root_, title_of(records_[root_].instance), own.id,
                                       title_of(own), own.party, entry->position,
                                       entry->received_at, entry->person, entry->title,
                                       reason_of(*entry)});
        }
        return "";
    }

    /// Of the machine it runs on; its name where the text of the definition is gone.
    std::string title_of(const machine::Instance& instance) const {
        const auto found = titles_.find(instance.definition_sha256);
        return found == titles_.end() ? instance.machine : found->second;
    }

    static std::string reason_of(const machine::JournalEntry& entry) {
        for (const machine::Effect& effect : entry.effects) {
            if (const auto* value = std::get_if<machine::ValueErased>(&effect)) {
                return value->reason;
            }
            if (const auto* message = std::get_if<machine::MessageErased>(&effect)) {
                return message->reason;
            }
        }
        return "";
    }

    /// The text of a message: there as it was sent; gone, once it was erased on an act.
    std::string check_contents(const InstanceRecord& record) const {
        for (const auto& [id, message] : record.messages) {
            if (contents_ == nullptr || message.content_sha256.empty()) {
                continue;
            }
            const std::string name =
                fmt::format("contenuti, {}; messaggio {}", message.content_sha256, id);
            const auto text = contents_->get(message.content_sha256);
            if (!message.is_erased && !text) {
                return fmt::format("Il testo di un messaggio inviato manca o è cambiato ({}).",
                                   name);
            }
            const bool is_gone = !text && text.error().code == base::ErrorCode::not_found;
            if (message.is_erased && !is_gone && !unit_.is_content_named(message.content_sha256)) {
                return fmt::format(
                    "Il testo di un messaggio cancellato con un atto è ancora "
                    "nell'archivio: la cancellazione va ripetuta ({}).",
                    name);
            }
        }
        return "";
    }

    /// The file of every version of every document: there, with its bytes.
    std::string check_files(const InstanceRecord& record) const {
        for (const auto& [key, document] : record.documents) {
            if (contents_ != nullptr && !contents_->get(document.sha256)) {
                return fmt::format(
                    "Il file di un documento manca o è cambiato (contenuti, {}; documento «{}», "
                    "versione {}; fascicolo {}).",
                    document.sha256, document.name, document.version, record.instance.id.text);
            }
        }
        return "";
    }

    std::string compare(const InstanceRecord& folded, const InstanceRecord& stored) const {
        const auto& id = stored.instance.id;
        std::string problem = values_.find_difference(id, unit_.load_value_rows(id));
        problem = problem.empty() ? find_difference(folded, stored) : problem;
        problem = problem.empty() ? check_contents(stored) : problem;
        return problem.empty() ? check_files(stored) : problem;
    }

    std::string compare_tables() {
        for (const InstanceRecord& record : unit_.load_records(root_)) {
            const auto found = records_.find(record.instance.id);
            if (found == records_.end()) {
                return fmt::format(
                    "Nell'archivio c'è un procedimento che nessun atto del registro ha aperto "
                    "(instance, {}).",
                    record.instance.id.text);
            }
            if (auto problem = compare(found->second, record); !problem.empty()) {
                return problem;
            }
            records_.erase(found);
        }
        return records_.empty()
                   ? ""
                   : fmt::format(
                         "Nell'archivio manca un procedimento che il registro degli atti ha aperto "
                         "(instance, {}).",
                         records_.begin()->first.text);
    }

    store::ReadUnit& unit_;
    base::InstanceId root_;
    const documents::ContentStore* contents_;
    const MachineTitles& titles_;
    std::string head_ = machine::kFirstPreviousHash;
    std::int64_t position_ = 0;
    std::map<base::InstanceId, InstanceRecord> records_;
    ValueLedger values_;
};

std::string check_definitions(store::ReadUnit& unit) {
    for (const auto& definition : unit.load_definitions()) {
        if (!store::is_definition_whole(definition)) {
            return fmt::format(
                "Le regole di un procedimento non sono più quelle pubblicate (definition, {}).",
                definition.name);
        }
    }
    return "";
}

/// Hands out the roots in id order, some at a time, to whoever has a thread for them. Each asks its
/// own snapshot for what comes after: a root is looked at in one, whole.
class RootCursor {
  public:
    /// Empty when all were handed out, or `stop` was called.
    std::vector<base::InstanceId> take(store::ReadUnit& unit) {
        const std::lock_guard lock(mutex_);
        std::vector<base::InstanceId> roots;
        if (!is_over_) {
            roots = unit.list_roots(after_, kPage);
            is_over_ = roots.size() < kPage;
            after_ = roots.empty() ? after_ : roots.back();
        }
        return roots;
    }
    void stop() {
        const std::lock_guard lock(mutex_);
        is_over_ = true;
    }

  private:
    std::mutex mutex_;
    base::InstanceId after_;
    bool is_over_ = false;
};

/// Nobody goes on with chains when this thread has failed, or found that the file is damaged or a
/// definition changed: when all went well there are none left.
class StopsCursor {
  public:
    explicit StopsCursor(RootCursor& cursor) : cursor_(cursor) {}
    ~StopsCursor() { cursor_.stop(); }
    StopsCursor(const StopsCursor&) = delete;
    StopsCursor& operator=(const StopsCursor&) = delete;

  private:
    RootCursor& cursor_;
};

/// Every chain that the cursor gives this thread; the first root with a problem is the last in
/// `heads`.
VerifyReport check_chains(store::ReadUnit& unit, const documents::ContentStore* contents,
                          RootCursor& cursor) {
    VerifyReport report;
    const MachineTitles titles = read_titles(unit);
    for (auto roots = cursor.take(unit); !roots.empty(); roots = cursor.take(unit)) {
        for (const base::InstanceId& root : roots) {
            ++report.roots;
            report.first_problem = RootCheck(unit, root, contents, titles).run(report);
            if (!report.first_problem.empty()) {
                cursor.stop();
                return report;
            }
        }
    }
    return report;
}

/// What holds at any one moment by itself.
struct FileReport {
    std::string damage;      ///< of the file's pages
    std::string definition;  ///< one that is not as it was published
    std::string loose_row;   ///< looked for in a file that is whole
};

FileReport check_file(store::ReadUnit& unit) {
    FileReport report;
    report.damage = unit.check_integrity();
    if (report.damage.empty()) {
        report.definition = check_definitions(unit);
        report.loose_row = unit.find_loose_row();
    }
    return report;
}

/// Two reports of different roots as one: of two problems that of the root that comes first.
VerifyReport merge(VerifyReport one, VerifyReport other) {
    const bool is_second_first =
        !other.first_problem.empty() &&
        (one.first_problem.empty() || other.heads.back().first < one.heads.back().first);
    one.first_problem = is_second_first ? other.first_problem : one.first_problem;
    one.roots += other.roots;
    one.entries += other.entries;
    std::move(other.heads.begin(), other.heads.end(), std::back_inserter(one.heads));
    std::sort(one.heads.begin(), one.heads.end());
    std::move(other.erasures.begin(), other.erasures.end(), std::back_inserter(one.erasures));
    std::stable_sort(
        one.erasures.begin(), one.erasures.end(), [](const Erasure& left, const Erasure& right) {
            return std::tie(left.root, left.position) < std::tie(right.root, right.position);
        });
    return one;
}

VerifyReport only(const std::string& problem) {
    VerifyReport report;
    report.first_problem = problem;
    return report;
}

}  // namespace

Result<VerifyReport> verify(store::Reader& reader, const documents::ContentStore* contents) {
    try {
        const auto beside = reader.open_another();
        RootCursor cursor;
        FileReport file;
        // The check of the file takes less than the chains: its thread then takes some of them.
        auto checking = std::async(std::launch::async, [&] {
            return store::read_from(*beside, [&](store::ReadUnit& unit) {
                const StopsCursor stops(cursor);
                file = check_file(unit);
                const bool is_sound = file.damage.empty() && file.definition.empty();
                return is_sound ? check_chains(unit, contents, cursor) : VerifyReport{};
            });
        });
        VerifyReport report;
        std::exception_ptr failure;
        try {
            report = store::read_from(reader, [&](store::ReadUnit& unit) {
                return check_chains(unit, contents, cursor);
            });
            report = merge(std::move(report), checking.get());
        } catch (...) {
            failure = std::current_exception();
            cursor.stop();
        }
        if (checking.valid()) {
            checking.wait();
        }
        if (!file.damage.empty()) {
            // What was read of it proves nothing, and may not even have been readable.
            return only(file.damage);
        }
        if (failure) {
            std::rethrow_exception(failure);
        }
        if (!file.definition.empty()) {
            return only(file.definition);
        }
        if (report.first_problem.empty()) {
            report.first_problem = file.loose_row;
        }
        return report;
    } catch (const store::StoreFailure& failure) {
        return base::fail(failure.error());
    }
}

}  // namespace engine::runtime
