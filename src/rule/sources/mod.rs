//! The rules of scope `sources`, found by the build.

include!(concat!(env!("OUT_DIR"), "/sources_rules.rs"));
