//! Hash tables for words. Texts are full of look-ups of short words, and the standard library's hash, made to withstand
//! floods of chosen keys, costs more than the look-up; this one is seeded at random in each process too.

use foldhash::fast::RandomState;

/// A map.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// A set.
pub(crate) type HashSet<T> = std::collections::HashSet<T, RandomState>;
