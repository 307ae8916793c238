//! What a bucket holds: finding it, and changing it so that the sums stay right.

use std::sync::Arc;
use std::time::Duration;

use cloudarium_env::{Rng, Timestamp};
use imbl::OrdMap;

use crate::access::model::BucketAccess;
use crate::error::Error;
use crate::model::{
    Aborted, Bucket, Completed, Content, NULL, Object, Part, StorageClass, Sums, Upload,
    UploadPlace, Version, Versioning, Versions,
};
use crate::sweep::Swept;
use crate::{name, opaque_id};

/// How long the answer to a completed or aborted upload is repeated.
/// guess: AWS says that it repeats it, not for how long; some hours were seen.
const REPEATS_FOR: Duration = Duration::from_hours(1);

/// How many such answers of either kind a bucket keeps at most.
const ENDED_MAX: usize = 1000;

/// What a deletion did.
#[derive(Debug, Default)]
pub struct Deletion {
    /// `x-amz-version-id`: of the delete marker that was made, or of what was deleted.
    pub version_id: Option<Arc<str>>,
    /// Whether a delete marker was made.
    pub marked: bool,
    /// Whether a version was named.
    pub of_version: bool,
    /// What is gone.
    pub removed: Option<Arc<Version>>,
}

impl Bucket {
    /// An empty bucket.
    pub fn new(owner: String, region: String, created: Timestamp) -> Self {
        Self {
            access: Arc::new(BucketAccess::of_new_bucket(&owner)),
            owner,
            region,
            location_constraint: None,
            created,
            versioning: None,
            object_lock: None,
            keys: OrdMap::new(),
            uploads: OrdMap::new(),
            completed: OrdMap::new(),
            aborted: OrdMap::new(),
            config: Arc::default(),
            lifecycle_timer: None,
            swept: Swept::default(),
            sums: Sums::default(),
        }
    }

    /// The current object of `key`.
    pub fn current(&self, key: &str) -> Option<(&Version, &Object)> {
        let version = self.keys.get(key)?.newest.as_ref();
        version.object().map(|object| (version, object))
    }

    /// What a `GET` is for: the current object, or the version that is named.
    pub fn object(&self, key: &str, version: Option<&str>) -> Result<(&Version, &Object), Error> {
        self.object_for("GET", key, version)
    }

    /// The object that a request by `method` is for.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html>
    pub fn object_for(
        &self,
        method: &str,
        key: &str,
        version: Option<&str>,
    ) -> Result<(&Version, &Object), Error> {
        let found = self.version(key, version)?;
        match (found.object(), version) {
            (Some(object), _) => Ok((found, object)),
            (None, None) => {
                Err(Error::NoSuchKey { key: key.to_owned(), marker: found.shown_id().to_owned() })
            }
            (None, Some(_)) => Err(Error::MethodNotAllowed {
                method: method.to_owned(),
                resource: "DeleteMarker".to_owned(),
                marker: found.shown_id().to_owned(),
                modified: found.modified.http_date(),
            }),
        }
    }

    /// The current version of `key`, or the one that is named; it may be a delete marker.
    pub fn version(&self, key: &str, version: Option<&str>) -> Result<&Version, Error> {
        name::check_key(key)?;
        let versions = self.keys.get(key);
        match version {
            None => versions
                .map(|versions| versions.newest.as_ref())
                .ok_or_else(|| Error::no_such_key(key)),
            Some(id) => {
                check_version_id(id)?;
                let found = versions.and_then(|versions| versions.get(id));
                found.map(Arc::as_ref).ok_or_else(|| Error::NoSuchVersion {
                    key: key.to_owned(),
                    version: id.to_owned(),
                })
            }
        }
    }

    /// `x-amz-version-id` of an answer about `version`: buckets that never had versioning do not
    /// speak of versions.
    pub fn shown_id(&self, version: &Version) -> Option<String> {
        self.versioning.map(|_| version.shown_id().to_owned())
    }

    /// Changes an object where it is, without a new version.
    pub fn object_mut(&mut self, key: &str, number: u64) -> Option<&mut Object> {
        self.keys.get_mut(key)?.get_mut(number)?.object_mut()
    }

    /// Writes an object: a new version, or in place of the null version. Gives the new version's
    /// id where the answer tells it: in a bucket with versioning suspended it does not.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html#API_PutObject_Examples>
    pub fn put(
        &mut self,
        key: &str,
        object: Object,
        modified: Timestamp,
        rng: &mut Rng,
    ) -> Option<Arc<str>> {
        self.write(key, Content::Object(object), modified, rng).0
    }

