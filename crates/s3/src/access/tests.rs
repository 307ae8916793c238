//! The gate by itself: that every operation passes it, what is public, what a policy may say.

use cloudarium_policy::decide::GateKind::{IdentityPolicy, ResourcePolicy};
use cloudarium_policy::{Caller, Context, Kind, parse};
use cloudarium_shape::{Map, Value};

use super::judge::{Decider, Question};
use super::model::{
    BucketAccess, Grant, Grantee, Group, Ownership, Permission, PublicAccessBlock, StoredPolicy,
};
use super::needs::{self, On};
use super::{policy, public};
use crate::headers::canonical_id;
use crate::model::Bucket;
use crate::ops::OPERATIONS;

const OWNER: &str = "123456789012";
const OTHER: &str = "111122223333";

fn input(members: &[(&str, &str)]) -> Value {
    let member = |(name, value): &(&str, &str)| ((*name).to_owned(), Value::from(*value));
    Value::Map(members.iter().map(member).collect::<Map>())
}

#[test]
fn it_is_known_what_every_operation_needs() {
    for row in OPERATIONS {
        assert!(needs::of(row.name, &input(&[])).is_some(), "{} passes no gate", row.name);
    }
}

#[test]
fn what_operations_need() {
    type Case = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);
    let cases: &[Case] = &[
        ("GetObject", &[], &["s3:GetObject"]),
        ("GetObject", &[("VersionId", "v")], &["s3:GetObjectVersion"]),
        ("HeadObject", &[("VersionId", "v")], &["s3:GetObjectVersion"]),
        ("HeadBucket", &[], &["s3:ListBucket"]),
        ("ListBuckets", &[], &["s3:ListAllMyBuckets"]),
        ("DeleteBucketCors", &[], &["s3:PutBucketCORS"]),
        ("GetObjectAttributes", &[], &["s3:GetObjectAttributes", "s3:GetObject"]),
        ("PutObject", &[], &["s3:PutObject"]),
        ("PutObject", &[("ACL", "private")], &["s3:PutObject", "s3:PutObjectAcl"]),
        ("PutObject", &[("GrantRead", "id=x")], &["s3:PutObject", "s3:PutObjectAcl"]),
        (
            "PutObject",
            &[("Tagging", "a=b"), ("ObjectLockMode", "GOVERNANCE")],
            &["s3:PutObject", "s3:PutObjectTagging", "s3:PutObjectRetention"],
        ),
        (
            "CopyObject",
            &[("CopySource", "b/k")],
            &["s3:PutObject", "s3:GetObject", "s3:GetObjectTagging"],
        ),
        (
            "CopyObject",
            &[("CopySource", "b/k?versionId=v"), ("TaggingDirective", "COPY")],
            &["s3:PutObject", "s3:GetObjectVersion", "s3:GetObjectVersionTagging"],
        ),
        (
            "CopyObject",
            &[("CopySource", "b/k"), ("TaggingDirective", "REPLACE")],
            &["s3:PutObject", "s3:GetObject"],
        ),
        ("UploadPartCopy", &[("CopySource", "b/k")], &["s3:PutObject", "s3:GetObject"]),
        ("DeleteObject", &[("VersionId", "v")], &["s3:DeleteObjectVersion"]),
        ("PreflightRequest", &[], &[]),
    ];
    for (operation, members, expected) in cases {
        let needs = needs::of(operation, &input(members)).unwrap();
        let actions: Vec<&str> = needs.iter().map(|need| need.action).collect();
        assert_eq!(actions, *expected, "{operation} {members:?}");
    }
    let mut bypassing = Map::new();
    bypassing.insert("BypassGovernanceRetention".to_owned(), Value::Bool(true));
    let needs = needs::of("DeleteObject", &Value::Map(bypassing)).unwrap();
    assert_eq!(needs[1].action, "s3:BypassGovernanceRetention");
    assert_eq!(needs[1].on, On::Object);
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>
#[test]
fn what_is_public() {
    let cases = [
        (r#""Principal": "*""#, "", true),
        (r#""Principal": {"AWS": "*"}"#, "", true),
        (r#""Principal": {"Federated": "graph.facebook.com"}"#, "", true),
        (r#""Principal": {"AWS": "111122223333"}"#, "", false),
        (r#""Principal": {"AWS": ["111122223333", "*"]}"#, "", true),
        (r#""Principal": {"Service": "cloudtrail.amazonaws.com"}"#, "", false),
        (r#""Principal": "*""#, r#""StringLike": {"aws:SourceVpc": "vpc-*"}"#, true),
        (r#""Principal": "*""#, r#""StringEquals": {"aws:SourceVpc": "vpc-91237329"}"#, false),
        (r#""Principal": "*""#, r#""StringNotEquals": {"aws:SourceVpc": "vpc-9"}"#, true),
        (r#""Principal": "*""#, r#""StringEqualsIfExists": {"aws:SourceVpc": "vpc-9"}"#, true),
        (
            r#""Principal": "*""#,
            r#""StringEquals": {"aws:SourceArn": "${aws:PrincipalArn}"}"#,
            true,
        ),
        (r#""Principal": "*""#, r#""StringEquals": {"aws:PrincipalOrgID": "o-1"}"#, false),
        (r#""Principal": "*""#, r#""StringEquals": {"aws:Referer": "https://a"}"#, true),
        (r#""Principal": "*""#, r#""IpAddress": {"aws:SourceIp": "203.0.113.0/24"}"#, false),
        (r#""Principal": "*""#, r#""IpAddress": {"aws:SourceIp": "0.0.0.0/1"}"#, true),
        (r#""Principal": "*""#, r#""IpAddress": {"aws:SourceIp": "54.0.0.0/8"}"#, false),
        (r#""Principal": "*""#, r#""IpAddress": {"aws:SourceIp": "54.0.0.0/7"}"#, true),
        (r#""Principal": "*""#, r#""IpAddress": {"aws:SourceIp": "10.0.0.0/8"}"#, false),
        (r#""Principal": "*""#, r#""IpAddress": {"aws:SourceIp": "2001:db8::/32"}"#, false),
        (r#""Principal": "*""#, r#""IpAddress": {"aws:SourceIp": "2001::/16"}"#, true),
        (
            r#""Principal": "*""#,
            r#""IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0"]}"#,
            true,
        ),
        (
            r#""Principal": "*""#,
            r#""ArnLike": {"s3:DataAccessPointArn": "arn:aws:s3:us-west-2:123456789012:accesspoint/*"}"#,
            false,
        ),
        (
            r#""Principal": "*""#,
            r#""ArnLike": {"s3:DataAccessPointArn": "arn:aws:s3:us-west-2:*:accesspoint/*"}"#,
            true,
        ),
    ];
    for (principal, condition, expected) in cases {
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", {principal},
                "Action": "s3:PutObject", "Resource": "*", "Condition": {{{condition}}}}}}}"#
        );
        let policy = parse(&text, Kind::Resource).unwrap();
        assert_eq!(public::is_public(&policy), expected, "{principal} {condition}");
    }
    let denies =
        r#"{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}"#;
    assert!(!public::is_public(&parse(denies, Kind::Resource).unwrap()));
}

#[test]
fn what_s3_takes_of_a_policy() {
    let text =
        |rest: &str| format!(r#"{{"Statement": {{"Effect": "Allow", "Principal": "*", {rest}}}}}"#);
    let applies = "Action does not apply to any resource(s) in statement";
    let conditions = "Conditions do not apply to combination of actions and resources in statement";
    let cases = [
        (r#""Action": "s3:GetObject", "Resource": "arn:aws:s3:::bkt/*""#, ""),
        (r#""Action": "s3:GetObject", "Resource": "*""#, ""),
        (r#""Action": "S3:getobject", "Resource": "arn:aws:s3:::bkt/a*""#, ""),
        (r#""Action": "*", "Resource": "arn:aws:s3:::bkt""#, ""),
        (r#""Action": "s3:GetObject", "Resource": "arn:aws:s3:::bkt*""#, ""),
        (r#""Action": "s3:GetObject", "Resource": "arn:aws:s3:::*/*""#, ""),
        (
            r#""Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::bkt", "arn:aws:s3:::bkt/*"]"#,
            "",
        ),
        (r#""Action": "s3:GetObject", "Resource": "arn:aws:s3:::bkt""#, applies),
        (r#""Action": "s3:ListBucket", "Resource": "arn:aws:s3:::bkt/*""#, applies),
        (
            r#""Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "arn:aws:s3:::bkt/*""#,
            applies,
        ),
        (r#""NotAction": "s3:GetObject", "Resource": "arn:aws:s3:::bkt""#, ""),
        (r#""Action": "s3:GetObject", "NotResource": "arn:aws:s3:::bkt/a""#, ""),
        (
            r#""Action": "s3:GetStuff", "Resource": "arn:aws:s3:::bkt/*""#,
            "Policy has invalid action",
        ),
        (
            r#""Action": "ec2:RunInstances", "Resource": "arn:aws:s3:::bkt/*""#,
            "Policy has invalid action",
        ),
        (
            r#""Action": "s3:GetObject", "Resource": "arn:aws:s3:::other/*""#,
            "Policy has invalid resource",
        ),
        (
            r#""Action": "s3:GetObject", "Resource": "arn:aws:s3:us-east-1::bkt/*""#,
            "Policy has invalid resource",
        ),
        (
            r#""Action": "s3:GetObject", "Resource": "arn:aws:sns:::bkt/*""#,
            "Policy has invalid resource",
        ),
        (
            r#""Action": "s3:GetObject", "Resource": "*", "Condition": {"StringEquals": {"s3:prefix": "a"}}"#,
            conditions,
        ),
        (
            r#""Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringEquals": {"s3:prefix": "a"}}"#,
            "",
        ),
        (
            r#""Action": "s3:GetObject", "Resource": "*", "Condition": {"StringEquals": {"s3:nonsense": "a"}}"#,
            "Policy has an invalid condition key",
        ),
        (
            r#""Action": "s3:GetObject", "Resource": "*", "Condition": {"StringEquals": {"aws:nonsense": "a"}}"#,
            "Policy has an invalid condition key",
        ),
        (
            r#""Action": "s3:GetObject", "Resource": "*", "Condition": {"StringEquals": {"S3:ExistingObjectTag/a": "b"}}"#,
            "",
        ),
    ];
    for (rest, expected) in cases {
        let words = policy::read("bkt", &text(rest)).err().map(|error| error.message());
        assert_eq!(words.unwrap_or_default(), expected, "{rest}");
    }
}

#[test]
fn a_policy_is_measured_without_the_space_between_its_words() {
    let with = |sid: usize, space: usize| {
        format!(
            r#"{{"Statement":[{{"Sid":"{}","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::bkt"}}]{}}}"#,
            "s".repeat(sid),
            " ".repeat(space)
        )
    };
    let rest = with(0, 0).len();
    assert!(policy::read("bkt", &with(20_480 - rest, 0)).is_ok());
    assert!(policy::read("bkt", &with(20_480 - rest, 9_000)).is_ok());
    let words = policy::read("bkt", &with(20_481 - rest, 0)).unwrap_err().message();
    assert_eq!(words, "Normalized policy document exceeds the maximum allowed size of 20480 bytes");
}

fn bucket(policy: Option<&str>, acl: Vec<Grant>, block: PublicAccessBlock) -> Bucket {
    let mut bucket =
        Bucket::new(OWNER.to_owned(), "us-east-1".to_owned(), cloudarium_env::Timestamp::default());
    bucket.access = std::sync::Arc::new(BucketAccess {
        policy: policy.map(|text| StoredPolicy::of(text.into())),
        acl,
        ownership: Some(Ownership::ObjectWriter),
        public_access_block: Some(block),
    });
    bucket
}

fn other() -> Caller {
    Caller::from_arn(OTHER, &format!("arn:aws:iam::{OTHER}:user/bob"), "AIDABOB")
}

fn asked(bucket: &Bucket, caller: &Caller, action: &str) -> (bool, Decider) {
    let context = Context::default();
    let question = Question {
        caller,
        action,
        bucket_name: "bkt",
        bucket,
        key: None,
        object: None,
        context: &context,
    };
    let judgement = question.judge();
    (judgement.allowed, judgement.decides)
}

#[test]
fn grants_and_the_public_access_block() {
    let ignores = PublicAccessBlock { ignore_public_acls: true, ..PublicAccessBlock::NONE };
    let group = |group| Grant { grantee: Grantee::Group(group), permission: Permission::Read };
    let theirs =
        Grant { grantee: Grantee::User(canonical_id(OTHER)), permission: Permission::FullControl };
    let cases = [
        (group(Group::AllUsers), PublicAccessBlock::NONE, Caller::anonymous(), true),
        (group(Group::AllUsers), PublicAccessBlock::NONE, other(), true),
        (group(Group::AllUsers), ignores, Caller::anonymous(), false),
        (group(Group::AuthenticatedUsers), PublicAccessBlock::NONE, other(), true),
        (group(Group::AuthenticatedUsers), PublicAccessBlock::NONE, Caller::anonymous(), false),
        (group(Group::AuthenticatedUsers), ignores, other(), false),
        (group(Group::LogDelivery), PublicAccessBlock::NONE, other(), false),
        (theirs.clone(), ignores, other(), true),
        (theirs, PublicAccessBlock::NONE, Caller::anonymous(), false),
    ];
    for (grant, block, caller, allowed) in cases {
        let bucket = bucket(None, vec![grant.clone()], block);
        let found = asked(&bucket, &caller, "s3:ListBucket");
        assert_eq!(found.0, allowed, "{grant:?} {block:?} {}", caller.shown());
        assert_eq!(found.1 == Decider::Acl, allowed);
        // What no ACL can permit.
        assert!(!asked(&bucket, &caller, "s3:GetBucketPolicy").0);
    }
}

#[test]
fn a_public_policy_is_restricted_for_everyone_but_the_own_account() {
    let restricts = PublicAccessBlock { restrict_public_buckets: true, ..PublicAccessBlock::NONE };
    let open = r#"{"Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::bkt"},
        {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetBucketPolicy", "Resource": "arn:aws:s3:::bkt"}]}"#;
    let owner = Caller::from_arn(OWNER, &format!("arn:aws:iam::{OWNER}:user/a"), "AIDAA");
    let bucket = |block| bucket(Some(open), Vec::new(), block);
    let policy = |kind| Decider::Policy(kind);
    let free = bucket(PublicAccessBlock::NONE);
    assert_eq!(asked(&free, &Caller::anonymous(), "s3:ListBucket"), (true, policy(ResourcePolicy)));
    assert_eq!(asked(&free, &other(), "s3:GetBucketPolicy"), (true, policy(ResourcePolicy)));
    let held = bucket(restricts);
    let blocked = (false, Decider::PublicAccessBlock);
    assert_eq!(asked(&held, &Caller::anonymous(), "s3:ListBucket"), blocked);
    assert_eq!(asked(&held, &other(), "s3:GetBucketPolicy"), blocked);
    assert_eq!(asked(&held, &owner, "s3:ListBucket"), (true, policy(IdentityPolicy)));
}

#[test]
fn the_root_user_keeps_its_way_to_the_policy() {
    let locked = r#"{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::bkt"}}"#;
    let bucket = bucket(Some(locked), Vec::new(), PublicAccessBlock::NONE);
    let root = Caller::from_arn(OWNER, &format!("arn:aws:iam::{OWNER}:root"), OWNER);
    let user = Caller::from_arn(OWNER, &format!("arn:aws:iam::{OWNER}:user/a"), "AIDAA");
    for action in ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"] {
        assert!(asked(&bucket, &root, action).0, "{action}");
        assert!(!asked(&bucket, &user, action).0, "{action}");
    }
    assert!(!asked(&bucket, &root, "s3:ListBucket").0);
}
