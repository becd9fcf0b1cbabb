//! The rules of scope `passage`, found by the build.

include!(concat!(env!("OUT_DIR"), "/passage_rules.rs"));
