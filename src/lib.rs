//! Finds figures in news copy that cannot all be true, inside one article or between sources.
//!
//! The data flows one way: [`document`] → [`text`] → [`quantity`] → [`claim`] → [`group`] → [`rule`] → [`review`] →
//! [`report`].
//! A module knows only those before it;
//! [`Checker`] runs them, [`inspect::Inspector`] under a configuration. What crossfoot knows about language and units is data ([`pack`]).

#[cfg(feature = "docx")]
pub mod annotate;
pub mod checker;
pub mod claim;
pub mod config;
#[cfg(feature = "serve")]
pub mod desk;
pub mod document;
pub mod group;
pub mod inspect;
mod lookup;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod pack;
pub mod quantity;
pub mod report;
pub mod review;
pub mod rule;
#[cfg(feature = "serve")]
pub mod serve;
pub mod text;
#[cfg(feature = "train")]
pub mod train;
pub mod whole_file;

pub use checker::Checker;
