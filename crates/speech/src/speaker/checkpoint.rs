//! Reads what PyTorch saved before version 1.6 (2020): a row of pickles, which tell where each tensor lies in which storage,
//! and behind them the storages, each with its count of values before it. candle reads the later format only, which is
//! a zip archive, but its reader of pickles serves here too. It makes plain values of them, and calls nothing.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

use anyhow::{Context, Result, bail, ensure};
use candle_core::{
    Device, Tensor,
    pickle::{Object, Stack},
};

/// The pickle of PyTorch's magic number, which begins every such file.
const MAGIC: [u8; 15] =
    [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];

/// Bytes of a value; only storages of single precision are understood.
const VALUE: usize = size_of::<f32>();

/// The most bytes of a storage: more is no such file.
const MOST_BYTES: usize = 1 << 28;

/// Where a tensor lies.
struct Place {
    storage: String,
    offset: usize,
    shape: Vec<usize>,
}

/// The tensors of the dictionary that stands under a key, by their names.
///
/// # Errors
/// When the file cannot be read, breaks off, or is not of this format.
pub fn tensors(path: &Path, key: &str, device: &Device) -> Result<HashMap<String, Tensor>> {
    let mut file = BufReader::new(File::open(path)?);
    let mut magic = [0; MAGIC.len()];
    file.read_exact(&mut magic)?;
    ensure!(magic == MAGIC, "it was not saved by PyTorch before version 1.6");
    // The version of the format, and sizes of the machine's types.
    for _ in 0..2 {
        pickle(&mut file)?;
    }
    let saved = dictionary(pickle(&mut file)?)?.into_iter().find(|(name, _)| name == key);
    let (_, saved) = saved.with_context(|| format!("it has no {key}"))?;
    let places: Vec<(String, Place)> = dictionary(saved)?
        .into_iter()
        .filter_map(|(name, object)| Some((name, place(object).transpose()?)))
        .map(|(name, place)| Ok((name, place?)))
        .collect::<Result<_>>()?;
    let storages = storages(&mut file)?;
    places.into_iter().map(|(name, place)| Ok((name, tensor(&place, &storages, device)?))).collect()
}

fn pickle(file: &mut BufReader<File>) -> Result<Object> {
    let mut stack = Stack::empty();
    stack.read_loop(file)?;
    Ok(stack.finalize()?)
}

fn dictionary(object: Object) -> Result<Vec<(String, Object)>> {
    let Object::Dict(entries) = object else { bail!("no dictionary") };
    Ok(entries
        .into_iter()
        .filter_map(|(name, value)| match name {
            Object::Unicode(name) => Some((name, value)),
            _ => None,
        })
        .collect())
}

/// Where a tensor lies; nothing when the object is none.
fn place(object: Object) -> Result<Option<Place>> {
    let Object::Reduce { callable, args } = object else { return Ok(None) };
    if !matches!(&*callable, Object::Class { class_name, .. } if class_name == "_rebuild_tensor_v2") {
        return Ok(None);
    }
    let Object::Tuple(args) = *args else { bail!("a tensor without a place") };
    let [
        Object::PersistentLoad(storage),
        Object::Int(offset),
        Object::Tuple(shape),
        Object::Tuple(strides),
        ..,
    ] = args.as_slice()
    else {
        bail!("a tensor without a place");
    };
    let Object::Tuple(storage) = &**storage else { bail!("a tensor without a storage") };
    let [_, Object::Class { class_name, .. }, Object::Unicode(name), ..] = storage.as_slice() else {
        bail!("a tensor without a storage");
    };
    ensure!(class_name == "FloatStorage", "a {class_name}");
    let (shape, strides) = (sizes(shape)?, sizes(strides)?);
    ensure!(strides == rows(&shape), "strides {strides:?} for {shape:?}");
    Ok(Some(Place { storage: name.clone(), offset: usize::try_from(*offset)?, shape }))
}

/// Steps along each dimension from one value to the next, where rows lie one behind the other.
fn rows(shape: &[usize]) -> Vec<usize> {
    let mut step: usize = 1;
    let mut steps: Vec<usize> = Vec::new();
    for size in shape.iter().rev() {
        steps.push(step);
        step = step.saturating_mul(*size);
    }
    steps.reverse();
    steps
}

fn sizes(objects: &[Object]) -> Result<Vec<usize>> {
    objects
        .iter()
        .map(|object| match object {
            Object::Int(size) => Ok(usize::try_from(*size)?),
            _ => bail!("no size"),
        })
        .collect()
}

fn storages(file: &mut BufReader<File>) -> Result<HashMap<String, Vec<u8>>> {
    let Object::List(names) = pickle(file)? else { bail!("no list of storages") };
    let mut storages = HashMap::new();
    for name in names {
        let Object::Unicode(name) = name else { bail!("a storage without a name") };
        let mut count = [0; 8];
        file.read_exact(&mut count)?;
        let bytes = usize::try_from(u64::from_le_bytes(count))?.saturating_mul(VALUE);
        ensure!(bytes <= MOST_BYTES, "a storage of {bytes} bytes");
        let mut storage = vec![0; bytes];
        file.read_exact(&mut storage)?;
        storages.insert(name, storage);
    }
    Ok(storages)
}

fn tensor(place: &Place, storages: &HashMap<String, Vec<u8>>, device: &Device) -> Result<Tensor> {
    let storage = storages.get(&place.storage).context("a storage is missing")?;
    let start = place.offset.saturating_mul(VALUE);
    let end = place.shape.iter().fold(VALUE, |all, size| all.saturating_mul(*size)).saturating_add(start);
    let bytes = storage.get(start..end).context("a tensor reaches beyond its storage")?;
    Ok(Tensor::from_raw_buffer(bytes, candle_core::DType::F32, &place.shape, device)?)
}
