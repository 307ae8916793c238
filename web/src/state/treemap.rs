//! A rectangle divided among values: each gets an area of its size, as near to a square as may be.
//!
//! Bruls, Huizing, van Wijk, Squarified Treemaps: <https://vanwijk.win.tue.nl/stm.pdf>

/// A place within the whole.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// Places for `values`, which are greater than nothing and the largest first.
pub fn divide(values: &[f64], whole: Area) -> Vec<Area> {
    let sum: f64 = values.iter().sum();
    let scale = whole.width * whole.height / sum;
    let mut left: Vec<f64> = values.iter().rev().map(|value| value * scale).collect();
    let mut room = whole;
    let mut areas = Vec::new();
    while let Some(first) = left.pop() {
        let side = room.width.min(room.height);
        let mut row = vec![first];
        while let Some(next) = left.last().copied() {
            let longer: Vec<f64> = row.iter().copied().chain([next]).collect();
            if worst(&longer, side) > worst(&row, side) {
                break;
            }
            row = longer;
            left.pop();
        }
        room = lay(&row, room, &mut areas);
    }
    areas
}

/// How far the worst of a row along `side` is from a square.
fn worst(row: &[f64], side: f64) -> f64 {
    let depth = row.iter().sum::<f64>() / side;
    let ratio = |area: &f64| {
        let length = area / depth;
        (length / depth).max(depth / length)
    };
    row.iter().map(ratio).fold(0.0, f64::max)
}

/// Lays a row along the shorter side; gives the room that is left.
fn lay(row: &[f64], room: Area, areas: &mut Vec<Area>) -> Area {
    let is_wide = room.width > room.height;
    let depth = row.iter().sum::<f64>() / room.width.min(room.height);
    let mut at = 0.0;
    for area in row {
        let length = area / depth;
        areas.push(if is_wide {
            Area { x: room.x, y: room.y + at, width: depth, height: length }
        } else {
            Area { x: room.x + at, y: room.y, width: length, height: depth }
        });
        at += length;
    }
    if is_wide {
        Area { x: room.x + depth, width: room.width - depth, ..room }
    } else {
        Area { y: room.y + depth, height: room.height - depth, ..room }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Area = Area { x: 0.0, y: 0.0, width: 600.0, height: 400.0 };

    #[test]
    fn the_example_of_the_paper() {
        let values = [6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0];
        let areas = divide(&values, WHOLE);
        let near = |one: f64, other: f64| (one - other).abs() < 0.5;
        for (area, value) in areas.iter().zip(values) {
            assert!(near(area.width * area.height, value * 10_000.0), "{area:?}");
        }
        assert!(near(areas[0].width, 300.0) && near(areas[0].height, 200.0), "{areas:?}");
        assert!(near(areas[2].height, 400.0 - 171.4) || near(areas[2].width, 171.4), "{areas:?}");
    }

    #[test]
    fn nothing_overlaps_and_nothing_is_left_over() {
        let values = [1e12, 5.0, 3.0, 3.0, 1.0];
        let areas = divide(&values, WHOLE);
        assert_eq!(areas.len(), values.len());
        let sum: f64 = areas.iter().map(|area| area.width * area.height).sum();
        assert!((sum - 240_000.0).abs() < 1.0, "{sum}");
        assert!(areas.iter().all(|area| area.x >= 0.0 && area.x + area.width < 600.001));
        assert!(divide(&[], WHOLE).is_empty());
    }
}
