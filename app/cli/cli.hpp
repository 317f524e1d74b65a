#pragma once

namespace app {

/// The whole program: parses the command line, runs the command or opens the window, catches every
/// error once, and answers the exit status of the contract (0, 1, 2, 3, 4).
int run(int argc, char** argv);

}  // namespace app
