//! The nesting depth of the types of a package, as rustc counts it.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::{Api, Type};

/// The default limit of rustc.
const DEFAULT_LIMIT: usize = 128;

/// The maximum number of steps that rustc takes from a type to the next.
///
/// To decide whether a `BTreeMap<String, Box<T>>` is `Send`, rustc visits the nodes of the map, the pointer and the box.
const STEPS: usize = 12;

/// The steps around the types: the response, the call and its future.
const AROUND: usize = 24;

/// Returns the `recursion_limit` of the package, if its types exceed the default.
///
/// Types that contain each other count with their whole cycle, since rustc stops only at a type that it has seen.
pub(super) fn recursion_limit(api: &Api) -> Option<usize> {
    let needed = longest(api) * STEPS + AROUND;
    // The steps are large, so that an additional type rarely changes the file.
    (needed > DEFAULT_LIMIT).then(|| needed.next_multiple_of(DEFAULT_LIMIT))
}

/// Returns the maximum number of types on a path from a type to one that it contains.
fn longest(api: &Api) -> usize {
    let contained =
        |at: usize| api.types.get(at).into_iter().flat_map(|def| def.types()).flat_map(Type::names);
    let edges = (0..api.types.len()).flat_map(|at| contained(at).map(move |id| (at as u32, id.0 as u32)));
    let mut graph = DiGraph::<(), ()>::from_edges(edges);
    while graph.node_count() < api.types.len() {
        graph.add_node(());
    }
    let mut depth = vec![0; graph.node_count()];
    // The components that a cycle contains come before it.
    for ring in kosaraju_scc(&graph) {
        let below = ring.iter().flat_map(|node| graph.neighbors(*node)).map(|node| depth[node.index()]).max();
        let all = below.unwrap_or_default() + ring.len();
        ring.iter().for_each(|node: &NodeIndex| depth[node.index()] = all);
    }
    depth.into_iter().max().unwrap_or_default()
}
