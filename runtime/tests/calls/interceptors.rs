//! Interceptors: the events that they see, their order, and the changes that they can make.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use typefoundry_runtime::http::Request;
use typefoundry_runtime::{Attempt, Bytes, Error, Interceptor, RetryPolicy, TransportErrorKind, http};

use crate::script::{Ask, Script, Step, Way, both_ways, status};

const SECOND: Duration = Duration::from_secs(1);

type Verdict = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// The events that several interceptors saw, in order.
#[derive(Clone, Default)]
pub struct Journal(Arc<Mutex<Vec<String>>>);

impl Journal {
    pub fn add(&self, line: String) {
        self.0.lock().expect("a lock").push(line);
    }

    pub fn lines(&self) -> Vec<String> {
        self.0.lock().expect("a lock").clone()
    }

    pub fn interceptor(&self, name: &'static str) -> Watch {
        Watch { name, journal: self.clone() }
    }
}

/// Records the events that it sees.
pub struct Watch {
    name: &'static str,
    journal: Journal,
}

impl Watch {
    fn note(&self, attempt: &Attempt<'_>, what: &str) {
        let (name, number) = (self.name, attempt.number());
        assert_eq!(attempt.operation().name, "pets.ask");
        self.journal.add(format!("{name} {number} {what}"));
    }
}

impl Interceptor for Watch {
    fn before_attempt(&self, attempt: &Attempt<'_>, request: &mut Request<Bytes>) -> Verdict {
        assert_eq!(attempt.elapsed(), Duration::ZERO);
        // The request is complete and has its credentials.
        assert_eq!(request.headers()["authorization"], "Bearer hush-111");
        self.note(attempt, "before");
        Ok(())
    }

    fn after_attempt(&self, attempt: &Attempt<'_>, outcome: Result<&http::Response<Bytes>, &Error>) {
        assert!(attempt.elapsed() > Duration::ZERO);
        match outcome {
            Ok(response) => self.note(attempt, &format!("after {}", response.status().as_u16())),
            Err(error) => {
                assert_eq!((error.operation(), error.attempts()), (Some("pets.ask"), attempt.number()));
                self.note(attempt, &format!("after {error}"));
            }
        }
    }

    fn before_retry(&self, attempt: &Attempt<'_>, wait: Duration) {
        // The jitter adds a fraction of a second.
        self.note(attempt, &format!("waits {}s", wait.as_secs()));
    }
}

async fn interceptors_see_every_attempt_in_order(way: Way) {
    let script = Script::new([Step::Respond(503, vec![("retry-after", "2")]), status(200)]);
    let journal = Journal::default();
    let builder = script
        .builder()
        .interceptor(journal.interceptor("a"))
        .interceptor(Arc::new(journal.interceptor("b")));
    let client = builder.build().expect("a client");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect("a name");
    let expected = [
        ["a 1 before", "b 1 before", "a 1 after 503", "b 1 after 503", "a 1 waits 2s", "b 1 waits 2s"]
            .as_slice(),
        &["a 2 before", "b 2 before", "a 2 after 200", "b 2 after 200"],
    ];
    assert_eq!(journal.lines(), expected.concat());
}

async fn interceptors_see_every_status_and_fault(way: Way) {
    let at_once = RetryPolicy::default().initial_backoff(Duration::ZERO).max_attempts(9);
    let faults = [TransportErrorKind::Connection, TransportErrorKind::Connect].map(Step::Fault);
    let script = Script::new([faults.as_slice(), &[Step::Silence, status(404)]].concat());
    let journal = Journal::default();
    let builder =
        script.builder().interceptor(journal.interceptor("a")).attempt_timeout(4 * SECOND).retry(at_once);
    let client = builder.build().expect("a client");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("404");
    let expected = [
        "a 1 before",
        "a 1 after pets.ask: it went wrong",
        "a 1 waits 0s",
        "a 2 before",
        "a 2 after pets.ask: it went wrong",
        "a 2 waits 0s",
        "a 3 before",
        "a 3 after pets.ask: no response arrived within 4s",
        "a 3 waits 0s",
        "a 4 before",
        "a 4 after 404",
    ];
    assert_eq!(journal.lines(), expected);
}

