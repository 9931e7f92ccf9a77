//! Status codes of every class.

use typefoundry_tests::Action::{Read, Write};

use crate::table::{Fault, ORGANIZATION, Outcome, Retried, check, good, response};

/// An error body of the API, and an error page of a proxy.
const BODIES: [&str; 2] = [r#"{"message":"No.","code":"no","token":"hush"}"#, "<html>hush</html>"];

fn refused(status: u16) -> Fault {
    let body = BODIES[usize::from(status % 2)];
    let fault = Fault::response(status.to_string(), &format!("{status} No"), "set-cookie: a=hush\r\n", body);
    let retried = match status {
        408 | 429 | 500 | 502 | 503 | 504 => Retried::Idempotent,
        _ => Retried::Never,
    };
    fault.expects(Outcome::Api(status)).retried(retried).expects_header("set-cookie", &["a=hush"])
}

#[tokio::test]
async fn error_status_is_an_api_error() {
    let known = [401, 403, 404, 409, 408, 422, 429, 500, 501, 502, 503, 504, 505];
    check((400..600).step_by(9).chain(known).map(refused).collect()).await;
}

#[tokio::test]
async fn unassigned_status_is_handled_by_its_class() {
    let success = |status: u16| {
        Fault::response(status.to_string(), &format!("{status} Odd"), "", ORGANIZATION)
            .expects(Outcome::Success(status))
    };
    let empty = |status: u16| {
        let head = format!("HTTP/1.1 {status} Odd\r\nx-request-id: req-7\r\n\r\n");
        Fault::new(status.to_string(), [Read, Write(head.into())]).expects_body("")
    };
    check(vec![
        success(201),
        success(202),
        success(226),
        success(299),
        empty(204).expects(Outcome::Decode(204, "$: expected")),
        // The request did not ask for another protocol.
        empty(101).expects(Outcome::Api(101)),
        empty(304).expects(Outcome::Api(304)),
        refused(300),
        refused(399),
        refused(600),
        refused(799),
        refused(999),
    ])
    .await;
}

#[tokio::test]
async fn transient_status_is_retried_until_the_server_recovers() {
    let down = |status: &str| vec![Read, Write(response(status, "", "{}"))];
    let up = || vec![Read, Write(good())];
    let fails = |name: &str, status| Fault::new(name, []).expects(Outcome::Api(status)).expects_body("{}");
    check(vec![
        Fault::new("503 once", [])
            .turns([down("503 Down"), up()])
            .expects(Outcome::Api(503))
            .expects_body("{}")
            .retried_until(2, Outcome::Success(200)),
        fails("503, then 404", 503)
            .turns([down("503 Down"), down("404 Gone")])
            .retried_until(2, Outcome::Api(404)),
        fails("500, then 502", 500)
            .turns([down("500 Oops"), down("502 Bad"), down("504 Late")])
            .retried_until(3, Outcome::Api(504)),
    ])
    .await;
}
