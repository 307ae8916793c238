//! Price tables: data with date and source. A row without a source of AWS's own for its Region says
//! that it is a guess.
//!
//! Every number here comes from AWS's Price List, whose pages are public files: one a service and
//! Region, `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonS3/current/us-east-1/index.json`.
//! <https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api.html>

use crate::bill::Unit;

/// Where a price was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// When it was read or published.
    pub date: &'static str,
    /// Where.
    pub url: &'static str,
    /// Whether that page does not say it for this Region, and a neighbour's price stands for it.
    pub guess: bool,
}

/// What one unit costs in one Region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// Of what.
    pub unit: Unit,
    /// In words, as AWS's bills say it.
    pub words: &'static str,
    /// Millionths of a millionth of a US dollar for one unit.
    pub pico_usd: u64,
    /// So many units of each month are free for everybody.
    pub free_units: u64,
    /// Where it was read.
    pub source: Source,
}

/// One row: service, usage type, Regions, price.
struct Row {
    service: &'static str,
    usage_type: &'static str,
    regions: &'static [&'static str],
    price: Price,
}

/// What is told of AWS's free tier, which no sum here takes off.
pub const FREE_TIER: &str = "New AWS accounts get credits for their first months, and older ones had 5 GB of S3 free for a year: neither is taken off here. What AWS gives everybody each month (100 GB sent to the internet) is.";

/// <https://aws.amazon.com/free/>
pub const FREE_TIER_URL: &str = "https://aws.amazon.com/free/";

const S3_US_EAST_1: Source = Source {
    date: "2025-10-28",
    url: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonS3/current/us-east-1/index.json",
    guess: false,
};
const S3_EU_CENTRAL_1: Source = Source {
    date: "2026-08-31",
    url: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonS3/current/eu-central-1/index.json",
    guess: false,
};
const S3_AP_NORTHEAST_1: Source = Source {
    date: "2026-09-18",
    url: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonS3/current/ap-northeast-1/index.json",
    guess: false,
};
const TRANSFER_EU_CENTRAL_1: Source = Source {
    date: "2026-08-31",
    url: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSDataTransfer/current/eu-central-1/index.json",
    guess: false,
};
const S3_PAGE: Source =
    Source { date: "2025-10-28", url: "https://aws.amazon.com/s3/pricing/", guess: false };
const STS_PAGE: Source =
    Source { date: "2025-10-28", url: "https://aws.amazon.com/iam/faqs/", guess: false };

const LOGS_PAGE: Source =
    Source { date: "2025-10-28", url: "https://aws.amazon.com/cloudwatch/pricing/", guess: false };

const LAMBDA_PAGE: Source =
    Source { date: "2025-10-28", url: "https://aws.amazon.com/lambda/pricing/", guess: false };

/// Guess: the page itself was not read; what others tell of it agrees.
const SQS_PAGE: Source =
    Source { date: "2026-11-27", url: "https://aws.amazon.com/sqs/pricing/", guess: true };

/// Guess: the page itself was not read; what others tell of it agrees: a dollar for a million of custom events.
const EVENTS_PAGE: Source =
    Source { date: "2026-11-27", url: "https://aws.amazon.com/eventbridge/pricing/", guess: true };

const US_EAST_1: &[&str] = &["us-east-1"];
const EU_CENTRAL_1: &[&str] = &["eu-central-1"];
const AP_NORTHEAST_1: &[&str] = &["ap-northeast-1"];
/// A row for every Region that has none of its own.
const ANYWHERE: &[&str] = &[];

const PUTS: &str = "PUT, COPY, POST and LIST requests";
const GETS: &str = "GET and all other requests";
const STANDARD: &str = "Storage, S3 Standard";

const fn guess(source: Source) -> Source {
    Source { guess: true, ..source }
}

const fn requests(words: &'static str, pico_usd: u64, source: Source) -> Price {
    Price { unit: Unit::Requests, words, pico_usd, free_units: 0, source }
}

