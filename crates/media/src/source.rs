//! Reading a file whose contents nobody vouches for: whatever its headers make the reader do, it reads a bounded number
//! of bytes at a time and stops when its time is over.

use std::{
    io::{self, Read, Seek, SeekFrom},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Instant,
};

use symphonia::core::io::MediaSource;

use crate::{
    Limits, MediaError,
    survey::{Correction, Survey},
};

/// Where a recording is read from: a file, or bytes in a cursor.
pub trait Source: Read + Seek + Send + Sync {}

impl<T: Read + Seek + Send + Sync> Source for T {}

/// What a [`Guarded`] source and the loop that drives it share.
#[derive(Debug)]
pub(crate) struct Guard {
    limits: Limits,
    deadline: Option<Instant>,
    /// Bytes that may still be read in this step.
    allowance: AtomicU64,
    late: AtomicBool,
    greedy: AtomicBool,
}

impl Guard {
    pub(crate) fn new(limits: &Limits) -> Arc<Self> {
        Arc::new(Self {
            limits: limits.clone(),
            deadline: Instant::now().checked_add(limits.patience),
            allowance: AtomicU64::new(limits.most_memory),
            late: AtomicBool::new(false),
            greedy: AtomicBool::new(false),
        })
    }

    /// A new step begins, such as the next packet: what was read for the one before is no longer held.
    pub(crate) fn step(&self) -> Result<(), MediaError> {
        self.allowance.store(self.limits.most_memory, Ordering::Relaxed);
        self.in_time()
            .map_err(|_| self.breach().unwrap_or(MediaError::TooSlow { patience: self.limits.patience }))
    }

    /// Which limit was broken, if one was.
    pub(crate) fn breach(&self) -> Option<MediaError> {
        if self.late.load(Ordering::Relaxed) {
            return Some(MediaError::TooSlow { patience: self.limits.patience });
        }
        self.greedy
            .load(Ordering::Relaxed)
            .then_some(MediaError::TooMuchMemory { most: self.limits.most_memory })
    }

    fn in_time(&self) -> io::Result<()> {
        if self.deadline.is_some_and(|deadline| Instant::now() > deadline) {
            self.late.store(true, Ordering::Relaxed);
            return Err(io::Error::other("out of time"));
        }
        Ok(())
    }

    fn spend(&self, bytes: usize) -> io::Result<()> {
        self.in_time()?;
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let spent =
            self.allowance.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes));
        if spent.is_err() {
            self.greedy.store(true, Ordering::Relaxed);
            return Err(io::Error::other("too much at once"));
        }
        Ok(())
    }
}

/// A source behind a [`Guard`].
pub(crate) struct Guarded<S> {
    inner: S,
    length: u64,
    seekable: bool,
    guard: Arc<Guard>,
    position: u64,
    corrections: Vec<Correction>,
}

impl<S: Source> Guarded<S> {
    /// Wraps a source of a known length in bytes, from the given position on. One that is not `seekable` is read from
    /// there to its end. What is corrected is read as if it stood in the file.
    pub(crate) fn new(
        mut inner: S,
        length: u64,
        survey: Survey,
        seekable: bool,
        guard: Arc<Guard>,
    ) -> io::Result<Self> {
        let position = inner.seek(SeekFrom::Start(survey.start))?;
        Ok(Self { inner, length, seekable, guard, position, corrections: survey.corrections })
    }

    /// Puts the corrections into what was read.
    fn correct(&self, read: &mut [u8]) {
        for (start, bytes) in &self.corrections {
            for (place, byte) in (*start..).zip(bytes) {
                let at = place.checked_sub(self.position).and_then(|at| usize::try_from(at).ok());
                if let Some(target) = at.and_then(|at| read.get_mut(at)) {
                    *target = *byte;
                }
            }
        }
    }
}

impl<S: Source> Read for Guarded<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.inner.read(buffer)?;
        self.guard.spend(bytes)?;
        self.correct(buffer.get_mut(..bytes).unwrap_or_default());
        self.position += bytes as u64;
        Ok(bytes)
    }
}

impl<S: Source> Seek for Guarded<S> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.guard.in_time()?;
        self.position = self.inner.seek(to)?;
        Ok(self.position)
    }
}

impl<S: Source> MediaSource for Guarded<S> {
    fn is_seekable(&self) -> bool {
        self.seekable
    }

    fn byte_len(&self) -> Option<u64> {
        self.seekable.then_some(self.length)
    }
}
