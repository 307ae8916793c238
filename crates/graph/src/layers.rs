//! Layers: every box stands below those that lead to it, lines that pass a layer have a place of
//! their own in it, and the order within a layer makes few lines cross.
//!
//! Between two layers of boxes lies one for the labels of lines: a label is as wide as it is, and
//! high only where there is one, so that no label covers a box, another label, or a whole line.
//!
//! The way is that of Sugiyama, Tagawa and Toda (1981): cycles are broken, layers given, orders
//! improved by the mean of neighbours' places, and positions drawn towards neighbours.

/// The space between two boxes of a layer.
const GAP_X: f64 = 32.0;
/// The space between two labels of a layer: a button has room there, where machines are drawn.
const GAP_LABEL: f64 = 26.0;
/// The space between a layer of boxes and the labels, in which lines change their place. Where there
/// are no labels, two of them follow each other.
const GAP_Y: f64 = 22.0;
/// How high a label is.
pub const LABEL_HEIGHT: f64 = 18.0;
/// How wide the place is where a line passes a layer.
const PASS: f64 = 12.0;
/// How often orders are improved, down and up.
const SWEEPS: usize = 6;
/// How often positions are.
const PULLS: usize = 8;

/// Where everything stands.
pub struct Placed {
    pub width: f64,
    pub height: f64,
    /// The upper left corners, in the order of the boxes.
    pub places: Vec<(f64, f64)>,
    /// The corners of the lines, in their order.
    pub routes: Vec<Vec<(f64, f64)>>,
    /// The middles of their labels.
    pub labels: Vec<Option<(f64, f64)>>,
}

/// Layers, the ways of the lines, the places of their labels.
type Found<'a> = (&'a [Vec<usize>], &'a [Vec<usize>], &'a [Option<usize>]);

/// A box, or a place where a line passes.
#[derive(Default, Clone)]
struct Vertex {
    layer: usize,
    width: f64,
    /// Its middle.
    x: f64,
    up: Vec<usize>,
    down: Vec<usize>,
}

/// Gives boxes of these sizes their places; `edges` lead from one to another, and have labels of
/// these widths: 0 is none.
pub fn place(sizes: &[(f64, f64)], edges: &[(usize, usize)], widths: &[f64]) -> Placed {
    let turned = turned(sizes.len(), edges);
    // Boxes are in the even layers, labels in the odd ones.
    let depths: Vec<usize> =
        depths(sizes.len(), edges, &turned).into_iter().map(|depth| depth * 2).collect();
    let mut graph: Vec<Vertex> = sizes
        .iter()
        .zip(&depths)
        .map(|((width, _), layer)| Vertex { layer: *layer, width: *width, ..Vertex::default() })
        .collect();
    let chains: Vec<Vec<usize>> =
        edges.iter().zip(&turned).map(|(edge, turned)| chain(&mut graph, *edge, *turned)).collect();
    let labels: Vec<Option<usize>> = chains
        .iter()
        .zip(&turned)
        .zip(widths)
        .map(|((chain, turned), width)| label(&mut graph, (chain, *turned), *width))
        .collect();
    let mut layers = vec![Vec::new(); depths.iter().max().map_or(0, |most| most + 1)];
    for (at, vertex) in graph.iter().enumerate() {
        if let Some(layer) = layers.get_mut(vertex.layer) {
            layer.push(at);
        }
    }
    order(&graph, &mut layers);
    position(&mut graph, &layers);
    finish(sizes, &turned, &graph, (&layers, &chains, &labels))
}

/// Makes the first place that a line passes as wide as its label.
fn label(graph: &mut [Vertex], (chain, turned): (&[usize], bool), width: f64) -> Option<usize> {
    let passes = chain.get(1..chain.len().saturating_sub(1))?;
    let at = *if turned { passes.last() } else { passes.first() }?;
    let vertex = graph.get_mut(at).filter(|_| width > 0.0)?;
    vertex.width = width.max(PASS);
    Some(at)
}

