//! The pagination of one operation.

use crate::doc_text::code;
use crate::model::Pagination;

/// Renders how to request the next and the previous page, and the params and fields that limit or count the items.
pub fn render(pagination: &Pagination) -> String {
    let limit = pagination.limit.as_ref().map(|limit| format!("{} bounds the size of a page.", code(limit)));
    let total =
        pagination.total.as_ref().map(|total| format!("{} counts what is on all pages.", path(total)));
    let forward = format!(
        "A response holds one page of {}. While it has {}, there is more: send the call again with that as {}.",
        path(&pagination.items),
        path(&pagination.next),
        code(&pagination.cursor),
    );
    let walk = format!(
        "In place of `send()`, `items()` goes through the {} of this page and of all that follow, and `pages()` \
         through the pages. Each page is asked for when it is needed.",
        path(&pagination.items),
    );
    let parts = [Some(forward), back(pagination), limit, total, Some(walk)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Describes how to go back: with a param, with a cursor of the previous page, or with both.
fn back(pagination: &Pagination) -> Option<String> {
    let param = code(pagination.back.as_ref().unwrap_or(&pagination.cursor));
    match (&pagination.previous, &pagination.back) {
        (Some(previous), _) => Some(format!("To go back, send {} as {param} instead.", path(previous))),
        (None, Some(_)) => Some(format!("To go back, send a cursor as {param} instead.")),
        (None, None) => None,
    }
}

fn path(path: &[String]) -> String {
    code(&path.join("."))
}

#[cfg(test)]
mod tests {
    use super::back;
    use crate::model::Pagination;

    fn way_back(param: Option<&str>, previous: Option<&str>) -> Option<String> {
        back(&Pagination {
            style: "pages".to_owned(),
            cursor: "cursor".to_owned(),
            limit: None,
            back: param.map(str::to_owned),
            items: vec!["items".to_owned()],
            next: vec!["next".to_owned()],
            previous: previous.map(|previous| vec!["page".to_owned(), previous.to_owned()]),
            total: None,
        })
    }

    #[test]
    fn previous_page_is_described_as_far_as_it_is_known() {
        let both = "To go back, send `page.before` as `back` instead.";
        assert_eq!(way_back(Some("back"), Some("before")).as_deref(), Some(both));
        let one_param = "To go back, send `page.before` as `cursor` instead.";
        assert_eq!(way_back(None, Some("before")).as_deref(), Some(one_param));
        let any_cursor = "To go back, send a cursor as `back` instead.";
        assert_eq!(way_back(Some("back"), None).as_deref(), Some(any_cursor));
        assert_eq!(way_back(None, None), None);
    }
}
