//! Threads that take one item after the other; a panic fails only its own item.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Calls `work` on each item, `jobs` at a time, starting in order. If it panics, `recover` makes the
/// result of the panic's message. `after` is called for each result.
///
/// These are not the threads that typeset: a waiting thread of that pool takes up other work of the pool,
/// and would begin more and more releases.
pub(super) fn each<T: Sync, R: Send>(
    items: &[T],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    recover: impl Fn(&T, &str) -> R + Sync,
    after: impl Fn(&T, &R) + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results: Mutex<BTreeMap<usize, R>> = Mutex::default();
    let take = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return };
            let result = catch_unwind(AssertUnwindSafe(|| work(item)))
                .unwrap_or_else(|panic| recover(item, &said(&*panic)));
            after(item, &result);
            results.lock().unwrap_or_else(PoisonError::into_inner).insert(at, result);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..jobs.clamp(1, items.len().max(1)) {
            scope.spawn(take);
        }
        take();
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
}

/// The message of a panic.
fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_panics_fails_alone() {
        let items: Vec<usize> = (0..40).collect();
        for jobs in [1, 4, 100] {
            let reported = AtomicUsize::new(0);
            let work = |item: &usize| {
                assert!(item % 10 != 3, "item {item} breaks");
                Ok(item * 2)
            };
            let recover = |_: &usize, said: &str| Err(said.to_owned());
            let after = |_: &usize, _: &Result<usize, String>| {
                reported.fetch_add(1, Ordering::Relaxed);
            };
            let results = each(&items, jobs, work, recover, after);
            assert_eq!((results.len(), reported.into_inner()), (40, 40));
            for (item, result) in results.into_iter().enumerate() {
                match item % 10 {
                    3 => assert_eq!(result, Err(format!("item {item} breaks"))),
                    _ => assert_eq!(result, Ok(item * 2)),
                }
            }
        }
        assert!(each(&[] as &[usize], 4, |item| *item, |item, _| *item, |_, _| {}).is_empty());
    }
}