/// Which edges lead back up: they are treated as if they led down.
fn turned(count: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    let mut out = vec![Vec::new(); count];
    for (at, (from, to)) in edges.iter().enumerate() {
        if let Some(list) = out.get_mut(*from) {
            list.push((at, *to));
        }
    }
    let mut turned = vec![false; edges.len()];
    // 0: not seen, 1: on the way here, 2: done.
    let mut seen = vec![0_u8; count];
    for root in 0..count {
        let mut stack = vec![(root, 0)];
        if seen.get(root) != Some(&0) {
            continue;
        }
        while let Some((at, next)) = stack.pop() {
            if let Some(mark) = seen.get_mut(at) {
                *mark = 1;
            }
            match out.get(at).and_then(|list| list.get(next)) {
                None => {
                    if let Some(mark) = seen.get_mut(at) {
                        *mark = 2;
                    }
                }
                Some((edge, to)) => {
                    stack.push((at, next + 1));
                    match seen.get(*to) {
                        Some(0) => stack.push((*to, 0)),
                        Some(1) => {
                            if let Some(turned) = turned.get_mut(*edge) {
                                *turned = true;
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    turned
}

/// The layer of each: one below the lowest that leads to it.
fn depths(count: usize, edges: &[(usize, usize)], turned: &[bool]) -> Vec<usize> {
    let led = |(edge, turned): (&(usize, usize), &bool)| {
        let (from, to) = if *turned { (edge.1, edge.0) } else { *edge };
        (from != to).then_some((from, to))
    };
    let down: Vec<(usize, usize)> = edges.iter().zip(turned).filter_map(led).collect();
    let (mut out, mut waits) = (vec![Vec::new(); count], vec![0_usize; count]);
    for (from, to) in &down {
        if let (Some(list), Some(waits)) = (out.get_mut(*from), waits.get_mut(*to)) {
            list.push(*to);
            *waits += 1;
        }
    }
    let mut depths = vec![0; count];
    let mut ready: Vec<usize> =
        waits.iter().enumerate().filter(|(_, waits)| **waits == 0).map(|(at, _)| at).collect();
    while let Some(at) = ready.pop() {
        let below = depths.get(at).map_or(0, |depth| depth + 1);
        for to in out.get(at).into_iter().flatten() {
            if let (Some(depth), Some(waits)) = (depths.get_mut(*to), waits.get_mut(*to)) {
                *depth = below.max(*depth);
                *waits -= 1;
                if *waits == 0 {
                    ready.push(*to);
                }
            }
        }
    }
    // The end stands below everything.
    let deepest = depths.iter().max().copied().unwrap_or(0);
    if let Some(last) = depths.last_mut() {
        *last = deepest.max(*last);
    }
    depths
}

/// Adds the places where a line passes layers; gives all that it goes by, downwards.
fn chain(graph: &mut Vec<Vertex>, (from, to): (usize, usize), turned: bool) -> Vec<usize> {
    let (top, bottom) = if turned { (to, from) } else { (from, to) };
    let layer = |graph: &[Vertex], at: usize| graph.get(at).map_or(0, |vertex| vertex.layer);
    let (first, last) = (layer(graph, top), layer(graph, bottom));
    let mut chain = vec![top];
    for layer in first + 1..last {
        chain.push(graph.len());
        graph.push(Vertex { layer, width: PASS, ..Vertex::default() });
    }
    chain.push(bottom);
    for pair in chain.windows(2) {
        if let [above, below] = *pair
            && above != below
        {
            if let Some(vertex) = graph.get_mut(above) {
                vertex.down.push(below);
            }
            if let Some(vertex) = graph.get_mut(below) {
                vertex.up.push(above);
            }
        }
    }
    chain
}

/// Orders each layer by the mean place of the neighbours above, then below.
fn order(graph: &[Vertex], layers: &mut [Vec<usize>]) {
    let mut ranks = vec![0.0_f64; graph.len()];
    let rank = |layer: &[usize], ranks: &mut Vec<f64>| {
        for (place, at) in layer.iter().enumerate() {
            if let Some(rank) = ranks.get_mut(*at) {
                #[expect(clippy::cast_precision_loss, reason = "a layer is short")]
                let place = place as f64;
                *rank = place;
            }
        }
    };
    for layer in layers.iter() {
        rank(layer, &mut ranks);
    }
    for sweep in 0..SWEEPS {
        let down = sweep % 2 == 0;
        let count = layers.len();
        for step in 0..count {
            let at = if down { step } else { count - 1 - step };
            let Some(layer) = layers.get_mut(at) else { continue };
            let mean = |vertex: &usize| {
                let near = graph.get(*vertex);
                let near = near.map_or(&[][..], |it| if down { &it.up } else { &it.down });
                middle(near, |one| ranks.get(one).copied())
                    .unwrap_or_else(|| ranks.get(*vertex).copied().unwrap_or(0.0))
            };
            let mut sorted: Vec<(f64, usize)> = layer.iter().map(|it| (mean(it), *it)).collect();
            sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
            *layer = sorted.into_iter().map(|(_, it)| it).collect();
            rank(layer, &mut ranks);
        }
    }
}

fn middle(near: &[usize], at: impl Fn(usize) -> Option<f64>) -> Option<f64> {
    let found = near.iter().filter_map(|one| at(*one));
    #[expect(clippy::cast_precision_loss, reason = "neighbours are few")]
    let count = near.len() as f64;
    (!near.is_empty()).then(|| found.sum::<f64>() / count)
}

/// Gives each its middle: drawn towards its neighbours, and kept apart from those beside it.
fn position(graph: &mut [Vertex], layers: &[Vec<usize>]) {
    for layer in layers {
        spread(graph, layer, |_, _| None);
    }
    for pull in 0..PULLS {
        let down = pull % 2 == 0;
        for step in 0..layers.len() {
            let at = if down { step } else { layers.len() - 1 - step };
            let Some(layer) = layers.get(at) else { continue };
            spread(graph, layer, |graph, vertex| {
                let near = if down { &vertex.up } else { &vertex.down };
                middle(near, |one| graph.get(one).map(|it| it.x))
            });
        }
    }
}

/// Places a layer as near to what `wanted` says as the widths allow.
fn spread(
    graph: &mut [Vertex],
    layer: &[usize],
    wanted: impl Fn(&[Vertex], &Vertex) -> Option<f64>,
) {
    let first = layer.first().and_then(|at| graph.get(*at));
    let gap = if first.is_some_and(|it| it.layer % 2 == 1) { GAP_LABEL } else { GAP_X };
    let wishes: Vec<(usize, f64, f64)> = layer
        .iter()
        .filter_map(|at| {
            let vertex = graph.get(*at)?;
            Some((*at, vertex.width, wanted(graph, vertex).unwrap_or(vertex.x)))
        })
        .collect();
    // From the left each stands where it wants or further right, from the right likewise; the mean
    // of both keeps all apart, too.
    let mut left = Vec::with_capacity(wishes.len());
    let mut edge = f64::NEG_INFINITY;
    for (_, width, wish) in &wishes {
        let x = wish.max(edge + width / 2.0);
        edge = x + width / 2.0 + gap;
        left.push(x);
    }
    let mut edge = f64::INFINITY;
    for ((at, width, wish), left) in wishes.iter().zip(left).rev() {
        let x = wish.min(edge - width / 2.0);
        edge = x - width / 2.0 - gap;
        if let Some(vertex) = graph.get_mut(*at) {
            vertex.x = f64::midpoint(x, left);
        }
    }
}

fn finish(
    sizes: &[(f64, f64)],
    turned: &[bool],
    graph: &[Vertex],
    (layers, chains, labels): Found<'_>,
) -> Placed {
    let least = graph.iter().map(|it| it.x - it.width / 2.0).fold(f64::INFINITY, f64::min);
    let most = graph.iter().map(|it| it.x + it.width / 2.0).fold(f64::NEG_INFINITY, f64::max);
    let is_label: std::collections::BTreeSet<usize> = labels.iter().flatten().copied().collect();
    let height = |at: &usize| {
        let own = if is_label.contains(at) { LABEL_HEIGHT } else { 0.0 };
        sizes.get(*at).map_or(own, |size| size.1)
    };
    let (mut bands, mut y) = (Vec::with_capacity(layers.len()), 0.0);
    for layer in layers {
        let tallest = layer.iter().map(height).fold(0.0, f64::max);
        bands.push((y, tallest));
        y += tallest + GAP_Y;
    }
    let band = |vertex: &Vertex| bands.get(vertex.layer).copied().unwrap_or_default();
    let places = graph.iter().zip(sizes).map(|(vertex, (width, height))| {
        let (top, tallest) = band(vertex);
        (vertex.x - width / 2.0 - least, top + (tallest - height) / 2.0)
    });
    let corner = |at: usize, of: usize, last: usize| {
        let vertex = graph.get(of)?;
        let (top, tallest) = band(vertex);
        let (x, own) = (vertex.x - least, sizes.get(of).map_or(tallest, |size| size.1));
        let (upper, lower) = (top + (tallest - own) / 2.0, top + f64::midpoint(tallest, own));
        Some(match at {
            0 => vec![(x, lower)],
            _ if at == last => vec![(x, upper)],
            // A line goes straight through where there are no labels.
            _ if tallest == 0.0 => Vec::new(),
            _ => vec![(x, top), (x, top + tallest)],
        })
    };
    let route = |chain: &Vec<usize>, turned: bool| {
        let end = chain.len().saturating_sub(1);
        let corners = chain.iter().enumerate().filter_map(|(at, of)| corner(at, *of, end));
        let mut points: Vec<(f64, f64)> = corners.flatten().collect();
        if turned {
            points.reverse();
        }
        points
    };
    Placed {
        width: (most - least).max(0.0),
        height: (y - GAP_Y).max(0.0),
        places: places.collect(),
        routes: chains.iter().zip(turned).map(|(one, turned)| route(one, *turned)).collect(),
        labels: labels
            .iter()
            .map(|at| {
                let vertex = graph.get((*at)?)?;
                let (top, tallest) = band(vertex);
                Some((vertex.x - least, top + tallest / 2.0))
            })
            .collect(),
    }
}
