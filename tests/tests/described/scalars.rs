//! The built-in types in requests and responses, over a socket.

use scalars::events::{Event, Level, Rating, Size, Start};
use scalars::runtime::{Base64, Date, Decimal, HyperTransport, IsoDuration, RetryPolicy, Time, Uuid};
use scalars::{Client, Error};
use typefoundry_tests::{CannedResponse, Server, bounded};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const ID: &str = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

/// The values in spellings that servers use beside the usual ones.
const EVENT: &str = r#"{"id":"{F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6}","day":"2024-02-29","opens_at":"08:30+02","lasts":"PT90M","price":19.90,"badge":"-_-_\n","views":18446744073709551615,"floor":-128,"balance":-3e2,"priority":255,"port":65535.0,"holidays":["2024-12-25"],"prices":{"box":null,"stall":"007.50"},"start":"2024-05-01","level":2.0,"rating":7,"levels":[1,-9223372036854775808]}"#;

/// The same values, as the client sends them.
const SENT: &str = r#"{"id":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6","day":"2024-02-29","opens_at":"08:30:00+02:00","lasts":"PT90M","price":"19.90","badge":"+/+/","views":18446744073709551615,"floor":-128,"balance":-300,"priority":255,"port":65535,"holidays":["2024-12-25"],"prices":{"box":null,"stall":"007.50"},"start":"2024-05-01","level":2,"rating":7,"levels":[1,-9223372036854775808]}"#;

async fn serve(response: &str) -> (Server, Client) {
    let server = Server::start(CannedResponse::json(200, response)).await;
    let transport = HyperTransport::builder().no_proxy().build().expect("a transport");
    let client = Client::builder().base_url(server.url()).transport(transport).retry(RetryPolicy::never());
    let client = client.build().expect("a client");
    (server, client)
}

async fn received(response: &str) -> Result<Event, Error> {
    let (_server, client) = serve(response).await;
    bounded(client.events().create(Date::new(2024, 2, 29).expect("a date")).send()).await
}

#[tokio::test]
async fn scalars_are_sent_in_path_query_and_header() -> Outcome {
    let (server, client) = serve(EVENT).await;
    let get = client.events().get(ID.parse::<Uuid>()?, Date::new(2024, 2, 29)?, u64::MAX);
    let get = get
        .opens_at(Time::new(8, 30, 0)?.with_offset_minutes(-90)?)
        .lasts("P1DT12H".parse::<IsoDuration>()?)
        .price("19.90".parse::<Decimal>()?)
        .badge(Base64::from(&[0xfb, 0xff, 0xbf, 0]))
        .floor(-1)
        .days([Date::new(2024, 3, 1)?, Date::new(2024, 3, 2)?])
        .limits([("box", Decimal::from(5))])
        .level(Level::Hard)
        .ratings([Rating::ValueMinus1, Rating::from(7)])
        .trace(Uuid::from_bytes([0xab; 16]))
        .valid_on(Date::new(2024, 5, 1)?);
    bounded(get.send()).await?;
    let received = server.only_request();
    assert_eq!(
        received.line(),
        "GET /events/f81d4fae-7dec-11d0-a765-00a0c91e6bf6/2024-02-29/18446744073709551615\
         ?opens_at=08%3A30%3A00-01%3A30&lasts=P1DT12H&price=19.90&badge=%2B%2F%2B%2FAA%3D%3D&floor=-1\
         &days=2024-03-01&days=2024-03-02&limits%5Bbox%5D=5&ratings=-1%2C7"
    );
    let header = |name: &str| {
        received.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    };
    assert_eq!(header("x-trace"), Some("abababab-abab-abab-abab-abababababab"));
    assert_eq!(header("x-level"), Some("2"));
    assert_eq!(header("x-valid-on"), Some("2024-05-01"));
    Ok(())
}

#[tokio::test]
async fn scalars_are_sent_in_the_body() -> Outcome {
    let (server, client) = serve(EVENT).await;
    let create = client.events().create(Date::new(2024, 2, 29)?).id(ID.parse::<Uuid>()?);
    let create = create
        .opens_at("08:30:00.25Z".parse::<Time>()?)
        .clear_lasts()
        .price("1e3".parse::<Decimal>()?)
        .badges([Base64::from(b"hi"), Base64::default()])
        .prices([("box", "12.50".parse::<Decimal>()?)])
        .views(u64::MAX)
        .start(Start::Delay("-PT0.5S".parse()?));
    bounded(create.send()).await?;
    assert_eq!(
        server.only_request().text(),
        r#"{"day":"2024-02-29","id":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6","opens_at":"08:30:00.250Z","lasts":null,"price":"1e3","badges":["aGk=",""],"prices":{"box":"12.50"},"views":18446744073709551615,"start":"-PT0.5S"}"#
    );
    Ok(())
}

