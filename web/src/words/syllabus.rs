//! The tracks and their lessons, in the order in which they are met: also those that are still to come.

/// A track of the syllabus.
#[derive(Debug)]
pub struct Track {
    /// As lessons and addresses name it.
    pub id: &'static str,
    /// What its lessons are called until they are there; then each says it itself.
    pub lessons: &'static [&'static str],
}

/// All tracks.
pub const SYLLABUS: [Track; 6] = [
    Track {
        id: "boto3",
        lessons: &[
            "Hello, boto3",
            "Clients and resources",
            "When a call fails",
            "Paginators and waiters",
            "One script, four services",
            "The same in the AWS CLI",
        ],
    },
    Track {
        id: "s3",
        lessons: &[
            "Buckets and their names",
            "Put, get, list, delete",
            "Documents, images, videos",
            "There are no folders",
            "Versions and delete markers",
            "A link that expires",
            "Who may read this?",
            "Large files in parts",
            "Storage classes and the bill",
            "Tell me when something arrives",
        ],
    },
    Track {
        id: "lambda",
        lessons: &[
            "Code without a server",
            "Event, context, logs",
            "Cold and warm starts",
            "It scales with traffic",
            "Pay for what you use",
            "Errors, retries, dead letters",
            "An upload starts a function",
            "Versions, aliases, variables",
        ],
    },
    Track {
        id: "step-functions",
        lessons: &[
            "States and transitions",
            "Data through the machine",
            "Choice and Wait",
            "Calling services",
            "Retry and Catch",
            "Parallel and Map",
            "Draw it",
            "Wait for a person",
            "Debug a run",
            "Standard and Express",
        ],
    },
    Track {
        id: "glue",
        lessons: &[
            "Extract, transform, load",
            "Catalog, database, table",
            "A crawler finds the schema",
            "Classifiers in order",
            "Partitions",
            "Crawl a relational database",
            "A job that Glue writes",
            "A script of your own",
            "Triggers",
            "Bookmarks",
            "One catalog a Region",
        ],
    },
    Track {
        id: "capstone",
        lessons: &["The orders pipeline", "Break it and find out why", "What would a year cost?"],
    },
];

/// How many lessons a track is to have.
pub fn planned(track: &str) -> usize {
    SYLLABUS.iter().find(|one| one.id == track).map_or(0, |track| track.lessons.len())
}