async fn interceptors_see_the_timeout_of_the_call(way: Way) {
    let script = Script::new([Step::Silence]);
    let journal = Journal::default();
    let client =
        script.builder().interceptor(journal.interceptor("a")).timeout(9 * SECOND).build().expect("a client");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("a timeout");
    assert_eq!(journal.lines(), ["a 1 before", "a 1 after pets.ask: no response arrived within 9s"]);
}

async fn interceptors_do_not_see_a_retry_that_is_not_made(way: Way) {
    let journal = Journal::default();
    let script = Script::new([Step::Respond(503, vec![("retry-after", "60")])]);
    let client = script.builder().interceptor(journal.interceptor("a")).build().expect("a client");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("503");
    assert_eq!(journal.lines(), ["a 1 before", "a 1 after 503"]);
}

/// Signs the method, the path, the body and any earlier signature.
struct Sign(&'static str);

impl Interceptor for Sign {
    fn before_attempt(&self, attempt: &Attempt<'_>, request: &mut Request<Bytes>) -> Verdict {
        let before = request.headers().get_all("x-signature").iter().count();
        let body = std::str::from_utf8(request.body())?;
        let signature = format!("{before} {} {} {body}", request.method(), request.uri().path());
        request.headers_mut().append("x-signature", signature.parse()?);
        request.headers_mut().append("x-signed-by", self.0.parse()?);
        if attempt.number() == 1 {
            *request.body_mut() = Bytes::from_static(b"{}");
        }
        Ok(())
    }
}

async fn each_attempt_is_signed_from_the_original_request(way: Way) {
    let script = Script::new([status(503), status(503), status(200)]);
    let client = script.builder().interceptor(Sign("a")).interceptor(Sign("b")).build().expect("a client");
    way.call(client.request(Ask::<'U'>::default()).send()).await.expect("a name");
    let rex = r#"{"name":"Rex"}"#;
    for (request, body) in script.seen().iter().zip(["{}", rex, rex]) {
        let all = |name| -> Vec<_> {
            request.headers().get_all(name).iter().map(|value| value.to_str().expect("text")).collect()
        };
        assert_eq!(all("x-signature"), [format!("0 PUT /ask/7 {rex}"), format!("1 PUT /ask/7 {body}")]);
        assert_eq!(all("x-signed-by"), ["a", "b"]);
        assert_eq!(request.body(), body);
    }
    assert_eq!(script.attempts(), 3);
}

/// Records the duration of each attempt.
struct Times(Arc<Mutex<Vec<Duration>>>);

impl Interceptor for Times {
    fn after_attempt(&self, attempt: &Attempt<'_>, _outcome: Result<&http::Response<Bytes>, &Error>) {
        self.0.lock().expect("a lock").push(attempt.elapsed());
    }
}

/// Takes this long before the first attempt.
struct Dawdle(Duration);

impl Interceptor for Dawdle {
    fn before_attempt(&self, attempt: &Attempt<'_>, _request: &mut Request<Bytes>) -> Verdict {
        if attempt.number() == 1 {
            std::thread::sleep(self.0);
        }
        Ok(())
    }
}

async fn each_attempt_has_its_own_duration(way: Way) {
    let (times, pause) = (Arc::new(Mutex::new(Vec::new())), Duration::from_millis(60));
    let script = Script::new([status(503), status(200)]);
    let builder = script.builder().interceptor(Dawdle(pause)).interceptor(Times(Arc::clone(&times)));
    let client = builder.build().expect("a client");
    let start = Instant::now();
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect("a name");
    let times = times.lock().expect("a lock");
    assert!(times.len() == 2 && times[0] >= pause, "{times:?}");
    assert!(times.iter().sum::<Duration>() <= start.elapsed(), "{times:?}");
}

both_ways!(
    interceptors_see_every_attempt_in_order,
    interceptors_see_every_status_and_fault,
    interceptors_see_the_timeout_of_the_call,
    interceptors_do_not_see_a_retry_that_is_not_made,
    each_attempt_is_signed_from_the_original_request,
    each_attempt_has_its_own_duration,
);
