//! The rules of scope `article`, found by the build.

include!(concat!(env!("OUT_DIR"), "/article_rules.rs"));
