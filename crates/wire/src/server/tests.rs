use cloudarium_shape::Value;

use super::*;
use crate::client;
use crate::http::HttpRequest;

fn map(members: &[(&str, Value)]) -> Value {
    Value::Map(members.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect())
}

fn sent(service: &str, operation: &str, input: &Value) -> Value {
    let request = client::encode(service, operation, input, "eu-west-1").unwrap();
    let route = route(&request).unwrap();
    assert_eq!((route.service.name.as_str(), route.operation.name.as_str()), (service, operation));
    assert_eq!(route.region.as_deref(), Some("eu-west-1"));
    decode(&route, &request, None).unwrap()
}

#[test]
fn what_a_client_sends_a_server_reads() {
    let put = map(&[
        ("Bucket", Value::from("b")),
        ("Key", Value::from("ü/ +?#.txt")),
        ("Body", Value::Blob("hi".into())),
        ("Metadata", map(&[("a", Value::from("1"))])),
        ("ContentType", Value::from("text/plain")),
    ]);
    assert_eq!(sent("s3", "PutObject", &put), put);
    let delete = map(&[
        ("Bucket", Value::from("b")),
        ("Delete", map(&[("Objects", Value::List(vec![map(&[("Key", Value::from("k"))])]))])),
    ]);
    assert_eq!(sent("s3", "DeleteObjects", &delete).get("Delete"), delete.get("Delete"));
    let start = map(&[(
        "stateMachineArn",
        Value::from("arn:aws:states:eu-west-1:123456789012:stateMachine:m"),
    )]);
    assert_eq!(sent("stepfunctions", "StartExecution", &start), start);
    assert_eq!(sent("sts", "GetCallerIdentity", &map(&[])), map(&[]));
}

#[test]
fn what_a_server_answers_a_client_reads() {
    let ids = ResponseIds { request_id: "R".into(), host_id: "H".into() };
    for (service, operation, output) in [
        ("s3", "GetBucketLocation", map(&[("LocationConstraint", Value::from("eu-west-1"))])),
        ("s3", "CopyObject", map(&[("CopyObjectResult", map(&[("ETag", Value::from("\"x\""))]))])),
        ("sts", "GetCallerIdentity", map(&[("Account", Value::from("123456789012"))])),
        ("dynamodb", "ListTables", map(&[("TableNames", Value::List(vec![Value::from("t")]))])),
        ("ec2", "DescribeInstances", map(&[("NextToken", Value::from("n"))])),
    ] {
        let input = map(&[
            ("Bucket", Value::from("b")),
            ("Key", Value::from("k")),
            ("CopySource", Value::from("b/j")),
        ]);
        let request = client::encode(service, operation, &input, "us-east-1").unwrap();
        let route = route(&request).unwrap();
        let response = encode(&route, &output, &ids);
        assert_eq!(client::decode(service, operation, &response), Ok(output), "{operation}");
        let error = ErrorParts::new("Broken", 400, "It is <broken>").with("Detail", "d");
        let response = encode_error(route.form, &error, &ids);
        let read = client::decode(service, operation, &response).unwrap_err();
        assert_eq!((read.code, read.status), ("Broken".to_owned(), 400), "{operation}");
        assert_eq!(read.message, "It is <broken>", "{operation}");
    }
}

fn put(headers: &[(&str, &str)], body: &str) -> Result<Value, ErrorParts> {
    let request = HttpRequest {
        method: "PUT".into(),
        target: "/b/k".into(),
        headers: headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
        body: bytes::Bytes::from(body.to_owned()),
    };
    decode(&route(&request).unwrap(), &request, None)
}

