//! The `kosh` command.

fn main() -> std::process::ExitCode {
    kosh::cli::main()
}