#[tokio::test]
async fn scalars_are_received_and_sent_again() -> Outcome {
    let event = received(EVENT).await?;
    assert_eq!(event.id, ID.parse()?);
    assert_eq!((event.day.year(), event.day.month(), event.day.day()), (2024, 2, 29));
    assert_eq!(event.opens_at.and_then(Time::offset_minutes), Some(120));
    assert_eq!(event.price, "19.9".parse()?);
    assert_eq!(event.badge.as_ref().map(Base64::as_bytes), Some(&[0xfb, 0xff, 0xbf][..]));
    assert_eq!((event.views, event.floor, event.balance), (u64::MAX, Some(-128), Some(-300)));
    assert_eq!((event.priority, event.port), (Some(255), Some(65_535)));
    assert_eq!(event.start, Some(Start::Day(Date::new(2024, 5, 1)?)));
    assert_eq!((event.level, event.rating), (Level::Hard, Some(Rating::from(7))));
    assert!(matches!(event.rating, Some(Rating::Unknown(_))));
    let (server, client) = serve(EVENT).await;
    bounded(client.events().create(event.day).template(event).send()).await?;
    assert_eq!(server.only_request().text(), format!(r#"{{"day":"2024-02-29","template":{SENT}}}"#));
    Ok(())
}

#[tokio::test]
async fn variant_is_the_first_that_the_text_fits() -> Outcome {
    for (start, expected) in [
        (r#""2024-05-01T12:00:00Z""#, Start::Moment("2024-05-01T12:00:00Z".parse()?)),
        (r#""12:30:00""#, Start::Time(Time::new(12, 30, 0)?)),
        (r#""P1D""#, Start::Delay("P1D".parse()?)),
        (r#""f81d4fae-7dec-11d0-a765-00a0c91e6bf6""#, Start::Event(ID.parse()?)),
        ("52", Start::Week(52)),
        (r#""soon""#, Start::text("soon")),
    ] {
        let event =
            received(&EVENT.replace(r#""start":"2024-05-01""#, &format!(r#""start":{start}"#))).await?;
        assert_eq!(event.start, Some(expected));
    }
    let event = received(&EVENT.replace(r#""start":"2024-05-01""#, r#""start":256"#)).await?;
    assert!(matches!(event.start, Some(Start::Unknown(_))), "{:?}", event.start);
    Ok(())
}

#[tokio::test]
async fn invalid_value_is_an_error_that_names_the_field() {
    for (valid, invalid, expected) in [
        (r#""day":"2024-02-29""#, r#""day":"2023-02-29""#, "$.day: expected a date, found another string"),
        (r#""day":"2024-02-29""#, r#""day":1"#, "$.day: expected a date, found a number"),
        (r#""08:30+02""#, r#""8:30""#, "$.opens_at: expected a time, found another string"),
        (r#""PT90M""#, r#""90""#, "$.lasts: expected an ISO 8601 duration, found another string"),
        ("{F81D4FAE-", "{F81D4FAE", "$.id: expected a UUID, found another string"),
        ("19.90", r#""19,90""#, "$.price: expected a decimal number, found another string"),
        ("19.90", "true", "$.price: expected a decimal number, found a boolean"),
        ("-_-_", "-_-", "$.badge: expected Base64 text, found another string"),
        (
            "18446744073709551615",
            "18446744073709551616",
            "$.views: expected an unsigned 64-bit integer, found an out-of-range integer",
        ),
        (
            "18446744073709551615",
            "-1",
            "$.views: expected an unsigned 64-bit integer, found an out-of-range integer",
        ),
        ("-128", "-129", "$.floor: expected an 8-bit integer, found an out-of-range integer"),
        ("-3e2", "32768", "$.balance: expected a 16-bit integer, found an out-of-range integer"),
        ("255", "256", "$.priority: expected an unsigned 8-bit integer, found an out-of-range integer"),
        ("65535.0", "65536", "$.port: expected an unsigned 16-bit integer, found an out-of-range integer"),
        ("65535.0", "1.5", "$.port: expected an unsigned 16-bit integer, found a number with a fraction"),
        (
            r#"["2024-12-25"]"#,
            r#"["2024-12-25","x"]"#,
            "$.holidays[1]: expected a date, found another string",
        ),
        ("007.50", "x", "$.prices.stall: expected a decimal number, found another string"),
    ] {
        let error = received(&EVENT.replace(valid, invalid)).await.expect_err(invalid);
        let mut source = std::error::Error::source(&error);
        let mut text = error.to_string();
        while let Some(inner) = source {
            text = format!("{text}: {inner}");
            source = inner.source();
        }
        assert!(text.contains(expected), "{invalid}: {text}");
    }
}

#[tokio::test]
async fn cursor_can_be_a_uuid() -> Outcome {
    let pages = [
        format!(r#"{{"events":[{EVENT}],"next":"{ID}","total":2}}"#),
        format!(r#"{{"events":[{EVENT}],"next":null,"total":2}}"#),
    ];
    let server = Server::start_with(pages.map(|page| CannedResponse::json(200, page))).await;
    let transport = HyperTransport::builder().no_proxy().build()?;
    let client = Client::builder().base_url(server.url()).transport(transport).build()?;
    let mut events = client.events().list().items();
    let mut count = 0;
    while let Some(event) = bounded(events.next()).await {
        event?;
        count += 1;
    }
    assert_eq!(count, 2);
    let lines: Vec<String> = server.received().iter().map(|request| request.line()).collect();
    assert_eq!(lines, ["GET /events", "GET /events?after=f81d4fae-7dec-11d0-a765-00a0c91e6bf6"]);
    Ok(())
}

#[tokio::test]
async fn enum_of_integers_is_sent_and_received() -> Outcome {
    let (server, client) = serve("99").await;
    let set = client.events().set_level(Level::from(3)).rating(Rating::Value0).size(Size::Code(Level::Easy));
    let level = bounded(set.send()).await?;
    assert_eq!((level.as_i64(), level.to_string().as_str()), (99, "99"));
    assert_ne!(level, Level::Hard);
    assert_eq!(server.only_request().line(), "PUT /levels/3");
    assert_eq!(server.only_request().text(), r#"{"rating":0,"size":1}"#);
    let event = received(&EVENT.replace(r#","level":2.0"#, "")).await?;
    assert_eq!(event.level, Level::Easy, "the default");
    Ok(())
}
