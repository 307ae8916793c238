//! The learner's way through the lessons: what is done, where the star stands, what comes next.

use std::rc::Rc;

use crate::route::{Place, Route};
use crate::state::lesson::Outline;
use crate::state::progress::{Progress, last_lesson};
use crate::words::syllabus::SYLLABUS;

/// All lessons in order, and what the browser keeps of each.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Way {
    lessons: Rc<Vec<Outline>>,
    progress: Rc<Vec<Progress>>,
    now: Option<usize>,
}

/// How a lesson stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Done,
    Now,
    Open,
}

/// A place in a track.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Entry<'a> {
    /// A lesson, and its number among all that are there.
    There(usize, &'a Outline),
    /// One of the syllabus that is not written yet.
    ToCome(&'static str),
}

impl Way {
    /// Reads the progress of each lesson.
    pub fn through(lessons: Rc<Vec<Outline>>) -> Self {
        let progress = lessons.iter().map(|lesson| Progress::of(&lesson.id)).collect();
        Self::with(lessons, progress, last_lesson().as_deref())
    }

    fn with(lessons: Rc<Vec<Outline>>, progress: Vec<Progress>, last: Option<&str>) -> Self {
        let is_done = |at: usize| {
            let passed = progress.get(at).map_or(0, |progress| progress.passed.len());
            lessons
                .get(at)
                .is_some_and(|lesson| !lesson.steps.is_empty() && passed >= lesson.steps.len())
        };
        let last = last.and_then(|id| lessons.iter().position(|lesson| lesson.id == id));
        let now =
            last.filter(|at| !is_done(*at)).or_else(|| (0..lessons.len()).find(|at| !is_done(*at)));
        Self { progress: Rc::new(progress), lessons, now }
    }

    /// The tracks of the syllabus in order, each with its places; a lesson beyond the syllabus comes last in its track.
    pub fn tracks(&self) -> Vec<(&str, Vec<Entry<'_>>)> {
        let known = SYLLABUS.iter().map(|track| {
            let mut entries: Vec<Entry<'_>> =
                track.lessons.iter().map(|title| Entry::ToCome(title)).collect();
            for (at, lesson) in self.of_track(track.id) {
                let there = Entry::There(at, lesson);
                match entries.get_mut(lesson.index_in_track.saturating_sub(1)) {
                    Some(entry @ Entry::ToCome(_)) => *entry = there,
                    _ => entries.push(there),
                }
            }
            (track.id, entries)
        });
        let mut tracks: Vec<_> = known.collect();
        for lesson in self.lessons.iter() {
            if tracks.iter().all(|(track, _)| *track != lesson.track) {
                let entries =
                    self.of_track(&lesson.track).map(|(at, one)| Entry::There(at, one)).collect();
                tracks.push((&lesson.track, entries));
            }
        }
        tracks
    }

    fn of_track(&self, track: &str) -> impl Iterator<Item = (usize, &Outline)> {
        self.lessons.iter().enumerate().filter(move |(_, lesson)| lesson.track == track)
    }

    /// Every lesson that is there, with its place.
    pub fn lessons(&self) -> impl Iterator<Item = (usize, &Outline)> {
        self.lessons.iter().enumerate()
    }

    /// How the lesson at this place stands.
    pub fn standing(&self, at: usize) -> Standing {
        if self.now == Some(at) {
            Standing::Now
        } else if self.steps_done(at) >= self.steps(at) && self.steps(at) > 0 {
            Standing::Done
        } else {
            Standing::Open
        }
    }

    /// How many lessons are done, of how many in the syllabus.
    pub fn done(&self) -> (usize, usize) {
        let done =
            (0..self.lessons.len()).filter(|at| self.standing(*at) == Standing::Done).count();
        (done, self.tracks().iter().map(|(_, entries)| entries.len()).sum())
    }

    /// The lesson to go on with, if one is left.
    pub fn now(&self) -> Option<&Outline> {
        self.lessons.get(self.now?)
    }

    /// Whether the lesson to go on with was begun, and not merely comes next.
    pub fn begun(&self) -> bool {
        self.now.and_then(|at| self.progress.get(at)).is_some_and(Progress::begun)
    }

    /// The step to go on with, counted from 1, of how many, and how many are done.
    pub fn step(&self) -> (usize, usize, usize) {
        let Some(at) = self.now else { return (1, 1, 0) };
        let count = self.steps(at);
        let place = self.progress.get(at).map_or(1, |progress| progress.at).clamp(1, count.max(1));
        (place, count, self.steps_done(at))
    }

    /// The address to go on at.
    pub fn href(&self) -> String {
        match self.now() {
            Some(lesson) => {
                Route::Lesson { id: lesson.id.clone(), step: self.step().0, place: Place::Unsaid }
                    .href()
            }
            None => Route::Play { place: Place::Unsaid }.href(),
        }
    }

    /// The address of the lesson at this place: at the step that was looked at last.
    pub fn lesson_href(&self, at: usize, lesson: &Outline) -> String {
        let step =
            self.progress.get(at).map_or(1, |progress| progress.at).clamp(1, self.steps(at).max(1));
        Route::Lesson { id: lesson.id.clone(), step, place: Place::Unsaid }.href()
    }

    /// How many steps of the lesson have passed.
    pub fn steps_done(&self, at: usize) -> usize {
        self.progress.get(at).map_or(0, |progress| progress.passed.len())
    }

    fn steps(&self, at: usize) -> usize {
        self.lessons.get(at).map_or(0, |lesson| lesson.steps.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::lesson::OutlineStep;

    fn outline(id: &str, track: &str, index_in_track: usize) -> Outline {
        let steps = vec![OutlineStep::default(), OutlineStep::default()];
        Outline {
            id: id.into(),
            track: track.into(),
            index_in_track,
            steps,
            minutes: 8,
            ..Outline::default()
        }
    }

    fn passed(steps: &[&str]) -> Progress {
        Progress { passed: steps.iter().map(|&step| step.to_owned()).collect(), at: steps.len() }
    }

    #[test]
    fn lessons_stand_in_their_places_of_the_syllabus() {
        let lessons = Rc::new(vec![outline("put", "s3", 2), outline("own", "mine", 1)]);
        let way = Way::with(lessons.clone(), vec![Progress::default(); 2], None);
        let tracks = way.tracks();
        let (_, s3) = tracks.iter().find(|(track, _)| *track == "s3").unwrap();
        assert_eq!(s3.first(), Some(&Entry::ToCome("Buckets and their names")));
        assert!(matches!(s3.get(1), Some(Entry::There(0, lesson)) if lesson.id == "put"));
        assert!(tracks.iter().any(|(track, entries)| *track == "mine" && entries.len() == 1));
        assert_eq!(way.done(), (0, 49));
    }

    #[test]
    fn the_star_stands_at_the_lesson_that_was_left_or_at_the_next() {
        let lessons = Rc::new(vec![outline("a", "s3", 1), outline("b", "s3", 2)]);
        let with = |progress: Vec<Progress>, last| Way::with(lessons.clone(), progress, last);
        let left = with(vec![Progress::default(), passed(&["x"])], Some("b"));
        assert_eq!(left.now().unwrap().id, "b");
        assert!(left.begun());
        let done = with(vec![Progress::default(), passed(&["x", "y"])], Some("b"));
        assert_eq!(done.now().unwrap().id, "a", "a lesson that is done is not gone on with");
        assert_eq!(done.standing(1), Standing::Done);
    }
}
