//! The protocols, each in a folder or file of its own, and what they share.

pub mod event_stream;
pub mod form;
pub mod json_value;
pub mod rest;
pub mod rest_xml;
pub mod scalar;
pub mod xml_value;
