//! How many repetitions a client may still make, so that it does not press a server that is down.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// What a repetition costs. A call that is answered for good gives a part of it back.
const COST: u32 = 10;

/// How many repetitions a client may make in all, whatever the policy of each call allows.
///
/// When a server fails for everybody, every client that repeats its calls makes it worse. A budget starts full, each
/// repetition takes one from it, and ten calls that are answered for good put one back, be it with success or with a
/// status that no repetition would change: in the long run at most a tenth of the calls are repeated. While it is
/// empty, calls fail with what came the first time.
///
/// Clones share what is left, and so do clones of a client.
///
/// ```
/// use typefoundry_runtime::RetryBudget;
///
/// let budget = RetryBudget::new(20);
/// assert_eq!(budget.available(), 20);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a budget does nothing until it is given to a client"]
pub struct RetryBudget {
    /// In parts of a repetition; `None` where there is no limit.
    purse: Option<Arc<Purse>>,
}

#[derive(Debug)]
struct Purse {
    left: AtomicU32,
    full: u32,
}

impl Default for RetryBudget {
    /// A hundred repetitions.
    fn default() -> Self {
        Self::new(100)
    }
}

impl RetryBudget {
    /// So many repetitions; none where it is 0.
    pub fn new(repetitions: u32) -> Self {
        let full = repetitions.saturating_mul(COST);
        Self { purse: Some(Arc::new(Purse { left: AtomicU32::new(full), full })) }
    }

    /// As many repetitions as the policies allow.
    pub fn unlimited() -> Self {
        Self { purse: None }
    }

    /// How many repetitions can be made now; [`u32::MAX`] where there is no limit.
    pub fn available(&self) -> u32 {
        self.purse.as_ref().map_or(u32::MAX, |purse| purse.left.load(Ordering::Relaxed) / COST)
    }

    /// Takes a repetition, if there is one.
    pub(crate) fn try_acquire(&self) -> bool {
        self.change(|left, _| left.checked_sub(COST))
    }

    /// Puts a repetition back that was taken and not made.
    pub(crate) fn release(&self) {
        self.change(|left, full| Some(left.saturating_add(COST).min(full)));
    }

    /// A call was answered for good.
    pub(crate) fn deposit(&self) {
        self.change(|left, full| (left < full).then(|| left.saturating_add(1)));
    }

    fn change(&self, to: impl Fn(u32, u32) -> Option<u32>) -> bool {
        let Some(purse) = &self.purse else { return true };
        // Nothing else hangs on the number, so no other memory has to be in order.
        let (set, fetch) = (Ordering::Relaxed, Ordering::Relaxed);
        purse.left.fetch_update(set, fetch, |left| to(left, purse.full)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spent_is_gone_until_calls_succeed() {
        let budget = RetryBudget::new(2);
        let clone = budget.clone();
        assert!(budget.try_acquire() && clone.try_acquire());
        assert!(!budget.try_acquire());
        assert_eq!(clone.available(), 0);
        (0..COST - 1).for_each(|_| budget.deposit());
        assert!(!budget.try_acquire());
        budget.deposit();
        assert!(budget.try_acquire() && !budget.try_acquire());
    }

    #[test]
    fn it_holds_no_more_than_at_first() {
        let budget = RetryBudget::new(1);
        (0..1000).for_each(|_| budget.deposit());
        assert_eq!(budget.available(), 1);
        assert!(budget.try_acquire() && !budget.try_acquire());
    }

    #[test]
    fn none_and_no_limit_are_budgets_too() {
        assert!(!RetryBudget::new(0).try_acquire());
        assert_eq!(RetryBudget::new(u32::MAX).available(), u32::MAX / COST);
        let endless = RetryBudget::unlimited();
        assert!((0..1000).all(|_| endless.try_acquire()));
        assert_eq!(endless.available(), u32::MAX);
    }

    #[test]
    fn many_threads_take_no_more_than_there_is() {
        let budget = RetryBudget::new(500);
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let budget = budget.clone();
                std::thread::spawn(move || (0..1000).filter(|_| budget.try_acquire()).count())
            })
            .collect();
        let taken: usize = threads.into_iter().map(|thread| thread.join().expect("a count")).sum();
        assert_eq!(taken, 500);
    }
}
