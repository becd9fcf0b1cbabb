//! What is fuzzed, and what must hold of it: shared with `tests/fuzzed.rs`, which feeds it in every run of the tests.

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

pub use invariants::{checker, config, house_pack, readers, server};
