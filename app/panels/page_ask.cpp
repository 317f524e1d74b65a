#include "app/panels/page_ask.hpp"

#include <utility>

namespace app {
namespace {

template <class Command>
void put(Commands& commands, Command what) {
  commands.emplace_back(command::OfEntry{of_page(std::move(what))});
}

}  // namespace

void ask(Commands& commands, district_page::Command what) { put(commands, std::move(what)); }
void ask(Commands& commands, records_page::Command what) { put(commands, std::move(what)); }
void ask(Commands& commands, exchange_page::Command what) { put(commands, std::move(what)); }
void ask(Commands& commands, history_page::Command what) { put(commands, std::move(what)); }
void ask(Commands& commands, boundary_page::Command what) { put(commands, std::move(what)); }
void ask(Commands& commands, safety_page::Command what) { put(commands, std::move(what)); }

}  // namespace app
