//! Every kind of status.

use typefoundry_tests::Act::{Read, Write};

use crate::table::{Again, Fault, ORGANIZATION, Outcome, answer, check, good};

/// A body as the API has it, and a page as proxies have it.
const BODIES: [&str; 2] = [r#"{"message":"No.","code":"no","token":"hush"}"#, "<html>hush</html>"];

fn refused(status: u16) -> Fault {
    let body = BODIES[usize::from(status % 2)];
    let fault = Fault::answering(status.to_string(), &format!("{status} No"), "set-cookie: a=hush\r\n", body);
    let again = match status {
        408 | 429 | 500 | 502 | 503 | 504 => Again::Repeatable,
        _ => Again::Never,
    };
    fault.gives(Outcome::Api(status)).again(again).keeps("set-cookie", &["a=hush"])
}

#[tokio::test]
async fn statuses_of_failure() {
    let known = [401, 403, 404, 409, 408, 422, 429, 500, 501, 502, 503, 504, 505];
    check((400..600).step_by(9).chain(known).map(refused).collect()).await;
}

#[tokio::test]
async fn statuses_that_nobody_knows() {
    let success = |status: u16| {
        Fault::answering(status.to_string(), &format!("{status} Odd"), "", ORGANIZATION)
            .gives(Outcome::Success(status))
    };
    let empty = |status: u16| {
        let head = format!("HTTP/1.1 {status} Odd\r\nx-request-id: req-7\r\n\r\n");
        Fault::new(status.to_string(), [Read, Write(head.into())]).keeps_body("")
    };
    check(vec![
        success(201),
        success(202),
        success(226),
        success(299),
        empty(204).gives(Outcome::Decode(204, "$: expected")),
        // Nobody asked for another protocol.
        empty(101).gives(Outcome::Api(101)),
        empty(304).gives(Outcome::Api(304)),
        refused(300),
        refused(399),
        refused(600),
        refused(799),
        refused(999),
    ])
    .await;
}

#[tokio::test]
async fn a_server_that_is_down_for_a_moment() {
    let down = |status: &str| vec![Read, Write(answer(status, "", "{}"))];
    let up = || vec![Read, Write(good())];
    let fails = |name: &str, status| Fault::new(name, []).gives(Outcome::Api(status)).keeps_body("{}");
    check(vec![
        Fault::new("503 once", [])
            .turns([down("503 Down"), up()])
            .gives(Outcome::Api(503))
            .keeps_body("{}")
            .until(2, Outcome::Success(200)),
        fails("503, then 404", 503).turns([down("503 Down"), down("404 Gone")]).until(2, Outcome::Api(404)),
        fails("500, then 502", 500)
            .turns([down("500 Oops"), down("502 Bad"), down("504 Late")])
            .until(3, Outcome::Api(504)),
    ])
    .await;
}
