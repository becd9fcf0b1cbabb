//! Groups: which claims are of one thing.
