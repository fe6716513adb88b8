//! Records as CSV: page by page as they are read, so that no list is ever held whole.

mod cells;

use std::sync::Arc;

use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType};
use actix_web::{HttpResponse, get};
use bytes::Bytes;
use futures_util::stream;
use platform::{Actor, Ctx, Error, Result, Tx};
use serde_json::json;
use types::crm::ExportRecords;
use web::{Call, Params, Reply};

use super::fields::{self, PROPERTY};
use crate::{access, records, store};
use cells::Names;

/// Export records as CSV (RFC 4180, UTF-8 with a byte order mark), of those that you see, filtered and sorted as in their
/// list. A text that a spreadsheet would take for a formula stands behind an apostrophe.
#[utoipa::path(operation_id = "export_records", tag = "crm", params(ExportRecords),
    responses((status = 200, description = "The table.", body = String, content_type = "text/csv")))]
#[get("/v1/records/export")]
pub async fn export_records(call: Call, query: Params<ExportRecords>) -> Reply {
    let query = query.0;
    let asked = query.clone();
    let (columns, names) = call.transact(move |tx| begin(tx, &asked)).await?;
    let name = format!("{}.csv", query.object);
    let export = Export {
        ctx: call.ctx().clone(),
        actor: call.actor().clone(),
        query,
        columns: Arc::new(columns),
        names: Arc::new(names),
        next: Next::Header,
    };
    let table = stream::unfold(export, |mut export| async move {
        let part = export.part().await.transpose()?;
        if let Err(cause) = &part {
            tracing::error!(%cause, "an export broke off");
            export.next = Next::End;
        }
        Some((part, export))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(attachment(&name))
        .streaming(table))
}

/// Checks what is asked for, and notes that somebody takes a copy of it.
fn begin(tx: &mut Tx<'_>, query: &ExportRecords) -> Result<(Vec<String>, Names)> {
    access::require_read(tx)?;
    records::require_own_kind("object", query.object)?;
    let columns = columns(tx, query)?;
    // A filter that is wrong is told before the table begins.
    cells::page(tx, query, None, 1)?;
    let detail = json!({ "object": query.object, "columns": columns });
    tx.audit("records.export", (query.object.as_str(), 0), detail)?;
    let names = Names::load(tx, query.object)?;
    Ok((columns, names))
}

/// The columns that are asked for, or all.
fn columns(tx: &mut Tx<'_>, query: &ExportRecords) -> Result<Vec<String>> {
    let properties = store::properties::list(tx, Some(query.object))?;
    let keys = properties.iter().filter(|property| !property.archived).map(|property| property.key.as_str());
    let own = keys.map(|key| format!("{PROPERTY}{key}"));
    let all: Vec<String> =
        fields::of(query.object).iter().map(|field| (*field).to_owned()).chain(own).collect();
    let Some(asked) = query.columns.as_deref().filter(|asked| !asked.is_empty()) else { return Ok(all) };
    let asked: Vec<String> = asked.split(',').map(|column| column.trim().to_owned()).collect();
    match asked.iter().find(|column| !all.contains(column)) {
        Some(unknown) => {
            Err(Error::invalid("columns", format!("\"{unknown}\" is no column of a {}", query.object)))
        }
        None => Ok(asked),
    }
}

/// What of the table comes next.
enum Next {
    Header,
    /// The page after a cursor, or the first.
    Page(Option<String>),
    End,
}

/// A table on its way out.
struct Export {
    ctx: Ctx,
    actor: Actor,
    query: ExportRecords,
    columns: Arc<Vec<String>>,
    names: Arc<Names>,
    next: Next,
}

impl Export {
    /// The next part of the table.
    async fn part(&mut self) -> Result<Option<Bytes>> {
        match std::mem::replace(&mut self.next, Next::End) {
            Next::End => Ok(None),
            Next::Header => {
                self.next = Next::Page(None);
                let mut part = b"\xef\xbb\xbf".to_vec();
                part.extend(write(std::iter::once(self.columns.to_vec()))?);
                Ok(Some(part.into()))
            }
            Next::Page(cursor) => {
                let (query, columns, names) =
                    (self.query.clone(), Arc::clone(&self.columns), Arc::clone(&self.names));
                let read = move |tx: &mut Tx<'_>| {
                    let page = cells::page(tx, &query, cursor, 200)?;
                    let rows: Vec<Vec<String>> = page
                        .items
                        .iter()
                        .map(|row| columns.iter().map(|column| row.cell(column, &names)).collect())
                        .collect();
                    Ok((rows, page.next_cursor))
                };
                let (rows, next_cursor) = self.ctx.read(&self.actor, read).await?;
                self.next = next_cursor.map_or(Next::End, |cursor| Next::Page(Some(cursor)));
                Ok(Some(write(rows.into_iter())?.into()))
            }
        }
    }
}

fn write(rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .has_headers(false)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| guarded(cell))).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|error| Error::internal(error.into_error()))
}

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection): one that begins like a formula gets an
/// apostrophe before it. Numbers stay numbers.
pub(super) fn guarded(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}

/// Has a browser save the reply.
pub(super) fn attachment(name: &str) -> ContentDisposition {
    let parameters = vec![DispositionParam::Filename(name.to_owned())];
    ContentDisposition { disposition: DispositionType::Attachment, parameters }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+33 4 91", "'+33 4 91"),
            ("-cmd", "'-cmd"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("-12.5", "-12.5"),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), written);
        }
    }
}