#[test]
fn a_chunked_body_with_a_trailing_checksum() {
    let headers = [
        ("Content-Encoding", "gzip, aws-chunked"),
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("x-amz-decoded-content-length", "5"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
        ("x-amz-sdk-checksum-algorithm", "CRC32"),
    ];
    let input = put(&headers, "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n").unwrap();
    assert_eq!(input.get("Body"), Some(&Value::Blob("hello".into())));
    assert_eq!(input.get("ContentEncoding"), Some(&Value::from("gzip")));
    assert_eq!(input.get("ChecksumCRC32"), Some(&Value::from("NhCmhg==")));
    let refused = |body: &str| put(&headers, body).unwrap_err().code;
    let wrong = "5\r\nhellO\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
    assert_eq!(refused(wrong), "BadDigest");
    assert_eq!(refused("5\r\nhello\r\n0\r\n\r\n"), "MalformedTrailerError");
    assert_eq!(refused("5\r\nhel"), "IncompleteBody");
    assert_eq!(refused("hello"), "IncompleteBody");
    assert_eq!(refused("xyz\r\nhello\r\n"), "IncompleteBody");
    for lengths in [&[][..], &[("x-amz-decoded-content-length", "abc")]] {
        let mut headers = vec![("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")];
        headers.extend(lengths);
        let error = put(&headers, "5\r\nhello\r\n0\r\n\r\n").unwrap_err();
        assert_eq!((error.code.as_str(), error.status), ("MissingContentLength", 411));
    }
}

#[test]
fn numbers_and_bodies_that_are_none() {
    let refused = |method: &str, target: &str| {
        let request = HttpRequest {
            method: method.into(),
            target: target.into(),
            headers: [("Content-MD5".to_owned(), "1B2M2Y8AsgTpgAmY7PhCfg==".to_owned())]
                .into_iter()
                .collect(),
            ..HttpRequest::default()
        };
        let error = decode(&route(&request).unwrap(), &request, None).unwrap_err();
        (error.code, error.message)
    };
    let (code, words) = refused("GET", "/b?uploads&max-uploads=abc");
    assert_eq!(code, "InvalidArgument");
    assert_eq!(words, "Provided max-uploads not an integer or within integer range");
    assert_eq!(refused("GET", "/b?max-keys=4294967296").0, "InvalidArgument");
    assert_eq!(refused("PUT", "/b?policy").0, "MissingRequestBodyError");
}

#[test]
fn checksums_are_verified() {
    assert_eq!(put(&[("Content-MD5", "nope")], "x").unwrap_err().code, "InvalidDigest");
    let md5 = [("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")];
    assert!(put(&md5, "").is_ok());
    assert_eq!(put(&md5, "x").unwrap_err().code, "BadDigest");
    let two = [("x-amz-checksum-crc32", "nope"), ("x-amz-checksum-sha1", "nope")];
    let words =
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.";
    assert_eq!(put(&two, "x").unwrap_err().message, words);
    let named = [("x-amz-sdk-checksum-algorithm", "CRC32")];
    assert_eq!(put(&named, "x").unwrap_err().code, "InvalidRequest");
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html#API_PutBucketPolicy_Examples>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html>
#[test]
fn statuses_that_no_model_tells() {
    let ids = ResponseIds { request_id: "R".into(), host_id: "H".into() };
    let input = map(&[
        ("Bucket", Value::from("b")),
        ("Key", Value::from("k")),
        ("Policy", Value::from("{}")),
    ]);
    for (operation, output, status) in [
        ("PutBucketPolicy", map(&[]), 204),
        ("RestoreObject", map(&[]), 202),
        ("RestoreObject", map(&[("StatusCode", Value::Int(202))]), 202),
        ("RestoreObject", map(&[("StatusCode", Value::Int(200))]), 200),
        ("GetObject", map(&[("StatusCode", Value::Int(201))]), 200),
    ] {
        let request = client::encode("s3", operation, &input, "us-east-1").unwrap();
        let route = route(&request).unwrap();
        assert_eq!(encode(&route, &output, &ids).status, status, "{operation}");
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html>
#[test]
fn reads_that_declare_how_an_object_is_encrypted() {
    let input = map(&[("Bucket", Value::from("b")), ("Key", Value::from("k"))]);
    for (operation, refused) in [("GetObject", true), ("HeadObject", true), ("PutObject", false)] {
        let mut request = client::encode("s3", operation, &input, "us-east-1").unwrap();
        request.headers.set("x-amz-server-side-encryption", "AES256");
        let route = route(&request).unwrap();
        let error = decode(&route, &request, None).err();
        assert_eq!(error.map(|error| (error.code, error.status)).is_some(), refused, "{operation}");
    }
}

fn form(target: &str, body: &str) -> HttpRequest {
    HttpRequest {
        method: if body.is_empty() { "GET" } else { "POST" }.into(),
        target: target.into(),
        headers: [
            ("Host", "sqs.eu-west-1.amazonaws.com"),
            ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect(),
        body: bytes::Bytes::from(body.to_owned()),
    }
}

/// The examples of <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html>
/// and of the API reference of that time.
#[test]
fn a_service_that_spoke_query_before_json_reads_forms() {
    let address = "https://sqs.eu-west-1.amazonaws.com/123456789012/q";
    let here = || ("QueueUrl", Value::from(address));
    let text =
        |text: &str| map(&[("DataType", Value::from("String")), ("StringValue", text.into())]);
    for (target, body, expected) in [
        (
            "/?Action=ListQueues&Version=2012-11-05&QueueNamePrefix=M",
            "",
            map(&[("QueueNamePrefix", "M".into())]),
        ),
        (
            "/",
            "Action=CreateQueue&QueueName=q&Attribute.1.Name=VisibilityTimeout&Attribute.1.Value=40&Tag.1.Key=a\
             &Tag.1.Value=b",
            map(&[
                ("QueueName", "q".into()),
                ("Attributes", map(&[("VisibilityTimeout", "40".into())])),
                ("tags", map(&[("a", "b".into())])),
            ]),
        ),
        (
            "/123456789012/q",
            "Action=SendMessage&MessageBody=This+is&DelaySeconds=45&MessageAttribute.1.Name=n\
             &MessageAttribute.1.Value.StringValue=v&MessageAttribute.1.Value.DataType=String",
            map(&[
                here(),
                ("MessageBody", "This is".into()),
                ("DelaySeconds", Value::Int(45)),
                ("MessageAttributes", map(&[("n", text("v"))])),
            ]),
        ),
        (
            "/123456789012/q",
            "Action=DeleteMessageBatch&DeleteMessageBatchRequestEntry.1.Id=m&DeleteMessageBatchRequestEntry.1.ReceiptHandle=h",
            map(&[
                here(),
                (
                    "Entries",
                    Value::List(vec![map(&[("Id", "m".into()), ("ReceiptHandle", "h".into())])]),
                ),
            ]),
        ),
        (
            "/",
            "Action=GetQueueAttributes&QueueUrl=u&AttributeName.1=All",
            map(&[("QueueUrl", "u".into()), ("AttributeNames", Value::List(vec!["All".into()]))]),
        ),
    ] {
        let request = form(target, body);
        let route = route(&request).unwrap();
        assert_eq!(decode(&route, &request, None), Ok(expected), "{target} {body}");
    }
    let refused = route(&form("/", "Version=2012-11-05")).unwrap_err();
    assert_eq!(refused.error.code, "MissingAction");
}

#[test]
fn a_service_that_spoke_query_before_json_answers_in_xml() {
    let ids = ResponseIds { request_id: "R".into(), host_id: String::new() };
    let route = route(&form("/", "Action=ReceiveMessage&QueueUrl=u")).unwrap();
    let attributes = map(&[("SenderId", Value::from("A")), ("SentTimestamp", "1".into())]);
    let message =
        map(&[("MessageId", "m".into()), ("Body", "<hi>".into()), ("Attributes", attributes)]);
    let output = map(&[("Messages", Value::List(vec![message]))]);
    let response = encode(&route, &output, &ids);
    assert_eq!(response.headers.get("content-type"), Some("text/xml"));
    let body = String::from_utf8(response.body.to_vec()).unwrap();
    let expected = "<ReceiveMessageResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">\
        <ReceiveMessageResult><Message><MessageId>m</MessageId><Body>&lt;hi&gt;</Body>\
        <Attribute><Name>SenderId</Name><Value>A</Value></Attribute>\
        <Attribute><Name>SentTimestamp</Name><Value>1</Value></Attribute></Message></ReceiveMessageResult>\
        <ResponseMetadata><RequestId>R</RequestId></ResponseMetadata></ReceiveMessageResponse>";
    assert!(body.ends_with(expected), "{body}");
    let mut error = ErrorParts::new("QueueDoesNotExist", 400, "Nope.");
    let older = "AWS.SimpleQueueService.NonExistentQueue";
    error.headers.push(("x-amzn-query-error".to_owned(), format!("{older};Sender")));
    let response = encode_error(route.form, &error, &ids);
    assert_eq!(response.headers.get("x-amzn-query-error"), None);
    let body = String::from_utf8(response.body.to_vec()).unwrap();
    let expected =
        format!("<Error><Type>Sender</Type><Code>{older}</Code><Message>Nope.</Message></Error>");
    assert!(body.contains(&expected), "{body}");
}
