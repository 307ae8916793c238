//! The two protocols that a browser is driven by. Chromium's driver speaks WebDriver over HTTP
//! (<https://www.w3.org/TR/webdriver2/>). Firefox has the same commands built in and speaks them over a socket
//! (Marionette, <https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html>), which saves building a
//! driver that would only translate.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value as Json, json};

/// How long a single command may take, scripts included: longer than the timeout of a script.
const COMMAND: Duration = Duration::from_secs(330);

/// One request to Chromium's driver, on a connection of its own.
pub fn http(port: u16, method: &str, path: &str, body: &Json) -> Result<Json, String> {
    let failed = |error: std::io::Error| error.to_string();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).map_err(failed)?;
    stream.set_read_timeout(Some(COMMAND)).map_err(failed)?;
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).map_err(failed)?;
    stream.write_all(body.as_bytes()).map_err(failed)?;
    let answer = read_answer(stream).map_err(failed)?;
    let answer: Json = serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
    outcome(answer["value"].clone())
}

/// WebDriver tells an error as a value with `error` and `message`.
fn outcome(value: Json) -> Result<Json, String> {
    match value["error"].as_str() {
        Some(code) => Err(format!("{code}: {}", value["message"].as_str().unwrap_or_default())),
        None => Ok(value),
    }
}

/// Reads the body of an answer: of the length it says, or to the end.
fn read_answer(stream: TcpStream) -> std::io::Result<Vec<u8>> {
    let mut reader = BufReader::new(stream);
    let mut length = None;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse::<usize>().ok();
        }
    }
    let mut body = Vec::new();
    match length {
        Some(length) => {
            body.resize(length, 0);
            reader.read_exact(&mut body)?;
        }
        None => {
            reader.read_to_end(&mut body)?;
        }
    }
    Ok(body)
}

/// A conversation with Firefox: each message is its length, a colon, and JSON.
#[derive(Debug)]
pub struct Marionette {
    stream: BufReader<TcpStream>,
    last: u64,
}

impl Marionette {
    /// Connects to a Firefox that listens at this port, once it does.
    pub fn connect(port: u16) -> Result<Marionette, String> {
        let failed = |error: std::io::Error| error.to_string();
        let stream = TcpStream::connect(("127.0.0.1", port)).map_err(failed)?;
        stream.set_read_timeout(Some(COMMAND)).map_err(failed)?;
        stream.set_nodelay(true).map_err(failed)?;
        let mut marionette = Marionette { stream: BufReader::new(stream), last: 0 };
        let hello = marionette.read()?;
        match hello["marionetteProtocol"].as_u64() {
            Some(3) => Ok(marionette),
            _ => Err(format!("not the protocol that we speak: {hello}")),
        }
    }

    /// Begins the session.
    pub fn begin(&mut self) -> Result<(), String> {
        self.send("WebDriver:NewSession", &json!({ "strictFileInteractability": false })).map(drop)
    }

    /// A WebDriver command by its method, its path below the session, and its body.
    pub fn command(&mut self, method: &str, path: &str, body: &Json) -> Result<Json, String> {
        let (name, parameters) = translate(method, path, body)?;
        self.send(name, &parameters)
    }

    fn send(&mut self, name: &str, parameters: &Json) -> Result<Json, String> {
        self.last += 1;
        let message = json!([0, self.last, name, parameters]).to_string();
        let failed = |error: std::io::Error| error.to_string();
        let stream = self.stream.get_mut();
        stream.write_all(format!("{}:{message}", message.len()).as_bytes()).map_err(failed)?;
        loop {
            let answer = self.read()?;
            if answer[1] != json!(self.last) {
                continue;
            }
            outcome(answer[2].clone())?;
            let result = answer[3].clone();
            let wrapped = result.as_object().is_some_and(|members| members.contains_key("value"));
            return Ok(if wrapped { result["value"].clone() } else { result });
        }
    }

    fn read(&mut self) -> Result<Json, String> {
        let failed = |error: std::io::Error| error.to_string();
        let mut length = Vec::new();
        self.stream.read_until(b':', &mut length).map_err(failed)?;
        length.pop();
        let length = String::from_utf8_lossy(&length).parse::<usize>();
        let length = length.map_err(|_| "Firefox has ended the conversation".to_owned())?;
        let mut message = vec![0; length];
        self.stream.read_exact(&mut message).map_err(failed)?;
        serde_json::from_slice(&message).map_err(|error| error.to_string())
    }
}

/// What Marionette calls a command, and how it wants the parameters.
fn translate(method: &str, path: &str, body: &Json) -> Result<(&'static str, Json), String> {
    let mut parameters = if body.is_null() { json!({}) } else { body.clone() };
    if let Some((id, action)) = path.strip_prefix("element/").and_then(|rest| rest.split_once('/'))
    {
        parameters["id"] = json!(id);
        let name = match action {
            "click" => "WebDriver:ElementClick",
            "value" => "WebDriver:ElementSendKeys",
            _ => return Err(format!("unknown: {path}")),
        };
        return Ok((name, parameters));
    }
    let name = match (method, path) {
        ("POST", "url") => "WebDriver:Navigate",
        ("POST", "refresh") => "WebDriver:Refresh",
        ("POST", "timeouts") => "WebDriver:SetTimeouts",
        ("POST", "execute/sync") => "WebDriver:ExecuteScript",
        ("POST", "execute/async") => "WebDriver:ExecuteAsyncScript",
        ("POST", "element") => "WebDriver:FindElement",
        ("GET", "window") => "WebDriver:GetWindowHandle",
        ("GET", "window/handles") => "WebDriver:GetWindowHandles",
        ("POST", "window/new") => "WebDriver:NewWindow",
        ("POST", "window") => "WebDriver:SwitchToWindow",
        ("DELETE", "window") => "WebDriver:CloseWindow",
        ("POST", "frame") => {
            parameters = match body["id"][super::webdriver::ELEMENT].as_str() {
                Some(element) => json!({ "element": element }),
                None => json!({ "id": null }),
            };
            "WebDriver:SwitchToFrame"
        }
        ("POST", "window/rect") => "WebDriver:SetWindowRect",
        ("POST", "actions") => "WebDriver:PerformActions",
        ("DELETE", "actions") => "WebDriver:ReleaseActions",
        ("GET", "screenshot") => {
            return Ok(("WebDriver:TakeScreenshot", json!({ "full": false, "hash": false })));
        }
        _ => return Err(format!("unknown: {method} {path}")),
    };
    Ok((name, parameters))
}
