//! Tokens of OAuth: asked for, kept, and renewed in time.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html>
//!
//! Differences from AWS: a token is renewed a minute before it expires, where AWS waits for the next event that is sent
//! within that minute or later.

use std::time::Duration;

use bytes::Bytes;
use cloudarium_service::{Ctx, Fault, HttpCall, Ticket, http};
use cloudarium_shape::Value;
use serde_json::Value as Json;

use crate::limits::{STATE_REASON_CHARS_MAX, TOKEN_RENEWED_BEFORE_S, USER_AGENT};
use crate::model::connections::{AuthParameters, Authorization, ConnectionState, OAuth};
use crate::model::{Named, State};
use crate::store;

/// Asks a connection's authorization endpoint for a token.
pub fn ask(state: &mut State, cx: &mut Ctx<'_>, key: &Named) {
    let Some(connection) = state.connections.get_mut(key) else { return };
    let Some(AuthParameters { authorization: Authorization::OAuth(client), .. }) =
        &connection.parameters
    else {
        return;
    };
    let ticket = cx.host.fetch(request(client, &key.name));
    connection.asked = Some(ticket);
    state.asked.insert(ticket, key.clone());
}

/// guess: AWS documents what a client has to be given, not how its id and secret are sent: here in the body, as
/// <https://datatracker.ietf.org/doc/html/rfc6749#section-2.3.1> has it, or in the query of a `GET`.
fn request(client: &OAuth, name: &str) -> HttpCall {
    let mut fields = vec![
        ("grant_type".to_owned(), "client_credentials".to_owned()),
        ("client_id".to_owned(), client.client_id.clone()),
        ("client_secret".to_owned(), client.client_secret.clone()),
    ];
    for it in &client.http.body {
        http::set(&mut fields, &it.key, it.value.clone());
    }
    let mut query: Vec<(String, String)> = Vec::new();
    for it in &client.http.query {
        http::set(&mut query, &it.key, it.value.clone());
    }
    let mut headers = Vec::new();
    let mut body = Bytes::new();
    if client.method == "GET" {
        fields.extend(query);
        query = fields;
    } else {
        body = http::form(&fields).into();
        let form = "application/x-www-form-urlencoded; charset=utf-8";
        headers.push(("Content-Type".to_owned(), form.to_owned()));
    }
    for it in &client.http.headers {
        http::set_header(&mut headers, &it.key, it.value.clone());
    }
    http::set_header(&mut headers, "User-Agent", USER_AGENT.to_owned());
    HttpCall {
        method: client.method.clone(),
        url: http::with_query(&client.endpoint, &query),
        headers,
        body,
        source: Some(format!("connection {name}")),
    }
}

/// An authorization endpoint has answered; whether that was it.
pub fn answered(
    state: &mut State,
    cx: &mut Ctx<'_>,
    ticket: Ticket,
    result: &Result<Value, Fault>,
) -> bool {
    let Some(key) = state.asked.remove(&ticket) else { return false };
    let Some(connection) = state.connections.get_mut(&key) else { return true };
    if connection.asked != Some(ticket) {
        return true;
    }
    connection.asked = None;
    match read(result) {
        Ok((token, expires_s)) => {
            connection.token = Some(token);
            connection.state = ConnectionState::Authorized;
            connection.state_reason = None;
            connection.authorized = Some(cx.now);
            if let Some(timer) = connection.renewal.take() {
                cx.host.cancel_timer(timer);
            }
            if let Some(expires_s) = expires_s {
                // Not more often than once a minute, however short a token lives.
                let wait_s =
                    expires_s.saturating_sub(TOKEN_RENEWED_BEFORE_S).max(TOKEN_RENEWED_BEFORE_S);
                let due = cx.now.plus(Duration::from_secs(wait_s));
                let arn = super::arn(&key, connection);
                connection.renewal = Some(store::arm_renewal(cx, arn, due));
            }
        }
        Err(why) => {
            super::forget_token(cx, connection);
            connection.state = ConnectionState::Deauthorized;
            connection.state_reason = Some(why.chars().take(STATE_REASON_CHARS_MAX).collect());
        }
    }
    true
}

/// The token, and in how many seconds it expires where that is said. guess: all words.
fn read(result: &Result<Value, Fault>) -> Result<(String, Option<u64>), String> {
    let answer =
        result.as_ref().map_err(|_| "The authorization endpoint cannot be reached.".to_owned())?;
    let status = http::status(answer);
    if !(200..300).contains(&status) {
        return Err(format!("The authorization endpoint answered with the status code {status}."));
    }
    let body = match answer.get("Body") {
        Some(Value::Blob(body)) => body.clone(),
        _ => Bytes::new(),
    };
    let json: Json = serde_json::from_slice(&body).unwrap_or_default();
    let token = json.get("access_token").and_then(Json::as_str).ok_or_else(|| {
        "The answer of the authorization endpoint has no access_token.".to_owned()
    })?;
    // Some endpoints write the number as a text.
    let expires_s =
        json.get("expires_in").and_then(|it| it.as_u64().or_else(|| it.as_str()?.parse().ok()));
    Ok((token.to_owned(), expires_s))
}

/// A token is about to expire.
pub fn renew(state: &mut State, cx: &mut Ctx<'_>, (key, id): &(Named, String)) {
    let Some(connection) = state.connections.get_mut(key).filter(|it| it.id == *id) else { return };
    connection.renewal = None;
    if connection.asked.is_none() {
        ask(state, cx, key);
    }
}

/// "EventBridge refreshes OAuth tokens: when a 401 or 407 response is returned."
pub fn refused(state: &mut State, cx: &mut Ctx<'_>, connection_arn: &str) {
    let Some((key, id)) = crate::name::with_id_of_arn(connection_arn, super::KIND) else { return };
    let connection = state.connections.get(&key).filter(|it| it.id == id);
    if connection.is_some_and(|it| it.asked.is_none() && it.token.is_some()) {
        ask(state, cx, &key);
    }
}