    fn write(
        &mut self,
        key: &str,
        content: Content,
        modified: Timestamp,
        rng: &mut Rng,
    ) -> (Option<Arc<str>>, Option<Arc<Version>>) {
        let keeps = self.versioning == Some(Versioning::Enabled);
        let mut id = |number| {
            keeps.then(|| Arc::from(opaque_id::make(rng, number, opaque_id::VERSION_CHARS)))
        };
        let was_current = self.current(key).is_some();
        let replaced = if self.versioning.is_some()
            && let Some(versions) = self.keys.get_mut(key)
        {
            versions.write(id, content, modified)
        } else {
            let version = Version { number: 0, id: id(0), modified, content };
            let before = self.keys.insert(Arc::from(key), Versions::only(version));
            before.map(|versions| versions.newest)
        };
        if let Some(replaced) = &replaced {
            self.sums.take(replaced);
        }
        let newest = self.keys.get(key).map(|versions| versions.newest.clone());
        if let Some(newest) = &newest {
            self.sums.add(newest);
        }
        self.count_current(key, was_current);
        (newest.and_then(|newest| newest.id.clone()), replaced)
    }

    /// Deletes: without an id by a delete marker where the bucket keeps versions, with one for good.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html>
    pub fn delete(
        &mut self,
        key: &str,
        id: Option<&str>,
        modified: Timestamp,
        rng: &mut Rng,
    ) -> Result<Deletion, Error> {
        if let Some(id) = id {
            check_version_id(id)?;
            let removed = self.remove(key, id);
            return Ok(Deletion {
                version_id: Some(Arc::from(id)),
                marked: false,
                of_version: true,
                removed,
            });
        }
        if self.versioning.is_none() {
            let removed = self.remove(key, NULL);
            return Ok(Deletion { removed, ..Deletion::default() });
        }
        let (id, removed) = self.write(key, Content::DeleteMarker, modified, rng);
        let version_id = id.unwrap_or_else(|| Arc::from(NULL));
        Ok(Deletion { version_id: Some(version_id), marked: true, of_version: false, removed })
    }

    /// Takes one version away for good.
    pub fn remove(&mut self, key: &str, id: &str) -> Option<Arc<Version>> {
        let was_current = self.current(key).is_some();
        let number = self.keys.get(key)?.get(id)?.number;
        let removed = match self.keys.get_mut(key)?.remove(number) {
            Ok(removed) => removed?,
            Err(only) => {
                self.keys.remove(key);
                only
            }
        };
        self.sums.take(&removed);
        self.count_current(key, was_current);
        Some(removed)
    }

    fn count_current(&mut self, key: &str, was_current: bool) {
        match (was_current, self.current(key).is_some()) {
            (true, false) => self.sums.objects -= 1,
            (false, true) => self.sums.objects += 1,
            _ => {}
        }
    }

    /// Begins an upload; gives its id.
    pub fn begin_upload(
        &mut self,
        key: &str,
        rng: &mut Rng,
        make: impl FnOnce(Arc<str>) -> Upload,
    ) -> Arc<str> {
        let key: Arc<str> = Arc::from(key);
        let place = |number| UploadPlace { key: key.clone(), number };
        let last = self.uploads.range(place(0)..=place(u64::MAX)).next_back();
        let number = last.map_or(0, |(last, _)| last.number + 1);
        let id: Arc<str> = Arc::from(opaque_id::make(rng, number, opaque_id::UPLOAD_CHARS));
        self.uploads.insert(place(number), make(id.clone()));
        id
    }

    /// The upload that a request is for, and where it is.
    pub fn upload(&self, key: &str, id: &str) -> Result<(UploadPlace, &Upload), Error> {
        let found = opaque_id::number(id).and_then(|number| {
            let place = UploadPlace { key: Arc::from(key), number };
            let upload = self.uploads.get(&place)?;
            (upload.id.as_ref() == id).then_some((place, upload))
        });
        found.ok_or_else(|| Error::NoSuchUpload { upload_id: id.to_owned() })
    }

