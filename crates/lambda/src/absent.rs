//! What a function can have on AWS and not here. Asked for nothing, as deployment tools write it, it is taken for that;
//! all else is refused by name.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::error::Error;

/// The members of a request that may say nothing.
#[derive(Debug, Default)]
pub struct Absent {
    /// A network of one's own.
    pub vpc: Option<VpcConfig>,
    /// Environments from snapshots.
    pub snap_start: Option<SnapStart>,
    /// File systems.
    pub file_systems: Option<Vec<IgnoredAny>>,
    /// A key of one's own for the variables.
    pub kms_key_arn: Option<String>,
}

/// A network of one's own.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct VpcConfig {
    subnet_ids: Option<Vec<String>>,
    security_group_ids: Option<Vec<String>>,
    ipv6_allowed_for_dual_stack: Option<bool>,
}

/// Environments from snapshots.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct SnapStart {
    apply_on: Option<String>,
}

impl Absent {
    /// Refuses what is asked for.
    pub fn check(&self) -> Result<(), Error> {
        let some = |all: &Option<Vec<String>>| all.as_ref().is_some_and(|all| !all.is_empty());
        let in_vpc = |vpc: &VpcConfig| {
            some(&vpc.subnet_ids)
                || some(&vpc.security_group_ids)
                || vpc.ipv6_allowed_for_dual_stack == Some(true)
        };
        let applied = |it: &SnapStart| it.apply_on.as_deref().is_some_and(|it| it != "None");
        let what = if self.vpc.as_ref().is_some_and(in_vpc) {
            "functions in a VPC (VpcConfig)"
        } else if self.snap_start.as_ref().is_some_and(applied) {
            "snapshots of functions (SnapStart)"
        } else if self.file_systems.as_ref().is_some_and(|all| !all.is_empty()) {
            "file systems of functions (FileSystemConfigs)"
        } else if self.kms_key_arn.as_ref().is_some_and(|arn| !arn.is_empty()) {
            "keys of one's own for variables (KMSKeyArn)"
        } else {
            return Ok(());
        };
        Err(Error::NotSimulated(what.to_owned()))
    }
}
