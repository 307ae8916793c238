//! The learner's way through the lessons: what is done, where the star stands, what comes next.

use std::rc::Rc;

use crate::route::{Place, Route};
use crate::state::lesson::Outline;
use crate::state::progress::{Progress, last_lesson};

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

impl Way {
    /// Reads the progress of each lesson.
    pub fn through(lessons: Rc<Vec<Outline>>) -> Self {
        let progress: Vec<Progress> =
            lessons.iter().map(|lesson| Progress::of(&lesson.id)).collect();
        let is_done = |at: usize| {
            let passed = progress.get(at).map_or(0, |progress| progress.passed.len());
            lessons
                .get(at)
                .is_some_and(|lesson| !lesson.steps.is_empty() && passed >= lesson.steps.len())
        };
        let last = last_lesson().and_then(|id| lessons.iter().position(|lesson| lesson.id == id));
        let now =
            last.filter(|at| !is_done(*at)).or_else(|| (0..lessons.len()).find(|at| !is_done(*at)));
        Self { progress: Rc::new(progress), lessons, now }
    }

    /// The tracks in order, each with its lessons.
    pub fn tracks(&self) -> Vec<(String, Vec<(usize, &Outline)>)> {
        let mut tracks: Vec<(String, Vec<(usize, &Outline)>)> = vec![];
        for (at, lesson) in self.lessons.iter().enumerate() {
            match tracks.iter_mut().find(|(track, _)| *track == lesson.track) {
                Some((_, of)) => of.push((at, lesson)),
                None => tracks.push((lesson.track.clone(), vec![(at, lesson)])),
            }
        }
        tracks
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

    /// How many lessons are done, of how many.
    pub fn done(&self) -> (usize, usize) {
        let done =
            (0..self.lessons.len()).filter(|at| self.standing(*at) == Standing::Done).count();
        (done, self.lessons.len())
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
