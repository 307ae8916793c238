//! The pictures of the book and the README, made from the built site: a lesson at work, once still and once moving.
//!
//! `cargo xtask pictures` makes them anew; every other run looks whether the lesson still looks like a lesson, and
//! whether the pictures are there and small.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    the_book_has_pictures_of_a_lesson
}

/// A reader waits for a picture longer than this, on a slow line.
const PICTURE_BYTES_MAX: u64 = 400 * 1024;
/// The moving picture ends within five seconds, and stays still then: nobody has to stop it.
const MOVING_HUNDREDTHS_MAX: u16 = 500;

const SCRIPT: [&str; 4] = [
    "import boto3\n\ns3 = boto3.client(\"s3\")\n",
    "import boto3\n\ns3 = boto3.client(\"s3\")\nbucket = \"{bucket}\"\n",
    "import boto3\n\ns3 = boto3.client(\"s3\")\nbucket = \"{bucket}\"\n\nfor item in s3.list_buckets()[\"Buckets\"]:\n    print(\"mine:\", item[\"Name\"])\n",
    "import boto3\n\ns3 = boto3.client(\"s3\")\nbucket = \"{bucket}\"\n\nfor item in s3.list_buckets()[\"Buckets\"]:\n    print(\"mine:\", item[\"Name\"])\n\ns3.put_object(Bucket=bucket, Key=\"hello.txt\", Body=b\"Hello, cloud!\")\n",
];

/// Pixels, three bytes each.
struct Picture {
    width: u16,
    height: u16,
    rgb: Vec<u8>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/images")
}

fn the_book_has_pictures_of_a_lesson(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/lesson/s3-put-get-list-delete/2/python");
    site.browser.wait(
        "the lesson",
        SOON,
        "return document.querySelector('.lesson h3') !== null",
        &json!([]),
    );
    let bucket = site.buckets().remove(0);
    let mut shots = vec![site.browser.picture()];
    for script in SCRIPT {
        site.write(&script.replace("{bucket}", &bucket));
        shots.push(site.browser.picture());
    }
    site.browser.click("#run");
    site.wait_for_run();
    site.wait_for_output("mine:");
    site.wait_for_check("stored", "pass");
    shots.push(site.browser.picture());
    assert!(site.browser.console_errors().is_empty(), "{:?}", site.browser.console_errors());
    if std::env::var_os("CLOUDARIUM_PICTURES").is_some() {
        fs::create_dir_all(folder()).unwrap();
        fs::write(folder().join("lesson.png"), still(&decode(shots.last().unwrap()))).unwrap();
        let frames: Vec<Picture> = shots.iter().map(|shot| decode(shot)).collect();
        fs::write(folder().join("lesson.gif"), moving(&frames)).unwrap();
    }
    for name in ["lesson.png", "lesson.gif"] {
        let bytes = fs::metadata(folder().join(name)).unwrap().len();
        assert!((10_000..PICTURE_BYTES_MAX).contains(&bytes), "{name} has {bytes} bytes");
    }
}

fn decode(bytes: &[u8]) -> Picture {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let samples = info.color_type.samples();
    assert!(samples >= 3, "a screenshot has colours");
    let rgb = pixels.chunks(samples).flat_map(|pixel| pixel[..3].to_vec()).collect();
    let side = |length: u32| u16::try_from(length).unwrap();
    Picture { width: side(info.width), height: side(info.height), rgb }
}

/// The picture as a PNG of 256 colours: half the bytes, and nobody sees a difference.
fn still(picture: &Picture) -> Vec<u8> {
    let frame = gif::Frame::from_rgb_speed(picture.width, picture.height, &picture.rgb, 1);
    let mut out = Vec::new();
    let mut encoder =
        png::Encoder::new(&mut out, u32::from(picture.width), u32::from(picture.height));
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_compression(png::Compression::High);
    encoder.set_palette(frame.palette.clone().unwrap());
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&frame.buffer).unwrap();
    writer.finish().unwrap();
    out
}

/// The pictures one after the other, each only where it differs from the one before; once, and the last one stays.
fn moving(pictures: &[Picture]) -> Vec<u8> {
    let first = &pictures[0];
    let mut out = Vec::new();
    let mut encoder = gif::Encoder::new(&mut out, first.width, first.height, &[]).unwrap();
    encoder.set_repeat(gif::Repeat::Finite(0)).unwrap();
    let delay = MOVING_HUNDREDTHS_MAX / u16::try_from(pictures.len()).unwrap();
    let mut before: Option<&Picture> = None;
    for picture in pictures {
        let Some((left, top, width, height)) = differs(before, picture) else { continue };
        let mut part = Vec::new();
        for y in top..top + height {
            let from = (usize::from(y) * usize::from(picture.width) + usize::from(left)) * 3;
            part.extend(&picture.rgb[from..from + usize::from(width) * 3]);
        }
        let mut frame = gif::Frame::from_rgb_speed(width, height, &part, 1);
        (frame.left, frame.top, frame.delay) = (left, top, delay);
        encoder.write_frame(&frame).unwrap();
        before = Some(picture);
    }
    drop(encoder);
    out
}

/// The smallest part with all that differs: left, top, width, height.
fn differs(before: Option<&Picture>, now: &Picture) -> Option<(u16, u16, u16, u16)> {
    let Some(before) = before else { return Some((0, 0, now.width, now.height)) };
    let (mut left, mut top, mut right, mut bottom) = (now.width, now.height, 0, 0);
    for (at, (old, new)) in before.rgb.chunks(3).zip(now.rgb.chunks(3)).enumerate() {
        if old != new {
            let x = u16::try_from(at % usize::from(now.width)).unwrap();
            let y = u16::try_from(at / usize::from(now.width)).unwrap();
            (left, top) = (left.min(x), top.min(y));
            (right, bottom) = (right.max(x), bottom.max(y));
        }
    }
    (left <= right && top <= bottom).then(|| (left, top, right - left + 1, bottom - top + 1))
}