const fn gb_month(words: &'static str, pico_usd: u64, source: Source) -> Price {
    Price { unit: Unit::GbMonths, words, pico_usd, free_units: 0, source }
}

const fn row(usage_type: &'static str, regions: &'static [&'static str], price: Price) -> Row {
    Row { service: "s3", usage_type, regions, price }
}

// guess: where a class's requests have prices of their own which the sources above do not list
// (Standard-IA and its kin), those of us-east-1's pricing page as it stood at the same date.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("Requests-Tier1", US_EAST_1, requests(PUTS, 5_000_000, S3_US_EAST_1)),
    row("Requests-Tier1", EU_CENTRAL_1, requests(PUTS, 5_400_000, S3_EU_CENTRAL_1)),
    row("Requests-Tier1", AP_NORTHEAST_1, requests(PUTS, 4_700_000, S3_AP_NORTHEAST_1)),
    row("Requests-Tier1", ANYWHERE, requests(PUTS, 5_000_000, guess(S3_US_EAST_1))),
    row("Requests-Tier2", US_EAST_1, requests(GETS, 400_000, S3_US_EAST_1)),
    row("Requests-Tier2", EU_CENTRAL_1, requests(GETS, 430_000, S3_EU_CENTRAL_1)),
    row("Requests-Tier2", AP_NORTHEAST_1, requests(GETS, 370_000, S3_AP_NORTHEAST_1)),
    row("Requests-Tier2", ANYWHERE, requests(GETS, 400_000, guess(S3_US_EAST_1))),
    row("Requests-Free", ANYWHERE, requests("DELETE and CANCEL requests, free", 0, S3_PAGE)),
    row("Requests-SIA-Tier1", ANYWHERE, requests("PUT, COPY, POST requests, S3 Standard-IA", 10_000_000, guess(S3_PAGE))),
    row("Requests-SIA-Tier2", ANYWHERE, requests("GET requests, S3 Standard-IA", 1_000_000, guess(S3_PAGE))),
    row("Requests-ZIA-Tier1", ANYWHERE, requests("PUT, COPY, POST requests, S3 One Zone-IA", 10_000_000, guess(S3_PAGE))),
    row("Requests-ZIA-Tier2", ANYWHERE, requests("GET requests, S3 One Zone-IA", 1_000_000, guess(S3_PAGE))),
    row("Requests-GIR-Tier1", ANYWHERE, requests("PUT, COPY, POST requests, S3 Glacier Instant Retrieval", 20_000_000, guess(S3_PAGE))),
    row("Requests-GIR-Tier2", ANYWHERE, requests("GET requests, S3 Glacier Instant Retrieval", 10_000_000, guess(S3_PAGE))),
    row("Requests-GLACIER-Tier1", ANYWHERE, requests("PUT, COPY, POST requests, S3 Glacier Flexible Retrieval", 30_000_000, guess(S3_PAGE))),
    row("Requests-GDA-Tier1", ANYWHERE, requests("PUT, COPY, POST requests, S3 Glacier Deep Archive", 50_000_000, guess(S3_PAGE))),
    row("TimedStorage-ByteHrs", US_EAST_1, gb_month(STANDARD, 23_000_000_000, S3_US_EAST_1)),
    row("TimedStorage-ByteHrs", EU_CENTRAL_1, gb_month(STANDARD, 24_500_000_000, S3_EU_CENTRAL_1)),
    row("TimedStorage-ByteHrs", AP_NORTHEAST_1, gb_month(STANDARD, 25_000_000_000, S3_AP_NORTHEAST_1)),
    row("TimedStorage-ByteHrs", ANYWHERE, gb_month(STANDARD, 23_000_000_000, guess(S3_US_EAST_1))),
    row("TimedStorage-SIA-ByteHrs", US_EAST_1, gb_month("Storage, S3 Standard-IA", 12_500_000_000, S3_US_EAST_1)),
    row("TimedStorage-SIA-ByteHrs", ANYWHERE, gb_month("Storage, S3 Standard-IA", 12_500_000_000, guess(S3_US_EAST_1))),
    row("TimedStorage-ZIA-ByteHrs", US_EAST_1, gb_month("Storage, S3 One Zone-IA", 10_000_000_000, S3_US_EAST_1)),
    row("TimedStorage-ZIA-ByteHrs", ANYWHERE, gb_month("Storage, S3 One Zone-IA", 10_000_000_000, guess(S3_US_EAST_1))),
    row("TimedStorage-INT-FA-ByteHrs", US_EAST_1, gb_month("Storage, S3 Intelligent-Tiering, frequent access", 23_000_000_000, S3_US_EAST_1)),
    row("TimedStorage-INT-FA-ByteHrs", ANYWHERE, gb_month("Storage, S3 Intelligent-Tiering, frequent access", 23_000_000_000, guess(S3_US_EAST_1))),
    row("TimedStorage-GIR-ByteHrs", US_EAST_1, gb_month("Storage, S3 Glacier Instant Retrieval", 4_000_000_000, S3_US_EAST_1)),
    row("TimedStorage-GIR-ByteHrs", ANYWHERE, gb_month("Storage, S3 Glacier Instant Retrieval", 4_000_000_000, guess(S3_US_EAST_1))),
    row("TimedStorage-GlacierByteHrs", ANYWHERE, gb_month("Storage, S3 Glacier Flexible Retrieval", 3_600_000_000, guess(S3_PAGE))),
    row("TimedStorage-GDA-ByteHrs", ANYWHERE, gb_month("Storage, S3 Glacier Deep Archive", 990_000_000, guess(S3_PAGE))),
    row("TimedStorage-RRS-ByteHrs", ANYWHERE, gb_month("Storage, S3 Reduced Redundancy", 24_000_000_000, guess(S3_PAGE))),
    row("DataTransfer-Out-Bytes", EU_CENTRAL_1, transfer(TRANSFER_EU_CENTRAL_1)),
    row("DataTransfer-Out-Bytes", ANYWHERE, transfer(guess(TRANSFER_EU_CENTRAL_1))),
    Row { service: "logs", usage_type: "DataProcessing-Bytes", regions: US_EAST_1, price: log_data(LOGS_PAGE) },
    Row { service: "logs", usage_type: "DataProcessing-Bytes", regions: ANYWHERE, price: log_data(guess(LOGS_PAGE)) },
    Row { service: "logs", usage_type: "TimedStorage-ByteHrs", regions: US_EAST_1, price: gb_month("Log data that lies stored", 30_000_000_000, LOGS_PAGE) },
    Row { service: "logs", usage_type: "TimedStorage-ByteHrs", regions: ANYWHERE, price: gb_month("Log data that lies stored", 30_000_000_000, guess(LOGS_PAGE)) },
    lambda("Lambda-GB-Second", US_EAST_1, gb_second("Time of functions on x86", 16_666_700, LAMBDA_PAGE)),
    lambda("Lambda-GB-Second", ANYWHERE, gb_second("Time of functions on x86", 16_666_700, guess(LAMBDA_PAGE))),
    lambda("Lambda-GB-Second-ARM", US_EAST_1, gb_second("Time of functions on Arm", 13_333_400, LAMBDA_PAGE)),
    lambda("Lambda-GB-Second-ARM", ANYWHERE, gb_second("Time of functions on Arm", 13_333_400, guess(LAMBDA_PAGE))),
    lambda("Request", US_EAST_1, invocations(LAMBDA_PAGE)),
    lambda("Request", ANYWHERE, invocations(guess(LAMBDA_PAGE))),
    lambda("Request-ARM", US_EAST_1, invocations(LAMBDA_PAGE)),
    lambda("Request-ARM", ANYWHERE, invocations(guess(LAMBDA_PAGE))),
    sqs("Requests-Tier1", ANYWHERE, sqs_requests("Requests, standard queues", 400_000, SQS_PAGE)),
    sqs("Requests-FIFO-Tier1", ANYWHERE, requests("Requests, FIFO queues", 500_000, SQS_PAGE)),
    Row { service: "events", usage_type: "Event-64K-Chunks", regions: ANYWHERE, price: requests("Custom events", 1_000_000, EVENTS_PAGE) },
    row("Event-64K-Chunks", ANYWHERE, requests("Events to EventBridge", 1_000_000, EVENTS_PAGE)),
    Row { service: "sts", usage_type: "Requests", regions: ANYWHERE, price: requests("STS requests, free", 0, STS_PAGE) },
];

