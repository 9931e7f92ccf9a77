//! The pagination of one operation, by the names of its parameters and fields.

use crate::doc_text::code;
use crate::model::Pagination;

/// Renders how to page forward and backward, the page size and the total.
pub fn render(pagination: &Pagination) -> String {
    let limit = pagination.limit.as_ref().map(|limit| format!("{} limits the page size.", code(limit)));
    let total = pagination
        .total
        .as_ref()
        .map(|total| format!("{} is the number of items on all pages.", path(total)));
    let forward = format!(
        "A response contains one page of {}. To request the next page, send its {} as {}.",
        path(&pagination.items),
        path(&pagination.next),
        code(&pagination.cursor),
    );
    let streams = "`items()` streams the items of all pages, and `pages()` streams the pages. Each page is requested when \
                   it is needed."
        .to_owned();
    let parts = [Some(forward), render_backward(pagination), limit, total, Some(streams)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Returns how to request the previous page: with a parameter of its own, a cursor of its own, or both.
fn render_backward(pagination: &Pagination) -> Option<String> {
    let param = code(pagination.previous_cursor_param.as_ref().unwrap_or(&pagination.cursor));
    match (&pagination.previous_cursor, &pagination.previous_cursor_param) {
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
    use crate::model::Pagination;

    fn backward(param: Option<&str>, previous: Option<&str>) -> Option<String> {
        render_backward(&Pagination {
            style: "pages".to_owned(),
            cursor: "cursor".to_owned(),
            limit: None,
            previous_cursor_param: param.map(str::to_owned),
            items: vec!["items".to_owned()],
            next: vec!["next".to_owned()],
            previous_cursor: previous.map(|previous| vec!["page".to_owned(), previous.to_owned()]),
            total: None,
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
