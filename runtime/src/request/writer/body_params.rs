//! Parameters in the body of a request: keys of a JSON object, pairs of a form, parts, or the whole body.

use std::borrow::Cow;

use bytes::Bytes;

use super::RequestWriter;
use crate::body::RequestBody;
use crate::json::Encode;
use crate::request::body::{BodyWriter, document};
use crate::request::file_part::FilePart;
use crate::request::param_style::ParamStyle;
use crate::value::ToParam;

impl RequestWriter {
    /// Writes a field of the JSON body, unless the value is omitted.
    pub fn body(&mut self, name: &str, value: &dyn Encode) {
        if let BodyWriter::Object(body) = &mut self.body {
            body.write_field(name, value);
        } else if !value.is_omitted() {
            self.reject(format!("invalid body parameter `{name}`: the operation has no body"));
        }
    }

    /// Writes the keys of an object into the JSON body, unless it is omitted.
    ///
    /// A key that is already in the body is rejected.
    pub fn body_flattened(&mut self, value: &dyn Encode) {
        if let BodyWriter::Object(body) = &mut self.body {
            let result = body.write_flattened(value);
            self.check(result);
        } else if !value.is_omitted() {
            self.reject("invalid body parameters: the operation has no body".to_owned());
        }
    }

    /// Writes a parameter of a form, unless the value is absent.
    pub fn form(&mut self, name: &str, value: &dyn ToParam) {
        let Some(text) = self.text(("form parameter", name), value) else { return };
        match &mut self.body {
            BodyWriter::Form(form) => form.push(name, &text),
            _ => self.reject(no_form(name)),
        }
    }

    /// Writes a parameter of any form into a form, as [`RequestWriter::query_value`] does into a query.
    pub fn form_value(&mut self, name: &str, style: ParamStyle, value: &dyn Encode) {
        let result = match &mut self.body {
            BodyWriter::Form(form) => form.push_value(name, style, value),
            _ if value.is_omitted() => Ok(()),
            _ => Err(no_form(name)),
        };
        self.check(result);
    }

    /// Writes the keys of an object into a form, as [`RequestWriter::query_flattened`] does into a query.
    pub fn form_flattened(&mut self, value: &dyn Encode) {
        let result = match &mut self.body {
            BodyWriter::Form(form) => form.push_flattened(value),
            _ if value.is_omitted() => Ok(()),
            _ => Err("invalid form parameters: the body of the operation is not a form".to_owned()),
        };
        self.check(result);
    }

    /// Writes a text as a part of a multipart form, unless the value is absent.
    pub fn part(&mut self, name: &str, value: &dyn ToParam) {
        let Some(text) = self.text(("part", name), value) else { return };
        match &mut self.body {
            BodyWriter::Multipart(parts) => parts.push_text(name, &text),
            _ => self.reject(no_multipart(name)),
        }
    }

    /// Writes a value of any form as parts of a multipart form, unless it is absent: as JSON in one part with
    /// [`ParamStyle::Json`], else as the texts that [`RequestWriter::query_value`] writes.
    pub fn part_value(&mut self, name: &str, style: ParamStyle, value: &dyn Encode) {
        let result = match &mut self.body {
            BodyWriter::Multipart(parts) => parts.push_value(name, style, value),
            _ if value.is_omitted() => Ok(()),
            _ => Err(no_multipart(name)),
        };
        self.check(result);
    }

    /// Writes files as parts of a multipart form, which have the same name.
    ///
    /// The transport reads a reader or stream while it sends the request. [`RequestWriter::into_request`] fails with such
    /// a file.
    pub fn part_files<'f>(&mut self, name: &str, files: impl IntoIterator<Item = &'f FilePart>) {
        files.into_iter().for_each(|file| self.part_file(name, file));
    }

    fn part_file(&mut self, name: &str, file: &FilePart) {
        let result = match &mut self.body {
            BodyWriter::Multipart(parts) => parts.push_file(name, file),
            _ => Err(no_multipart(name)),
        };
        self.check(result);
    }

    /// Writes a value as the whole JSON body, in place of an object of body parameters.
    ///
    /// If the value is omitted, the request has no body.
    pub fn body_value(&mut self, value: &dyn Encode) {
        match (document(value), &self.body) {
            (Ok(document), BodyWriter::Object(_)) => self.body = BodyWriter::Whole(document),
            (Ok(_), _) => self.reject("invalid body: the operation has no JSON body".to_owned()),
            (Err(message), _) => self.reject(message),
        }
    }

    /// Writes a text as the whole body, unless the value is absent.
    pub fn body_text(&mut self, value: &dyn ToParam) {
        if let Some(reason) = value.rejection_reason() {
            return self.reject(format!("invalid body: {reason}"));
        }
        let text = value.to_param().map(Cow::into_owned);
        self.raw_body(text.map(Bytes::from));
    }

    /// Writes the whole body, unless the content is absent. The transport reads a reader or stream while it sends the
    /// request.
    ///
    /// [`RequestWriter::into_request`] fails with such a content, unless it is in memory.
    pub fn body_content(&mut self, content: Option<&RequestBody>) {
        match (content, content.and_then(RequestBody::as_bytes), &self.body) {
            (Some(content), None, BodyWriter::Whole(_)) => {
                self.body = BodyWriter::Streamed(Box::new(content.clone()))
            }
            (_, bytes, _) => self.raw_body(bytes.cloned()),
        }
    }

    fn raw_body(&mut self, bytes: Option<Bytes>) {
        match self.body {
            BodyWriter::Whole(_) => self.body = BodyWriter::Whole(bytes),
            _ => self.reject("invalid body: the operation has no body of text or bytes".to_owned()),
        }
    }
}

fn no_form(name: &str) -> String {
    format!("invalid form parameter `{name}`: the body of the operation is not a form")
}

fn no_multipart(name: &str) -> String {
    format!("invalid part `{name}`: the body of the operation is not a multipart form")
}
