//! Where the models lie.

use std::path::PathBuf;

/// The folder of the models.
pub struct Folder(PathBuf);

impl Folder {
    /// A folder as `cargo xtask speech` makes it. Nothing has to be there.
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// The folder of Whisper's model: `model.bin`, `config.json` and `vocabulary.json` of CTranslate2.
    pub fn whisper(&self) -> PathBuf {
        self.0.join("whisper-base")
    }

    /// The name of the speech model, when it is there.
    pub fn speech_model(&self) -> Option<String> {
        let folder = self.whisper();
        let name = folder.file_name()?.to_str()?.to_owned();
        folder.join("model.bin").is_file().then_some(name)
    }

    /// The weights of the speaker encoder, in PyTorch's file format of before 2020.
    pub fn speaker_encoder(&self) -> PathBuf {
        self.0.join("speaker-encoder/pretrained.pt")
    }
}