/// <https://aws.amazon.com/cloudwatch/pricing/>: "5 GB Data (ingestion, archive storage, ...)" a
/// month are free; all of it is taken off here at what comes in.
const fn log_data(source: Source) -> Price {
    Price {
        unit: Unit::Gb,
        words: "Log data that came in",
        pico_usd: 500_000_000_000,
        free_units: 5,
        source,
    }
}

const fn lambda(usage_type: &'static str, regions: &'static [&'static str], price: Price) -> Row {
    Row { service: "lambda", usage_type, regions, price }
}

const fn sqs(usage_type: &'static str, regions: &'static [&'static str], price: Price) -> Row {
    Row { service: "sqs", usage_type, regions, price }
}

/// <https://aws.amazon.com/sqs/pricing/>: "All customers can make 1 million Amazon SQS requests for free each month".
/// The million is one for both kinds of queues; it is taken off those to standard queues.
const fn sqs_requests(words: &'static str, pico_usd: u64, source: Source) -> Price {
    Price { unit: Unit::Requests, words, pico_usd, free_units: 1_000_000, source }
}

/// <https://aws.amazon.com/lambda/pricing/>: "400,000 GB-seconds of compute time per month" are free.
const fn gb_second(words: &'static str, pico_usd: u64, source: Source) -> Price {
    Price { unit: Unit::GbSeconds, words, pico_usd, free_units: 400_000, source }
}

/// <https://aws.amazon.com/lambda/pricing/>: "one million free requests per month".
const fn invocations(source: Source) -> Price {
    Price {
        unit: Unit::Requests,
        words: "Invocations",
        pico_usd: 200_000,
        free_units: 1_000_000,
        source,
    }
}

const fn transfer(source: Source) -> Price {
    Price {
        unit: Unit::Gb,
        words: "Data sent to the internet, first 10 TB",
        pico_usd: 90_000_000_000,
        free_units: 100,
        source,
    }
}

/// What `usage_type` of `service` costs in `region`; `None` if no table knows it.
pub fn find(service: &str, usage_type: &str, region: &str) -> Option<&'static Price> {
    let mut rows = ROWS.iter().filter(|row| row.service == service && row.usage_type == usage_type);
    let here = rows.clone().find(|row| row.regions.contains(&region));
    here.or_else(|| rows.find(|row| row.regions.is_empty())).map(|row| &row.price)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_has_its_own_price_or_a_guess_that_says_so() {
        let frankfurt = find("s3", "Requests-Tier1", "eu-central-1").expect("a price");
        assert_eq!((frankfurt.pico_usd, frankfurt.source.guess), (5_400_000, false));
        let sydney = find("s3", "Requests-Tier1", "ap-southeast-2").expect("a price");
        assert_eq!((sydney.pico_usd, sydney.source.guess), (5_000_000, true));
        assert_eq!(find("s3", "Requests-Tier9", "us-east-1"), None);
    }

    #[test]
    fn every_row_tells_its_date_and_source() {
        for row in ROWS {
            assert_eq!(row.price.source.date.len(), 10, "{}", row.usage_type);
            assert!(row.price.source.url.starts_with("https://"), "{}", row.usage_type);
        }
    }
}
