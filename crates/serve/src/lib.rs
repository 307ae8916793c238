//! The native host: the same cloud as in the tab, behind a socket, for boto3, the AWS CLI and curl.
//!
//! Must never know: what an AWS operation does, or how one looks on the wire (that is `wire`); it
//! moves HTTP messages as they are, byte for byte, between sockets and the cloud. Start in
//! [`endpoint`] (socket to socket), then [`host`] (the thread that owns the cloud), [`http`] (what
//! HTTP/1.1 is to this host, and how it is refused) and [`folder`] (the cloud on disk).

pub mod accounts;
mod admin;
mod connection;
pub mod endpoint;
pub mod folder;
pub mod functions;
pub mod host;
mod http;
mod keeper;
pub mod lesson_check;
mod shutdown;
