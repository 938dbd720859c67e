//! The one of several operations that has the name that suits all of them.

use crate::identifier;
use crate::lower::naming::deeds::{self, Effect};
use crate::lower::naming::own::own_words;
use crate::lower::naming::segments::{Segment, segments};
use crate::lower::naming::unnamed::{OperationName, Unnamed};
use crate::lower::naming::verbs;

/// The operation first that the plain name suits best: `delete` is a DELETE, and the path is the shortest. Versions are
/// no part of it: one that is added under another prefix does not take a name from what is there under `/v1`.
pub(super) fn by_preference(
    operations: &[Unnamed<'_>],
    named: &[OperationName],
    mut members: Vec<usize>,
) -> Vec<usize> {
    members.sort_by_cached_key(|&index| {
        let operation = &operations[index];
        let telling = segments(operation.path).len();
        let all = operation.path.split('/').count();
        let is_foreign = !verbs::suits(&named[index].method, operation.method);
        let is_deed = deeds::effect(&named[index].method) == Some(Effect::Other);
        let is_other_way = is_deed && is_done_otherwise(operation);
        let is_one = segments(operation.path).last() == Some(&Segment::Parameter);
        (
            is_foreign,
            is_other_way,
            telling,
            !is_one,
            all,
            operation.path,
            operation.method,
            index,
        )
    });
    members
}

/// Whether an operationId says that something is done in another way than to the one of the path:
/// `CancelPaymentByIdempotencyKey` of `/payments/cancel`, and `disableMyOtherSessions` of all.
fn is_done_otherwise(operation: &Unnamed<'_>) -> bool {
    let own = own_words(operation);
    let is_many = own.last().is_some_and(|last| identifier::is_plural(last));
    let is_by_others = own.iter().skip(1).any(|word| word == "by");
    is_by_others && !operation.path.contains('{')
        || is_many && segments(operation.path).last() != Some(&Segment::Parameter)
}