    /// Adds a part, or puts it in the place of the one with its number.
    pub fn put_part(&mut self, place: &UploadPlace, number: u32, part: Part) {
        let Some(upload) = self.uploads.get_mut(place) else { return };
        let (class, bytes) = (upload.paid_as(), part.blob.length);
        let replaced = upload.parts.insert(number, part).map_or(0, |part| part.blob.length);
        self.sums.add_class(class, bytes);
        self.sums.take_class(class, replaced);
    }

    /// Ends an upload: its parts are no longer kept for it.
    pub fn end_upload(&mut self, place: &UploadPlace) -> Option<Upload> {
        let upload = self.uploads.remove(place)?;
        self.sums.take_class(upload.paid_as(), upload.bytes());
        Some(upload)
    }

    /// How the upload of an id ended, if it was completed a short while ago.
    pub fn completed(&self, key: &str, id: &str, now: Timestamp) -> Option<&Completed> {
        let place = UploadPlace { key: Arc::from(key), number: opaque_id::number(id)? };
        let found = self.completed.get(&place).filter(|it| it.id.as_ref() == id)?;
        (now.since(found.at) < REPEATS_FOR).then_some(found)
    }

    /// Notes how an upload ended, and at times forgets those that ended before.
    pub fn note_completed(&mut self, place: UploadPlace, completed: Completed) {
        if self.completed.len() >= ENDED_MAX {
            self.completed.clear();
        }
        self.completed.insert(place, completed);
    }

    /// Aborts an upload. One that ended a short while ago, by this or by its completion, is taken for
    /// aborted.
    /// <https://github.com/minio/minio/issues/2250>
    pub fn abort_upload(&mut self, key: &str, id: &str, now: Timestamp) -> Result<(), Error> {
        match self.upload(key, id).map(|(place, _)| place) {
            Ok(place) => {
                self.end_upload(&place);
                if self.aborted.len() >= ENDED_MAX {
                    self.aborted.clear();
                }
                self.aborted.insert(place, Aborted { id: Arc::from(id), at: now });
                Ok(())
            }
            Err(_) if self.completed(key, id, now).is_some() || self.is_aborted(key, id, now) => {
                Ok(())
            }
            Err(gone) => Err(gone),
        }
    }

    fn is_aborted(&self, key: &str, id: &str, now: Timestamp) -> bool {
        let Some(number) = opaque_id::number(id) else { return false };
        let found = self.aborted.get(&UploadPlace { key: Arc::from(key), number });
        found.is_some_and(|it| it.id.as_ref() == id && now.since(it.at) < REPEATS_FOR)
    }

    /// Counts [`Bucket::sums`] anew, after loading, which does not keep them.
    pub fn count(&mut self) {
        let mut sums = Sums::default();
        for versions in self.keys.values() {
            versions.all().for_each(|version| sums.add(version));
            sums.objects += usize::from(versions.newest.object().is_some());
        }
        for upload in self.uploads.values() {
            sums.add_class(upload.paid_as(), upload.bytes());
        }
        self.sums = sums;
    }
}

impl Sums {
    fn add(&mut self, version: &Version) {
        self.versions += 1;
        if let Some(object) = version.object() {
            self.bytes += object.size;
            self.add_class(object.storage_class, object.size);
        }
    }

    fn take(&mut self, version: &Version) {
        self.versions -= 1;
        if let Some(object) = version.object() {
            self.bytes -= object.size;
            self.take_class(object.storage_class, object.size);
        }
    }

    /// Adds bytes to those of a class.
    pub fn add_class(&mut self, class: StorageClass, bytes: u64) {
        if bytes > 0 {
            *self.class_bytes.entry(class).or_default() += bytes;
        }
    }

    /// Takes bytes from those of a class.
    pub fn take_class(&mut self, class: StorageClass, bytes: u64) {
        let Some(sum) = self.class_bytes.get_mut(&class) else { return };
        *sum = sum.saturating_sub(bytes);
        if *sum == 0 {
            self.class_bytes.remove(&class);
        }
    }
}

/// A version id is `null`, or one that this cloud gave out; anything else S3 refuses as malformed.
pub fn check_version_id(id: &str) -> Result<(), Error> {
    let given = id.len() == opaque_id::VERSION_CHARS && opaque_id::number(id).is_some();
    if id == NULL || given {
        return Ok(());
    }
    if id.is_empty() {
        return Err(Error::argument("Version id cannot be the empty string", "versionId", id));
    }
    Err(Error::argument("Invalid version id specified", "versionId", id))
}
