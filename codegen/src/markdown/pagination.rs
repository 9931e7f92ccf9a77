//! The pagination of one operation, by the names of its parameters and fields.

use crate::doc_text::code;
use crate::model::{Pagination, Position};

/// Renders how to page forward and backward, the page size and the total.
pub fn render(pagination: &Pagination) -> String {
    let limit = pagination.limit.as_ref().map(|limit| format!("{} limits the page size.", code(limit)));
    let total = pagination
        .total
        .as_ref()
        .map(|total| format!("{} is the number of items on all pages.", path(total)));
    let pages =
        pagination.total_pages.as_ref().map(|pages| format!("{} is the number of pages.", path(pages)));
    let page = match pagination.items.as_slice() {
        [] => "A response is one page.".to_owned(),
        items => format!("A response contains one page of {}.", path(items)),
    };
    let forward = format!("{page} {}", render_forward(&pagination.position));
    let last = render_last(pagination);
    let streams = "`items()` streams the items of all pages, and `pages()` streams the pages. Each page is requested when \
                   it is needed."
        .to_owned();
    let parts =
        [Some(forward), last, render_backward(&pagination.position), limit, total, pages, Some(streams)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Returns how to request the next page.
fn render_forward(position: &Position) -> String {
    match position {
        Position::Cursor { param, next, .. } => {
            format!("To request the next page, send its {} as {}.", path(next), code(param))
        }
        Position::Number { param, first } => {
            format!(
                "{} is the number of the page. The first page is {}.",
                code(param),
                code(&first.to_string())
            )
        }
        Position::Offset { param, first: 0 } => {
            format!("{} is the number of items before the page.", code(param))
        }
        Position::Offset { param, first } => {
            let first = code(&first.to_string());
            format!(
                "{} is the number of the first item of the page. The first item of the list is {first}.",
                code(param)
            )
        }
        Position::LastItem { param, path: in_item } => {
            format!(
                "To request the next page, send the {} of its last item as {}.",
                path(in_item),
                code(param)
            )
        }
        Position::Url { path: url } => format!("{} is the URL of the next page.", path(url)),
        Position::Link => "The header `Link` contains the URL of the next page.".to_owned(),
    }
}

/// Returns which page is the last one, if an empty page is not the only sign of it.
fn render_last(pagination: &Pagination) -> Option<String> {
    if let Some(has_more) = &pagination.has_more {
        return Some(format!("{} states whether a further page exists.", path(has_more)));
    }
    pagination
        .short_page_is_last
        .then(|| "A page with fewer items than requested is the last one.".to_owned())
}

/// Returns how to request the previous page: with a parameter of its own, a cursor of its own, or both.
fn render_backward(position: &Position) -> Option<String> {
    let Position::Cursor { param, previous_param, previous, .. } = position else { return None };
    let param = code(previous_param.as_ref().unwrap_or(param));
    match (previous, previous_param) {
        (Some(previous), _) => Some(format!("To page backward, send {} as {param} instead.", path(previous))),
        (None, Some(_)) => Some(format!("To page backward, send a cursor as {param} instead.")),
        (None, None) => None,
    }
}

fn path(path: &[String]) -> String {
    code(&path.join("."))
}

#[cfg(test)]
mod tests {
    use super::render_backward;
    use crate::model::Position;

    fn backward(param: Option<&str>, previous: Option<&str>) -> Option<String> {
        render_backward(&Position::Cursor {
            param: "cursor".to_owned(),
            previous_param: param.map(str::to_owned),
            next: vec!["next".to_owned()],
            previous: previous.map(|previous| vec!["page".to_owned(), previous.to_owned()]),
        })
    }

    #[test]
    fn paging_backward_names_the_known_parameter_and_cursor() {
        let both = "To page backward, send `page.before` as `back` instead.";
        assert_eq!(backward(Some("back"), Some("before")).as_deref(), Some(both));
        let one_param = "To page backward, send `page.before` as `cursor` instead.";
        assert_eq!(backward(None, Some("before")).as_deref(), Some(one_param));
        let any_cursor = "To page backward, send a cursor as `back` instead.";
        assert_eq!(backward(Some("back"), None).as_deref(), Some(any_cursor));
        assert_eq!(backward(None, None), None);
    }
}
