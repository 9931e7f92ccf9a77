//! The retry budget of a client, which protects a failing server from retries.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The cost of a retry. A completed call deposits 1.
const RETRY_COST: u32 = 10;

/// A retry budget: a limit on all retries of a client, in addition to the policy of each call.
///
/// When a server fails, retries from every client add to its load. A budget starts full, and each
/// retry takes one token. Ten completed calls put one token back. A call is completed by a success,
/// or by a status that is not transient. In the long run, at most a tenth of the calls are retried.
/// While the budget is empty, calls fail with the error of their first attempt.
///
/// Clones share the tokens, and so do clones of a client.
///
/// ```
/// use typefoundry_runtime::RetryBudget;
///
/// let budget = RetryBudget::new(20);
/// assert_eq!(budget.available(), 20);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a retry budget has no effect until it is passed to a client"]
pub struct RetryBudget {
    /// The tokens in tenths; `None` if there is no limit.
    tokens: Option<Arc<Tokens>>,
}

#[derive(Debug)]
struct Tokens {
    available: AtomicU32,
    capacity: u32,
}

impl Default for RetryBudget {
    /// Creates a budget of 100 retries.
    fn default() -> Self {
        Self::new(100)
    }
}

impl RetryBudget {
    /// Creates a budget of a number of retries. With 0, nothing is retried.
    pub fn new(retries: u32) -> Self {
        let capacity = retries.saturating_mul(RETRY_COST);
        Self { tokens: Some(Arc::new(Tokens { available: AtomicU32::new(capacity), capacity })) }
    }

    /// Creates a budget without a limit.
    pub fn unlimited() -> Self {
        Self { tokens: None }
    }

    /// Returns the number of retries available now, or [`u32::MAX`] if there is no limit.
    pub fn available(&self) -> u32 {
        self.tokens.as_ref().map_or(u32::MAX, |tokens| tokens.available.load(Ordering::Relaxed) / RETRY_COST)
    }

    /// Takes the token for a retry. Returns whether there was one.
    pub(crate) fn try_acquire(&self) -> bool {
        self.update(|available, _| available.checked_sub(RETRY_COST))
    }

    /// Puts back the token of a retry that was not made.
    pub(crate) fn release(&self) {
        self.update(|available, capacity| Some(available.saturating_add(RETRY_COST).min(capacity)));
    }

    /// Deposits the share of a completed call.
    pub(crate) fn deposit(&self) {
        self.update(|available, capacity| (available < capacity).then(|| available.saturating_add(1)));
    }

    fn update(&self, compute: impl Fn(u32, u32) -> Option<u32>) -> bool {
        let Some(tokens) = &self.tokens else { return true };
        // No other memory depends on the number, so relaxed ordering suffices.
        let (set, fetch) = (Ordering::Relaxed, Ordering::Relaxed);
        tokens.available.fetch_update(set, fetch, |available| compute(available, tokens.capacity)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_budget_refills_as_calls_complete() {
        let budget = RetryBudget::new(2);
        let clone = budget.clone();
        assert!(budget.try_acquire() && clone.try_acquire());
        assert!(!budget.try_acquire());
        assert_eq!(clone.available(), 0);
        (0..RETRY_COST - 1).for_each(|_| budget.deposit());
        assert!(!budget.try_acquire());
        budget.deposit();
        assert!(budget.try_acquire() && !budget.try_acquire());
    }

    #[test]
    fn budget_never_exceeds_its_capacity() {
        let budget = RetryBudget::new(1);
        (0..1000).for_each(|_| budget.deposit());
        assert_eq!(budget.available(), 1);
        assert!(budget.try_acquire() && !budget.try_acquire());
    }

    #[test]
    fn zero_and_unlimited_budgets_are_valid() {
        assert!(!RetryBudget::new(0).try_acquire());
        assert_eq!(RetryBudget::new(u32::MAX).available(), u32::MAX / RETRY_COST);
        let endless = RetryBudget::unlimited();
        assert!((0..1000).all(|_| endless.try_acquire()));
        assert_eq!(endless.available(), u32::MAX);
    }

    #[test]
    fn concurrent_retries_do_not_exceed_the_budget() {
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
