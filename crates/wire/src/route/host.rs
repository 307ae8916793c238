//! What a host name tells: `photos.s3.eu-west-1.amazonaws.com`.

use cloudarium_shape::model;

/// The parts of a host name that matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Host {
    /// The first part of the service's host names: `s3`, `states`.
    pub service: Option<String>,
    /// `eu-west-1`
    pub region: Option<String>,
    /// The bucket before S3's host name.
    pub bucket: Option<String>,
}

impl Host {
    /// Reads the value of `Host`, with or without a port.
    pub fn of(value: &str) -> Self {
        let name = without_port(value).to_ascii_lowercase();
        if let Some(front) =
            name.strip_suffix(".amazonaws.com.cn").or_else(|| name.strip_suffix(".amazonaws.com"))
        {
            return Self::of_labels(front);
        }
        // `s3.localhost`, `photos.s3.localhost`, `photos.localhost`
        match name.strip_suffix(".localhost") {
            Some(front) if has_service(front) => Self::of_labels(front),
            Some(bucket) => Self { bucket: Some(bucket.to_owned()), ..Self::default() },
            None => Self::default(),
        }
    }

    fn of_labels(front: &str) -> Self {
        let labels: Vec<&str> = front.split('.').collect();
        let Some(at) = labels.iter().rposition(|label| service_of(label).is_some()) else {
            return Self { service: labels.first().map(|it| (*it).to_owned()), ..Self::default() };
        };
        let label = labels.get(at).copied().unwrap_or_default();
        let service = service_of(label).map(str::to_owned);
        let after = labels.get(at + 1..).unwrap_or_default();
        let old_style = label.strip_prefix("s3-").filter(|it| looks_like_region(it));
        let region = after.iter().copied().find(|it| looks_like_region(it)).or(old_style);
        let before = labels.get(..at).unwrap_or_default().join(".");
        let bucket = if service.as_deref() == Some("s3") && !before.is_empty() {
            Some(before)
        } else {
            None
        };
        Self { service, region: region.map(str::to_owned), bucket }
    }
}

/// The bucket in the host name, if one stands there.
pub fn bucket_of_host(value: &str) -> Option<String> {
    Host::of(value).bucket
}

fn has_service(front: &str) -> bool {
    front.split('.').any(|label| service_of(label).is_some())
}

/// `s3`, `s3-eu-west-1`, `sync-states`: a host prefix ends in a dash or a dot.
fn service_of(label: &str) -> Option<&str> {
    let known = |name: &str| model::is_endpoint(name);
    if known(label) {
        return Some(label);
    }
    if label.strip_prefix("s3-").is_some_and(looks_like_region) {
        return label.get(..2);
    }
    label.rsplit_once('-').map(|(_, name)| name).filter(|name| known(name))
}

/// `eu-west-1`, `us-gov-east-1`
fn looks_like_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() >= 3
        && parts.first().is_some_and(|it| it.len() == 2)
        && parts.last().is_some_and(|it| it.parse::<u8>().is_ok())
}

fn without_port(value: &str) -> &str {
    match value.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => value,
    }
}
