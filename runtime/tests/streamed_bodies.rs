//! The bodies of streamed requests and responses, without sockets.

use std::collections::VecDeque;
use std::future::Future;
use std::io::{self, Cursor, Read};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use typefoundry_runtime::TransportErrorKind::{
    BodyTooLarge, Connection, RequestBody as SourceFailed, Timeout,
};
use typefoundry_runtime::http::Response;
use typefoundry_runtime::{
    BlockingResponseBody, Bytes, DEFAULT_MAX_RESPONSE_LEN, RequestBody, RequestBodyStream, ResponseBody,
    Stream, TransportError,
};

const SHORT: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(20);

/// Counts the wakes of a task.
#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn poll<T>(future: &mut (impl Future<Output = T> + Unpin)) -> Poll<T> {
    Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

fn ready<T>(future: impl Future<Output = T>) -> T {
    match poll(&mut pin!(future)) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future is not ready"),
    }
}

/// Polls until the future is ready.
fn finished<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = poll(&mut future) {
            return value;
        }
    }
}

/// These chunks, then never another one. `None` is the end.
struct Script(VecDeque<Option<&'static str>>, #[expect(dead_code, reason = "counts the sources")] Arc<()>);

impl Stream for Script {
    type Item = Result<&'static str, io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.pop_front().map_or(Poll::Pending, |chunk| Poll::Ready(chunk.map(Ok)))
    }
}

/// Returns a body, and a value that is shared while the source exists.
fn scripted(chunks: &[Option<&'static str>]) -> (RequestBody, Arc<()>) {
    let alive = Arc::new(());
    (RequestBody::stream(Script(chunks.iter().copied().collect(), Arc::clone(&alive))), alive)
}

type Next = Poll<Option<Result<Bytes, TransportError>>>;

fn next(stream: &mut RequestBodyStream) -> Next {
    Pin::new(stream).poll_next(&mut Context::from_waker(Waker::noop()))
}

fn error(next: Next) -> TransportError {
    match next {
        Poll::Ready(Some(Err(error))) => error,
        other => panic!("no error: {other:?}"),
    }
}

fn is_end(next: &Next) -> bool {
    matches!(next, Poll::Ready(None))
}

fn chunk(next: Next) -> Bytes {
    match next {
        Poll::Ready(Some(Ok(chunk))) => chunk,
        other => panic!("no chunk: {other:?}"),
    }
}

#[test]
fn last_chunk_of_a_declared_length_waits_for_the_end_of_the_source() {
    let (body, _) = scripted(&[Some("hel"), Some(""), Some("lo")]);
    let mut stream = body.with_length(5).into_stream();
    assert_eq!(chunk(next(&mut stream)), "hel");
    assert_eq!(stream.remaining(), Some(2));
    assert!(next(&mut stream).is_pending());
    let (body, _) = scripted(&[Some("hello"), Some(""), None]);
    let mut stream = body.with_length(5).into_stream();
    assert_eq!(chunk(next(&mut stream)), "hello");
    assert_eq!(stream.remaining(), Some(0));
    assert!(is_end(&next(&mut stream)));
}

#[test]
fn source_of_another_length_is_an_error() {
    for (chunks, len) in [(["hello", " world"], 5), (["hel", "lo"], 4), (["hel", "lo"], 6), (["a", ""], 0)] {
        let (body, _) = scripted(&[Some(chunks[0]), Some(chunks[1]), None]);
        let mut stream = body.with_length(len).into_stream();
        let mut sent = 0;
        let failure = loop {
            match next(&mut stream) {
                Poll::Ready(Some(Ok(chunk))) => sent += chunk.len(),
                other => break error(other),
            }
        };
        assert_eq!(failure.kind(), SourceFailed);
        assert!(u64::try_from(sent).is_ok_and(|sent| sent < len.max(1)), "{sent} of {len}");
        assert!(is_end(&next(&mut stream)));
    }
}

#[test]
fn body_with_the_length_0_is_checked_before_it_is_sent() {
    let (body, _) = scripted(&[None]);
    drop(ready(body.with_length(0).into_stream().prepare()).expect("an empty body"));
    let (body, _) = scripted(&[Some("a")]);
    let error = ready(body.with_length(0).into_stream().prepare()).expect_err("not empty");
    assert_eq!(error.kind(), SourceFailed);
}

#[test]
fn dropped_guard_stops_the_source_and_wakes_the_task_that_sends_it() {
    let (body, alive) = scripted(&[Some("hello")]);
    let mut stream = body.into_stream();
    let guard = ready(stream.prepare()).expect("a guard");
    let wakes = Arc::<Wakes>::default();
    let waker = Waker::from(Arc::clone(&wakes));
    let mut context = Context::from_waker(&waker);
    assert_eq!(chunk(Pin::new(&mut stream).poll_next(&mut context)), "hello");
    assert!(Pin::new(&mut stream).poll_next(&mut context).is_pending());
    assert_eq!((Arc::strong_count(&alive), wakes.0.load(Ordering::SeqCst)), (2, 0));
    drop(guard);
    assert_eq!((Arc::strong_count(&alive), wakes.0.load(Ordering::SeqCst)), (1, 1));
    assert_eq!(error(next(&mut stream)).kind(), SourceFailed);
    assert!(is_end(&next(&mut stream)));
}

#[test]
fn dropped_guard_stops_a_source_that_was_not_polled() {
    let (body, alive) = scripted(&[]);
    let mut stream = body.clone().into_stream();
    drop(ready(stream.prepare()).expect("a guard"));
    assert_eq!(error(next(&mut stream)).kind(), SourceFailed);
    // Another attempt can still send the source.
    assert!(body.is_available());
    assert_eq!(Arc::strong_count(&alive), 2);
}

#[test]
fn dropped_stream_drops_its_source() {
    let (body, alive) = scripted(&[Some("hello")]);
    let mut stream = body.into_stream();
    let guard = ready(stream.prepare()).expect("a guard");
    assert_eq!(chunk(next(&mut stream)), "hello");
    drop(stream);
    assert_eq!(Arc::strong_count(&alive), 1);
    guard.check(Ok(())).expect("a body that was read");
}

/// The source drops the guard while it is read, as another thread can.
#[test]
fn source_can_be_stopped_while_it_is_read() {
    struct Stopping(Option<Box<dyn FnOnce() + Send>>);

    impl Read for Stopping {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            self.0.take().expect("the first read")();
            Ok(1)
        }
    }

    let guard = Arc::new(std::sync::Mutex::new(None));
    let shared = Arc::clone(&guard);
    let stop = move || drop(shared.lock().expect("a lock").take());
    let mut stream = RequestBody::reader(Stopping(Some(Box::new(stop)))).into_stream();
    *guard.lock().expect("a lock") = Some(ready(stream.prepare()).expect("a guard"));
    assert_eq!(error(next(&mut stream)).kind(), SourceFailed);
    assert!(is_end(&next(&mut stream)));
}

