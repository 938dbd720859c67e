//! Types that hold each other by value, and where references go round in a circle.

use crate::diagnostic::{Code, Problem};
use crate::model::{TypeId, TypeRef};
use crate::source::Node;

/// The problem of a schema that is nothing but references which lead back to it.
pub(in crate::lower) fn circular(node: Node<'_>) -> Problem {
    let message = "it is what it refers to, and that is this again: any JSON is taken";
    Problem::new(Code::CIRCULAR_SCHEMA, node, message)
}

/// The names that a type holds by value: not behind a list or map.
pub(in crate::lower) fn collect_by_value(ty: &TypeRef, into: &mut Vec<TypeId>) {
    match ty {
        TypeRef::Named(id) => into.push(*id),
        TypeRef::Nullable(ty) | TypeRef::Loose(ty) => collect_by_value(ty, into),
        TypeRef::Tuple(items) => items.iter().for_each(|item| collect_by_value(item, into)),
        TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Boxed(_) => {}
    }
}

/// Strongly connected components (Tarjan), without recursion: a number for each node.
pub(in crate::lower) fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let mut number = vec![NEW; edges.len()];
    let mut low = vec![0; edges.len()];
    let mut component = vec![NEW; edges.len()];
    let mut stack = Vec::new();
    let mut next = 0;
    let mut count = 0;
    for root in 0..edges.len() {
        if number[root] != NEW {
            continue;
        }
        let mut work = vec![(root, 0)];
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                number[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
            }
            if let Some(&to) = edges[node].get(edge) {
                work.push((node, edge + 1));
                if number[to] == NEW {
                    work.push((to, 0));
                } else if component[to] == NEW {
                    low[node] = low[node].min(number[to]);
                }
                continue;
            }
            if low[node] == number[node] {
                while let Some(member) = stack.pop() {
                    component[member] = count;
                    if member == node {
                        break;
                    }
                }
                count += 1;
            }
            if let Some(&(parent, _)) = work.last() {
                low[parent] = low[parent].min(low[node]);
            }
        }
    }
    component
}
