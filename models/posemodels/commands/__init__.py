"""One file per subcommand: `add_arguments(parser)` and `run(args) -> int`."""
