"""Network definitions: one design a package, one network a file, over the `blocks` that several share."""
