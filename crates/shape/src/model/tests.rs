use super::{Kind, Location, NAMES, Protocol, service, services};

#[test]
fn every_model_is_read_and_agrees_with_the_catalog() {
    assert_eq!(services().count(), NAMES.len());
    for it in services() {
        assert_eq!(super::by_endpoint(&it.endpoint_prefix).unwrap().name, it.name);
        assert_eq!(it.signing_name, it.endpoint_prefix, "{}", it.name);
        let speaks_it = matches!(it.protocol, Protocol::Query | Protocol::Ec2);
        let is_form = speaks_it || it.query_compatible;
        let by_form = super::by_form_version(&it.api_version).map(|found| found.name.as_str());
        assert_eq!(by_form, is_form.then_some(it.name.as_str()));
        assert_eq!(it.s3_style, super::s3_style().is_some_and(|s3| s3.name == it.name));
        if it.protocol == Protocol::Json {
            assert_eq!(super::by_target_prefix(&it.target_prefix).unwrap().name, it.name);
        }
    }
}

#[test]
fn put_object_is_as_aws_describes_it() {
    let s3 = service("s3").unwrap();
    let operation = s3.operation("PutObject").unwrap();
    assert_eq!((operation.http_method.as_str(), operation.response_code), ("PUT", 200));
    assert_eq!(operation.request_uri, "/{Bucket}/{Key+}");
    let input = s3.input(operation);
    assert_eq!(input.payload_member().map(|member| member.name.as_str()), Some("Body"));
    let metadata = input.member("Metadata").unwrap();
    assert_eq!(metadata.location, Location::Headers);
    assert_eq!(metadata.wire_name(), "x-amz-meta-");
    assert!(matches!(s3.shape(metadata.shape).kind, Kind::Map(..)));
    assert!(input.member("Bucket").unwrap().required);
    assert_eq!(s3.error("NoSuchKey").unwrap().error_status(), 404);
}

#[test]
fn all_twelve_services_have_all_their_operations() {
    let count = |name: &str| service(name).unwrap().operations.len();
    assert_eq!(count("s3"), 116);
    assert_eq!(count("ec2"), 830);
    assert_eq!(services().map(|it| it.operations.len()).sum::<usize>(), 1_881);
}

#[test]
fn nearly_every_pattern_is_checked() {
    let mut unchecked = Vec::new();
    for it in services() {
        let patterns = it.shapes.iter().filter_map(|shape| shape.pattern.as_ref());
        unchecked.extend(patterns.filter(|it| !it.is_checked()).map(super::Pattern::as_str));
    }
    let looks_around = |it: &&str| it.contains("(?!") || it.contains("(?=") || it.contains("(?<!");
    let others: Vec<_> = unchecked.iter().filter(|it| !looks_around(it)).collect();
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn patterns_fit_the_whole_text() {
    let iam = service("iam").unwrap();
    let name = iam.shape_named("roleNameType").unwrap().pattern.as_ref().unwrap();
    assert!(name.fits("my-role") && !name.fits("my role") && !name.fits(""));
    let tag = iam.shape_named("tagValueType").unwrap().pattern.as_ref().unwrap();
    assert!(tag.fits("grün 3") && !tag.fits("a*b"));
}
