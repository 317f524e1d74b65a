#pragma once
#include "app/command.hpp"
#include "app/entry_command.hpp"
#include "app/pages/page_command.hpp"

namespace app {

// What a page of entry mode asks for, said to its state: each page knows its own words.

void ask(Commands& commands, district_page::Command what);
void ask(Commands& commands, records_page::Command what);
void ask(Commands& commands, exchange_page::Command what);
void ask(Commands& commands, history_page::Command what);
void ask(Commands& commands, boundary_page::Command what);
void ask(Commands& commands, safety_page::Command what);

}  // namespace app
