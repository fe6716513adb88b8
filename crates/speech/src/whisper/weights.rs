//! Reads `model.bin` of CTranslate2: the version of the format (6), the name of the kind of model, its revision, then the
//! tensors. All numbers are little-endian.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

use anyhow::{Context, Result, bail, ensure};
use candle_core::{DType, Device, Tensor};

/// The version of the file format that is understood.
const VERSION: u32 = 6;

/// The most tensors, the most dimensions of one and the most bytes: more is no such file.
const MOST_TENSORS: u32 = 10_000;
const MOST_DIMENSIONS: u8 = 4;
const MOST_BYTES: u32 = 1 << 30;

/// Numbers that stand for types of values.
const F32: u8 = 0;
const F16: u8 = 4;

/// The tensors of a model by their names.
pub struct Weights(HashMap<String, Tensor>);

impl Weights {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, breaks off, or is not of this format.
    pub fn read(path: &Path, device: &Device) -> Result<Self> {
        let mut file = BufReader::new(File::open(path)?);
        let version = number(&mut file)?;
        ensure!(version == VERSION, "its format has version {version}, not {VERSION}");
        name(&mut file)?;
        number(&mut file)?;
        let count = number(&mut file)?;
        ensure!(count <= MOST_TENSORS, "{count} tensors");
        let mut tensors = HashMap::new();
        for _ in 0..count {
            let name = name(&mut file)?;
            let tensor = tensor(&mut file, device).with_context(|| format!("tensor {name}"))?;
            // Numbers that are no weights, such as the number of heads, have other types.
            if let Some(tensor) = tensor {
                tensors.insert(name, tensor);
            }
        }
        Ok(Self(tensors))
    }

    /// A tensor by its name.
    ///
    /// # Errors
    /// When there is none.
    pub fn get(&self, name: &str) -> Result<Tensor> {
        self.0.get(name).cloned().with_context(|| format!("the model has no {name}"))
    }

    /// How many layers there are under a name that ends with the layer's number.
    pub fn layers(&self, prefix: &str) -> usize {
        let has = |layer: &usize| self.0.contains_key(&format!("{prefix}{layer}/ffn/linear_0/weight"));
        (0..).take_while(has).count()
    }
}

fn tensor(file: &mut impl Read, device: &Device) -> Result<Option<Tensor>> {
    let dimensions = byte(file)?;
    ensure!(dimensions <= MOST_DIMENSIONS, "{dimensions} dimensions");
    let shape: Vec<usize> = (0..dimensions).map(|_| Ok(number(file)? as usize)).collect::<Result<_>>()?;
    let kind = byte(file)?;
    let length = number(file)?;
    ensure!(length <= MOST_BYTES, "{length} bytes");
    let mut data = vec![0; length as usize];
    file.read_exact(&mut data)?;
    let kind = match kind {
        F32 => DType::F32,
        F16 => DType::F16,
        _ => return Ok(None),
    };
    let Some(values) = shape.iter().try_fold(1_usize, |all, one| all.checked_mul(*one)) else {
        bail!("impossible dimensions {shape:?}");
    };
    ensure!(values.checked_mul(kind.size_in_bytes()) == Some(data.len()), "{shape:?} in {length} bytes");
    // Processors compute with single precision faster than with half.
    Ok(Some(Tensor::from_raw_buffer(&data, kind, &shape, device)?.to_dtype(DType::F32)?))
}

fn byte(file: &mut impl Read) -> Result<u8> {
    let mut bytes = [0; 1];
    file.read_exact(&mut bytes)?;
    Ok(bytes[0])
}

fn number(file: &mut impl Read) -> Result<u32> {
    let mut bytes = [0; 4];
    file.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

/// A name has its length, two bytes, before it, and a zero at its end.
fn name(file: &mut impl Read) -> Result<String> {
    let mut length = [0; 2];
    file.read_exact(&mut length)?;
    let mut bytes = vec![0; u16::from_le_bytes(length).into()];
    file.read_exact(&mut bytes)?;
    Ok(String::from_utf8(bytes)?.trim_end_matches('\0').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with one tensor in half precision and one number that is no weight.
    fn file() -> Vec<u8> {
        let mut bytes = 6_u32.to_le_bytes().to_vec();
        let name = |bytes: &mut Vec<u8>, name: &str| {
            bytes.extend((name.len() as u16 + 1).to_le_bytes());
            bytes.extend(name.as_bytes());
            bytes.push(0);
        };
        name(&mut bytes, "WhisperSpec");
        bytes.extend([3_u32, 2].iter().flat_map(|number| number.to_le_bytes()));
        name(&mut bytes, "decoder/layer_0/ffn/linear_0/weight");
        bytes.push(2);
        bytes.extend([1_u32, 2].iter().flat_map(|number| number.to_le_bytes()));
        bytes.push(F16);
        bytes.extend(4_u32.to_le_bytes());
        bytes.extend([0x00, 0x3c, 0x00, 0xc0]);
        name(&mut bytes, "decoder/num_heads");
        bytes.extend([0, 2]);
        bytes.extend(2_u32.to_le_bytes());
        bytes.extend([8, 0]);
        bytes
    }

    fn read(name: &str, bytes: &[u8]) -> Result<Weights> {
        let path = std::env::temp_dir().join(format!("rapport-{}-{name}.bin", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        let weights = Weights::read(&path, &Device::Cpu);
        std::fs::remove_file(path).unwrap();
        weights
    }

    #[test]
    fn tensors_are_read_by_name() {
        let weights = read("whole", &file()).unwrap();
        let tensor = weights.get("decoder/layer_0/ffn/linear_0/weight").unwrap();
        assert_eq!(tensor.to_vec2::<f32>().unwrap(), [[1.0, -2.0]]);
        assert_eq!(weights.layers("decoder/layer_"), 1);
        assert!(weights.get("decoder/num_heads").is_err());
    }

    #[test]
    fn a_broken_file_is_an_error() {
        let file = file();
        for end in 0..file.len() {
            assert!(read("broken", &file[..end]).is_err(), "cut after {end} bytes");
        }
        let mut other = file;
        other[0] = 5;
        assert!(read("other", &other).is_err());
    }
}