#[test]
fn guard_returns_the_error_of_the_source() {
    let body = RequestBody::reader_from(|| Err::<io::Empty, _>(io::Error::other("the disk is gone")));
    let mut stream = body.into_stream();
    let guard = ready(stream.prepare()).expect("a guard");
    let lost = || TransportError::new(Connection, "the connection failed");
    assert_eq!(guard.check::<()>(Err(lost())).expect_err("lost").kind(), Connection);
    assert_eq!(error(next(&mut stream)).kind(), SourceFailed);
    let error = guard.check::<()>(Err(lost())).expect_err("lost");
    assert_eq!(error.to_string(), "failed to read the body of the request: the disk is gone");
}

#[test]
fn response_to_a_request_whose_body_was_not_read_is_an_error() {
    let mut stream = RequestBody::reader(Cursor::new("hello")).into_stream();
    let guard = ready(stream.prepare()).expect("a guard");
    guard.check(Ok(())).expect("no result yet");
    drop(stream);
    assert_eq!(guard.check(Ok(())).expect_err("unread").kind(), SourceFailed);
}

/// A reader is always ready, and other tasks would wait until its end.
#[test]
fn other_tasks_run_while_a_reader_is_read_into_memory() {
    let mut bytes = pin!(RequestBody::reader(Cursor::new(vec![b'x'; 200 * 1024])).into_bytes());
    let mut turns = 0;
    let bytes = loop {
        turns += 1;
        if let Poll::Ready(bytes) = poll(&mut bytes) {
            break bytes.expect("a body");
        }
    };
    assert_eq!((bytes.len(), turns), (200 * 1024, 5));
}

#[test]
fn request_body_is_a_reader() {
    let mut reader = RequestBody::reader(Cursor::new("hello")).into_reader();
    let mut start = [0; 2];
    reader.read_exact(&mut start).expect("two bytes");
    assert_eq!(&start, b"he");
    let debug = format!("{reader:?}");
    assert!(!debug.contains("llo"), "{debug}");
    let mut rest = String::new();
    reader.read_to_string(&mut rest).expect("the rest");
    assert_eq!(rest, "llo");
    let mut short = RequestBody::reader(Cursor::new("hello")).with_length(6).into_reader();
    let error = short.read_to_string(&mut String::new()).expect_err("another length");
    assert!(error.to_string().contains("1 bytes shorter"), "{error}");
}

