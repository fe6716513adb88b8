//! The worker `rapport-speech`: a speech model in a process of its own, so that it can be stopped at any time, and its
//! memory goes when it does.

use std::{io, path::PathBuf, process::Stdio, sync::OnceLock, time::Duration};

use futures_util::future::{BoxFuture, FutureExt};
use speech_protocol::{MOST_JSON, Reply, Request, encode_request};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, ChildStdin, ChildStdout, Command},
    sync::Mutex,
    time::timeout,
};

use crate::{Engine, EngineState, EngineStatus, Error, Language, SpeakerEncoder, Text};

/// Where the worker is.
#[derive(Debug, Clone)]
pub struct WorkerSettings {
    /// The program `rapport-speech`.
    pub program: PathBuf,
    /// The folder of its models, as `cargo xtask speech` makes it.
    pub models: PathBuf,
    /// Longest wait for one utterance, and for the model to be loaded before the first.
    pub timeout: Duration,
}

/// An engine and speaker encoder in a process of its own, which is started at first need, asked for one utterance at a time,
/// killed when it does not answer in time or is no longer waited for, and started again at the next request.
#[derive(Debug)]
pub struct Worker {
    settings: WorkerSettings,
    process: Mutex<Option<Process>>,
    /// The model, once it was told.
    model: OnceLock<String>,
}

/// Dropping it kills it.
#[derive(Debug)]
struct Process {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
}

impl Worker {
    /// Starts nothing yet.
    pub fn new(settings: WorkerSettings) -> Self {
        Self { settings, process: Mutex::new(None), model: OnceLock::new() }
    }

    /// The worker's process, while it runs.
    pub async fn process_id(&self) -> Option<u32> {
        self.process.lock().await.as_ref().and_then(|process| process.child.id())
    }

    /// Sends a request and waits for its reply.
    ///
    /// While it is under way the process belongs to this future alone: when that is dropped or fails, the process is
    /// killed, and nobody can take the reply to one request for the reply to another.
    async fn ask(&self, request: &Request, samples: &[f32]) -> Result<Reply, Error> {
        let frame =
            encode_request(request, samples).map_err(|error| Error::Refused { reason: error.to_string() })?;
        let mut slot = self.process.lock().await;
        let mut process = match slot.take().and_then(Process::still_runs) {
            Some(process) => process,
            None => self.start()?,
        };
        let limit = self.settings.timeout;
        let reply = match timeout(limit, process.exchange(&frame)).await {
            Ok(Ok(reply)) => reply,
            Ok(Err(error)) => return Err(Error::unreachable(format!("the worker broke off: {error}"))),
            Err(_) => {
                let seconds = limit.as_secs_f32();
                return Err(Error::unreachable(format!("the worker gave no answer within {seconds} s")));
            }
        };
        *slot = Some(process);
        match reply {
            Reply::Failed { reason } => Err(Error::Refused { reason }),
            reply => Ok(reply),
        }
    }

    fn start(&self) -> Result<Process, Error> {
        // Nobody waits for a transcript as for a page: the server goes first.
        let mut command = Command::new("nice");
        command.args(["-n", "10"]).arg(&self.settings.program).arg("--models").arg(&self.settings.models);
        // More threads took as much processor time again and were no faster (measured on two processors).
        command.env("RAYON_NUM_THREADS", "1");
        // What it complains about goes to the log of the server.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).kill_on_drop(true);
        let program = self.settings.program.display();
        let cannot = |error: io::Error| Error::unreachable(format!("cannot start {program}: {error}"));
        let mut child = command.spawn().map_err(cannot)?;
        let missing = || Error::unreachable("the worker has no input or output");
        let input = child.stdin.take().ok_or_else(missing)?;
        let output = child.stdout.take().ok_or_else(missing)?;
        Ok(Process { child, input, output })
    }
}

impl Process {
    /// The process, unless it has ended: it does so by itself when it had nothing to do for a while.
    fn still_runs(mut self) -> Option<Self> {
        matches!(self.child.try_wait(), Ok(None)).then_some(self)
    }

    async fn exchange(&mut self, frame: &[u8]) -> io::Result<Reply> {
        self.input.write_all(frame).await?;
        self.input.flush().await?;
        let length = self.output.read_u32_le().await? as usize;
        if length > MOST_JSON {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the reply is too long"));
        }
        let mut json = vec![0; length];
        self.output.read_exact(&mut json).await?;
        Ok(serde_json::from_slice(&json)?)
    }
}

fn unexpected(reply: &Reply) -> Error {
    Error::unreachable(format!("the worker answered something else: {reply:?}"))
}

impl Engine for Worker {
    fn name(&self) -> &'static str {
        "worker"
    }

    fn status(&self) -> BoxFuture<'_, EngineStatus> {
        async {
            if !self.settings.program.exists() {
                let reason = format!("{} is not installed", self.settings.program.display());
                return EngineStatus { state: EngineState::NotConfigured { reason }, model: None };
            }
            // While it works on an utterance it cannot answer, and works.
            if let (Err(_), Some(model)) = (self.process.try_lock(), self.model.get()) {
                return EngineStatus { state: EngineState::Configured, model: Some(model.clone()) };
            }
            let (state, model) = match self.ask(&Request::Status, &[]).await {
                Ok(Reply::Status { model: Some(model), .. }) => {
                    (EngineState::Configured, Some(self.model.get_or_init(|| model).clone()))
                }
                Ok(Reply::Status { model: None, .. }) => {
                    let reason = format!("there is no speech model in {}", self.settings.models.display());
                    (EngineState::NotConfigured { reason }, None)
                }
                Ok(reply) => (EngineState::Unreachable { reason: unexpected(&reply).to_string() }, None),
                Err(error) => (EngineState::Unreachable { reason: error.to_string() }, None),
            };
            EngineStatus { state, model }
        }
        .boxed()
    }

    fn detect_language<'a>(&'a self, speech: &'a [f32]) -> BoxFuture<'a, Result<Option<Language>, Error>> {
        async {
            match self.ask(&Request::DetectLanguage, speech).await? {
                Reply::Language { language, .. } => Ok(Language::named(&language)),
                reply => Err(unexpected(&reply)),
            }
        }
        .boxed()
    }

    fn transcribe<'a>(
        &'a self,
        speech: &'a [f32],
        language: Option<&'a Language>,
    ) -> BoxFuture<'a, Result<Text, Error>> {
        async move {
            let language = language.map(|language| language.code().to_owned());
            match self.ask(&Request::Transcribe { language }, speech).await? {
                Reply::Text { text, language, confidence, no_speech } => Ok(Text {
                    text,
                    language: language.as_deref().and_then(Language::named),
                    words: Vec::new(),
                    confidence: Some(confidence),
                    no_speech: Some(no_speech),
                }),
                reply => Err(unexpected(&reply)),
            }
        }
        .boxed()
    }
}

impl SpeakerEncoder for Worker {
    fn is_ready(&self) -> BoxFuture<'_, bool> {
        async {
            self.settings.program.exists()
                && matches!(
                    self.ask(&Request::Status, &[]).await,
                    Ok(Reply::Status { speaker_encoder: true, .. })
                )
        }
        .boxed()
    }

    fn embed<'a>(&'a self, speech: &'a [f32]) -> BoxFuture<'a, Result<Vec<f32>, Error>> {
        async {
            match self.ask(&Request::EmbedSpeaker, speech).await? {
                Reply::Speaker { embedding } => Ok(embedding),
                reply => Err(unexpected(&reply)),
            }
        }
        .boxed()
    }
}
