//! Requests and answers on the wire, in every AWS protocol, driven by the service models.
//!
//! The only crate that knows XML and JSON on the wire; knows no service by name.
//! Start in [`http`], then [`protocol`].

pub mod beside;
pub mod checksum;
pub mod chunked;
pub mod client;
pub mod code_link;
pub mod error;
pub mod function_url;
pub mod http;
pub mod json;
pub mod noise;
pub mod protocol;
pub mod query;
pub mod route;
pub mod server;
pub mod sigv2;
pub mod sigv4;
pub mod validate;
pub mod xml;