#[test]
fn length_of_a_file_is_declared() {
    let folder = std::env::temp_dir().join(format!("typefoundry-bodies-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    for content in ["", "hello"] {
        let path = folder.join("file");
        std::fs::write(&path, content).expect("to write");
        let body = RequestBody::file(&path).expect("a file");
        assert_eq!(body.content_length(), u64::try_from(content.len()).ok());
        assert_eq!(finished(body.into_bytes()).expect("to read"), content);
    }
    std::fs::remove_dir_all(&folder).expect("to remove");
    assert!(RequestBody::file(&folder).is_err());
}

#[cfg(target_os = "linux")]
#[test]
fn length_of_a_device_or_virtual_file_is_unknown() {
    for (path, is_reusable) in [("/dev/null", false), ("/proc/self/status", true)] {
        let body = RequestBody::file(path).expect("a file");
        assert_eq!(body.content_length(), None, "{path}");
        let bytes = finished(body.clone().into_bytes()).expect("to read");
        assert_eq!((bytes.starts_with(b"Name:"), body.is_available()), (is_reusable, is_reusable), "{path}");
    }
}

/// Returns these chunks, then ends.
fn blocking(chunks: &[&'static str]) -> BlockingResponseBody {
    let mut chunks: VecDeque<_> = chunks.iter().copied().collect();
    BlockingResponseBody::new(move |_| chunks.pop_front().map(|chunk| Ok(chunk.into())))
}

fn futures(chunks: &[&'static str]) -> ResponseBody {
    let (body, _) = scripted(&[chunks.iter().copied().map(Some).collect(), vec![None]].concat());
    ResponseBody::new(body.into_stream())
}

#[test]
fn body_is_collected() {
    for chunks in [&[][..], &["hello"], &["", "hel", "", "lo"]] {
        let text = chunks.concat();
        let body = ready(ResponseBody::collect(Response::new(futures(chunks)))).expect("a body");
        assert_eq!(body.body(), &text);
        let body = BlockingResponseBody::collect(Response::new(blocking(chunks)), PATIENCE).expect("a body");
        assert_eq!(body.body(), &text);
    }
}

#[test]
fn collected_body_has_a_maximum_length() {
    for (limit, is_accepted) in [(4, false), (5, true)] {
        for chunks in [&["hello"][..], &["hel", "lo"]] {
            let body = futures(chunks).with_max_len(limit);
            let collected = ready(ResponseBody::collect(Response::new(body)));
            let body = blocking(chunks).with_max_len(limit);
            let blocking = BlockingResponseBody::collect(Response::new(body), PATIENCE);
            for collected in [collected, blocking] {
                match collected {
                    Ok(body) => assert!(is_accepted && body.body() == "hello"),
                    Err(error) => {
                        assert_eq!((error.kind(), is_accepted), (BodyTooLarge, false));
                        assert!(error.response().expect("a head").body().is_empty());
                    }
                }
            }
        }
    }
}

/// The transport has accepted its length before.
#[test]
fn body_in_memory_has_no_maximum_length() {
    let bytes = Bytes::from(vec![b'x'; DEFAULT_MAX_RESPONSE_LEN + 1]);
    let body = ResponseBody::from(bytes.clone());
    assert_eq!(body.max_len(), usize::MAX);
    assert_eq!(ready(ResponseBody::collect(Response::new(body))).expect("a body").body(), &bytes);
    let body = BlockingResponseBody::from(bytes.clone());
    assert_eq!(body.max_len(), usize::MAX);
    let collected = BlockingResponseBody::collect(Response::new(body), Duration::ZERO);
    assert_eq!(collected.expect("a body").body(), &bytes);
    assert_eq!(futures(&[]).max_len(), DEFAULT_MAX_RESPONSE_LEN);
    assert_eq!(blocking(&[]).with_max_len(5).max_len(), 5);
}

#[test]
fn error_of_a_collected_body_contains_the_received_part() {
    let mut chunks = VecDeque::from([
        Ok(Bytes::from("hel")),
        Ok(Bytes::from("lo")),
        Err(TransportError::new(Connection, "the connection broke")),
    ]);
    let body = BlockingResponseBody::new(move |_| chunks.pop_front());
    let error = BlockingResponseBody::collect(Response::new(body), PATIENCE).expect_err("broken");
    assert_eq!(
        (error.kind(), error.response().expect("a head").body().as_ref()),
        (Connection, &b"hello"[..])
    );
    let body = RequestBody::reader(Cursor::new("hello")).with_length(6).into_stream();
    let collected = finished(ResponseBody::collect(Response::new(ResponseBody::new(body))));
    assert_eq!(collected.expect_err("too short").kind(), SourceFailed);
}

/// Each chunk arrives in time.
#[test]
fn body_that_does_not_end_within_the_timeout_is_an_error() {
    let body = BlockingResponseBody::new(|_| {
        std::thread::sleep(Duration::from_millis(1));
        Some(Ok(Bytes::from_static(b"x")))
    });
    let error = BlockingResponseBody::collect(Response::new(body), SHORT).expect_err("late");
    assert_eq!(error.kind(), Timeout);
    let received = error.response().expect("a head").body();
    assert!(received.iter().all(|byte| *byte == b'x'));
}

/// Returns each result once.
struct Reads(VecDeque<io::Result<&'static str>>);

impl Read for Reads {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.pop_front().map_or(Ok(0), |text| text?.as_bytes().read(buffer))
    }
}

#[test]
fn interrupted_read_is_repeated() {
    let reads = || Reads([Ok("hel"), Err(io::ErrorKind::Interrupted.into()), Ok("lo")].into());
    let body = BlockingResponseBody::from_reader(reads());
    let collected = BlockingResponseBody::collect(Response::new(body), PATIENCE).expect("a body");
    assert_eq!(collected.body(), "hello");
    assert_eq!(finished(RequestBody::reader(reads()).into_bytes()).expect("a body"), "hello");
}

#[test]
fn error_of_a_reader_has_a_kind() {
    for (error, kind) in [
        (io::ErrorKind::TimedOut, Timeout),
        (io::ErrorKind::WouldBlock, Timeout),
        (io::ErrorKind::ConnectionReset, Connection),
    ] {
        let mut body = BlockingResponseBody::from_reader(Reads([Ok("hello"), Err(error.into())].into()));
        assert_eq!(body.next_chunk(PATIENCE).expect("a chunk").expect("bytes"), "hello");
        assert_eq!(body.next_chunk(PATIENCE).expect("an error").expect_err("a failure").kind(), kind);
        assert!(body.next_chunk(PATIENCE).is_none());
    }
}

#[cfg(feature = "blocking")]
mod blocking_default {
    use std::sync::Mutex;

    use typefoundry_runtime::BlockingTransport;
    use typefoundry_runtime::http::Request;

    use super::*;

    /// Records the timeout of the last request.
    #[derive(Default)]
    struct Recording(Mutex<Option<Duration>>);

    impl BlockingTransport for Recording {
        fn send(
            &self,
            request: Request<Bytes>,
            timeout: Duration,
        ) -> Result<Response<Bytes>, TransportError> {
            *self.0.lock().expect("a lock") = Some(timeout);
            Ok(Response::new(request.into_body()))
        }
    }

    struct Sleepy;

    impl Read for Sleepy {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            std::thread::sleep(SHORT);
            Ok(0)
        }
    }

    #[test]
    fn time_to_read_the_request_is_part_of_the_timeout() {
        let transport = Recording::default();
        let request = Request::new(RequestBody::reader(Sleepy));
        transport.send_streaming(request, PATIENCE).expect("a response");
        let timeout = transport.0.lock().expect("a lock").expect("a request");
        assert!(timeout <= PATIENCE - SHORT, "{timeout:?}");
        let request = Request::new(RequestBody::reader(Sleepy));
        transport.send_streaming(request, Duration::MAX).expect("a response");
        assert_eq!(*transport.0.lock().expect("a lock"), Some(Duration::MAX));
    }

    #[test]
    fn source_that_does_not_end_within_the_timeout_is_an_error() {
        let transport = Recording::default();
        let endless = || RequestBody::reader(io::repeat(b'x').take(1 << 40));
        let silent = || scripted(&[Some("hello")]).0;
        for body in [endless(), silent()] {
            let error = transport.send_streaming(Request::new(body), SHORT).expect_err("late");
            assert_eq!(error.kind(), Timeout);
        }
        assert_eq!(*transport.0.lock().expect("a lock"), None);
        // Bytes need no time.
        transport.send_streaming(Request::new("hello".into()), Duration::ZERO).expect("a response");
    }
}
