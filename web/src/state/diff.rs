//! Which lines of two texts are the same: the longest common sequence of lines, as a list of rows to draw.

/// A line of the comparison, with its number in each text, counted from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    Same {
        left: usize,
        right: usize,
        text: String,
    },
    /// Only in the left text.
    Left {
        number: usize,
        text: String,
    },
    /// Only in the right text.
    Right {
        number: usize,
        text: String,
    },
}

/// A row of two columns; a side without a line is a gap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub left: Option<(usize, String)>,
    pub right: Option<(usize, String)>,
    pub same: bool,
}

/// More cells than this are not compared line by line: the middle is then all different.
const CELLS_MAX: usize = 4_000_000;

/// Compares two texts. Where lines differ, those of the left come first.
pub fn lines(left: &str, right: &str) -> Vec<Line> {
    let (left, right): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let start = left.iter().zip(&right).take_while(|(a, b)| a == b).count();
    let rest = left.len().min(right.len()) - start;
    let backwards = left.iter().rev().zip(right.iter().rev());
    let end = backwards.take(rest).take_while(|(a, b)| a == b).count();
    let middle = (
        left.get(start..left.len() - end).unwrap_or_default(),
        right.get(start..right.len() - end).unwrap_or_default(),
    );
    let mut out = Lines::default();
    left.iter().take(start).for_each(|text| out.same(text));
    compare(middle, &mut out);
    left.iter().skip(left.len() - end).for_each(|text| out.same(text));
    out.all
}

#[derive(Default)]
struct Lines {
    all: Vec<Line>,
    left: usize,
    right: usize,
}

impl Lines {
    fn same(&mut self, text: &str) {
        self.left += 1;
        self.right += 1;
        self.all.push(Line::Same { left: self.left, right: self.right, text: text.into() });
    }

    fn left(&mut self, text: &str) {
        self.left += 1;
        self.all.push(Line::Left { number: self.left, text: text.into() });
    }

    fn right(&mut self, text: &str) {
        self.right += 1;
        self.all.push(Line::Right { number: self.right, text: text.into() });
    }
}

fn compare((left, right): (&[&str], &[&str]), out: &mut Lines) {
    if left.len() * right.len() > CELLS_MAX {
        left.iter().for_each(|text| out.left(text));
        right.iter().for_each(|text| out.right(text));
        return;
    }
    // common[i][j]: how many lines left[i..] and right[j..] have in common, at best.
    let width = right.len() + 1;
    let mut common = vec![0_u32; (left.len() + 1) * width];
    let at = |common: &[u32], i: usize, j: usize| common.get(i * width + j).copied().unwrap_or(0);
    for (i, a) in left.iter().enumerate().rev() {
        for (j, b) in right.iter().enumerate().rev() {
            let best = if a == b {
                at(&common, i + 1, j + 1) + 1
            } else {
                at(&common, i + 1, j).max(at(&common, i, j + 1))
            };
            if let Some(cell) = common.get_mut(i * width + j) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut waiting = vec![];
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        if a == b {
            waiting.drain(..).for_each(|text| out.right(text));
            out.same(a);
            (i, j) = (i + 1, j + 1);
        } else if at(&common, i + 1, j) >= at(&common, i, j + 1) {
            out.left(a);
            i += 1;
        } else {
            // What the right alone has waits until the left's lines of this place were written.
            waiting.push(*b);
            j += 1;
        }
    }
    left.iter().skip(i).for_each(|text| out.left(text));
    waiting.into_iter().chain(right.iter().skip(j).copied()).for_each(|text| out.right(text));
}

/// The same in two columns: lines that differ stand side by side.
pub fn rows(lines: &[Line]) -> Vec<Row> {
    let mut rows: Vec<Row> = vec![];
    let mut unpaired = 0;
    for line in lines {
        match line {
            Line::Same { left, right, text } => {
                unpaired = rows.len() + 1;
                rows.push(Row {
                    left: Some((*left, text.clone())),
                    right: Some((*right, text.clone())),
                    same: true,
                });
            }
            Line::Left { number, text } => {
                rows.push(Row { left: Some((*number, text.clone())), right: None, same: false });
            }
            Line::Right { number, text } => {
                let right = Some((*number, text.clone()));
                match rows.get_mut(unpaired) {
                    Some(row) => row.right = right,
                    None => rows.push(Row { left: None, right, same: false }),
                }
                unpaired += 1;
            }
        }
    }
    rows
}

/// How many lines the texts do not share: those of the text that has more of them at each place.
pub fn differing(rows: &[Row]) -> usize {
    rows.iter().filter(|row| !row.same).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(left: &str, right: &str) -> String {
        let sign = |line: &Line| match line {
            Line::Same { text, .. } => format!(" {text}"),
            Line::Left { text, .. } => format!("-{text}"),
            Line::Right { text, .. } => format!("+{text}"),
        };
        lines(left, right).iter().map(sign).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_same_text_has_no_differences() {
        assert_eq!(drawn("a\nb\n", "a\nb"), " a\n b");
        assert_eq!(differing(&rows(&lines("a\nb", "a\nb"))), 0);
        assert_eq!(drawn("", ""), "");
    }

    #[test]
    fn lines_that_differ_stand_between_those_that_do_not() {
        assert_eq!(drawn("a\nb\nc", "a\nx\ny\nc"), " a\n-b\n+x\n+y\n c");
        assert_eq!(drawn("a", "a\nb"), " a\n+b");
        assert_eq!(drawn("a\nb", "b"), "-a\n b");
        assert_eq!(drawn("", "b"), "+b");
    }

    #[test]
    fn a_line_that_moved_is_found_once() {
        assert_eq!(drawn("a\nb\nc\nd", "b\nc\na\nd"), "-a\n b\n c\n+a\n d");
    }

    #[test]
    fn columns_have_gaps_where_a_side_has_nothing() {
        let rows = rows(&lines("a\nb\nc\nd", "a\nx\nd"));
        let sides: Vec<_> = rows
            .iter()
            .map(|row| {
                let of = |side: &Option<(usize, String)>| {
                    side.as_ref().map_or_else(|| "-".into(), |(n, text)| format!("{n}{text}"))
                };
                format!("{} {}", of(&row.left), of(&row.right))
            })
            .collect();
        assert_eq!(sides, ["1a 1a", "2b 2x", "3c -", "4d 3d"]);
        assert_eq!(differing(&rows), 2);
    }

    #[test]
    fn both_texts_can_be_read_back_from_the_comparison() {
        // Every pair of texts of up to four lines over three letters.
        let texts: Vec<String> = (0..81_u32)
            .map(|n| {
                (0..4).map(|p| ["a\n", "b\n", "c\n"][(n / 3_u32.pow(p) % 3) as usize]).collect()
            })
            .collect();
        for left in &texts {
            for right in &texts {
                let (mut l, mut r) = (String::new(), String::new());
                for line in lines(left, right) {
                    let (to_left, to_right, text) = match line {
                        Line::Same { text, .. } => (true, true, text),
                        Line::Left { text, .. } => (true, false, text),
                        Line::Right { text, .. } => (false, true, text),
                    };
                    if to_left {
                        l.extend([text.as_str(), "\n"]);
                    }
                    if to_right {
                        r.extend([text.as_str(), "\n"]);
                    }
                }
                assert_eq!((&l, &r), (left, right));
            }
        }
    }
}
