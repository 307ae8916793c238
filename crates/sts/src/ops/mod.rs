//! The operation table: one row an operation, one file each.

mod get_caller_identity;

use cloudarium_service::{Operation, operation};

use crate::Sts;

/// Every operation that is simulated, in the order of their names.
#[rustfmt::skip]
pub static OPERATIONS: &[Operation<Sts>] = &[
    operation!(Read, GetCallerIdentity, get_caller_identity::get_caller_identity, get_caller_identity::GetCallerIdentityInput),
];
