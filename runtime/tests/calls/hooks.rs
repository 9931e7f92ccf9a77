//! Hooks: what they see, in what order, and what they may change.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use typefoundry_runtime::http::Request;
use typefoundry_runtime::{Attempt, Bytes, Error, Hook, RetryPolicy, TransportErrorKind, http};

use crate::script::{Ask, Script, Step, Way, both_ways, status};

const SECOND: Duration = Duration::from_secs(1);

type Verdict = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// What several hooks saw, in order.
#[derive(Clone, Default)]
pub struct Journal(Arc<Mutex<Vec<String>>>);

impl Journal {
    pub fn add(&self, line: String) {
        self.0.lock().expect("a lock").push(line);
    }

    pub fn lines(&self) -> Vec<String> {
        self.0.lock().expect("a lock").clone()
    }

    pub fn hook(&self, name: &'static str) -> Watch {
        Watch { name, journal: self.clone() }
    }
}

/// Writes down what it sees.
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

impl Hook for Watch {
    fn before(&self, attempt: &Attempt<'_>, request: &mut Request<Bytes>) -> Verdict {
        assert_eq!(attempt.elapsed(), Duration::ZERO);
        // Complete, with credentials.
        assert_eq!(request.headers()["authorization"], "Bearer hush-111");
        self.note(attempt, "before");
        Ok(())
    }

    fn after(&self, attempt: &Attempt<'_>, outcome: Result<&http::Response<Bytes>, &Error>) {
        assert!(attempt.elapsed() > Duration::ZERO);
        match outcome {
            Ok(response) => self.note(attempt, &format!("after {}", response.status().as_u16())),
            Err(error) => {
                assert_eq!((error.operation(), error.attempts()), (Some("pets.ask"), attempt.number()));
                self.note(attempt, &format!("after {error}"));
            }
        }
    }

    fn on_retry(&self, attempt: &Attempt<'_>, wait: Duration) {
        // The jitter on top is a fraction of a second.
        self.note(attempt, &format!("waits {}s", wait.as_secs()));
    }
}

async fn they_see_every_attempt_in_the_order_they_were_added(way: Way) {
    let script = Script::new([Step::Answer(503, vec![("retry-after", "2")]), status(200)]);
    let journal = Journal::default();
    let builder = script.builder().hook(journal.hook("a")).hook(Arc::new(journal.hook("b")));
    let client = builder.build().expect("a client");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect("a name");
    let expected = [
        ["a 1 before", "b 1 before", "a 1 after 503", "b 1 after 503", "a 1 waits 2s", "b 1 waits 2s"]
            .as_slice(),
        &["a 2 before", "b 2 before", "a 2 after 200", "b 2 after 200"],
    ];
    assert_eq!(journal.lines(), expected.concat());
}

async fn they_see_any_status_and_every_fault(way: Way) {
    let at_once = RetryPolicy::default().base(Duration::ZERO).max_attempts(9);
    let faults = [TransportErrorKind::Io, TransportErrorKind::Connect].map(Step::Fault);
    let script = Script::new([faults.as_slice(), &[Step::Silence, status(404)]].concat());
    let journal = Journal::default();
    let builder = script.builder().hook(journal.hook("a")).attempt_timeout(4 * SECOND).retry(at_once);
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
        "a 3 after pets.ask: no response came within 4s",
        "a 3 waits 0s",
        "a 4 before",
        "a 4 after 404",
    ];
    assert_eq!(journal.lines(), expected);
}

async fn they_see_that_the_time_of_the_call_is_up(way: Way) {
    let script = Script::new([Step::Silence]);
    let journal = Journal::default();
    let client = script.builder().hook(journal.hook("a")).timeout(9 * SECOND).build().expect("a client");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("a timeout");
    assert_eq!(journal.lines(), ["a 1 before", "a 1 after pets.ask: no response came within 9s"]);
}

async fn none_hears_of_a_repetition_that_will_not_be(way: Way) {
    let journal = Journal::default();
    let script = Script::new([Step::Answer(503, vec![("retry-after", "60")])]);
    let client = script.builder().hook(journal.hook("a")).build().expect("a client");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("503");
    assert_eq!(journal.lines(), ["a 1 before", "a 1 after 503"]);
}

/// Signs method, path and body, and whatever was signed before.
struct Sign(&'static str);

impl Hook for Sign {
    fn before(&self, attempt: &Attempt<'_>, request: &mut Request<Bytes>) -> Verdict {
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

async fn a_hook_may_sign_and_each_attempt_starts_from_the_same_request(way: Way) {
    let script = Script::new([status(503), status(503), status(200)]);
    let client = script.builder().hook(Sign("a")).hook(Sign("b")).build().expect("a client");
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

/// How long each attempt took.
struct Times(Arc<Mutex<Vec<Duration>>>);

impl Hook for Times {
    fn after(&self, attempt: &Attempt<'_>, _outcome: Result<&http::Response<Bytes>, &Error>) {
        self.0.lock().expect("a lock").push(attempt.elapsed());
    }
}

/// Takes as long as it says, before the first attempt only.
struct Dawdle(Duration);

impl Hook for Dawdle {
    fn before(&self, attempt: &Attempt<'_>, _request: &mut Request<Bytes>) -> Verdict {
        if attempt.number() == 1 {
            std::thread::sleep(self.0);
        }
        Ok(())
    }
}

async fn each_attempt_has_a_time_of_its_own(way: Way) {
    let (times, pause) = (Arc::new(Mutex::new(Vec::new())), Duration::from_millis(60));
    let script = Script::new([status(503), status(200)]);
    let builder = script.builder().hook(Dawdle(pause)).hook(Times(Arc::clone(&times)));
    let client = builder.build().expect("a client");
    let start = Instant::now();
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect("a name");
    let times = times.lock().expect("a lock");
    assert!(times.len() == 2 && times[0] >= pause, "{times:?}");
    assert!(times.iter().sum::<Duration>() <= start.elapsed(), "{times:?}");
}

both_ways!(
    they_see_every_attempt_in_the_order_they_were_added,
    they_see_any_status_and_every_fault,
    they_see_that_the_time_of_the_call_is_up,
    none_hears_of_a_repetition_that_will_not_be,
    a_hook_may_sign_and_each_attempt_starts_from_the_same_request,
    each_attempt_has_a_time_of_its_own,
);
