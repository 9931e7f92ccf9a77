//! The progress of a list across its pages, from which the position of the next page follows.

use std::fmt;

use crate::request::PageUrl;
use crate::value::ToParam;

/// The progress of a list across its pages.
///
/// [`Paginated::advance`](crate::Paginated::advance) describes a page, and then asks for the position of the
/// next one:
///
/// ```
/// use typefoundry_runtime::PageProgress;
///
/// let mut progress = PageProgress::default();
/// let names = vec!["Rex", "Tom"];
/// assert_eq!(progress.items(Some(&names)).total(Some(&5)).next_offset(None::<&u32>, 0), Some(2));
/// assert_eq!(progress.items(Some(&names)).total(Some(&5)).next_offset(Some(&2_u32), 0), Some(4));
/// assert_eq!(progress.items(Some(&names)).total(Some(&5)).next_offset(Some(&4_u32), 0), None);
/// ```
#[derive(Default)]
pub struct PageProgress {
    /// The number of items on the pages before this one, and on this page.
    seen: i128,
    /// Whether the first page was not the first one of the list, so that the number of items before it is unknown.
    started_later: bool,
    page: PageFacts,
    /// The reason why the page after this one cannot be requested, although it exists.
    pub(crate) problem: Option<&'static str>,
    pub(crate) link: Option<PageUrl>,
}

/// The facts about one page.
#[derive(Clone, Copy, Default)]
struct PageFacts {
    items: i128,
    total: Option<i128>,
    pages: Option<i128>,
    size: Option<i128>,
    has_more: Option<bool>,
}

impl PageProgress {
    /// Starts the description of a page, with its items.
    pub fn items<T>(&mut self, items: Option<&Vec<T>>) -> &mut Self {
        let items = items.map_or(0, Vec::len) as i128;
        self.seen += items;
        self.problem = None;
        self.page = PageFacts { items, ..PageFacts::default() };
        self
    }

    /// Sets the number of items on all pages.
    pub fn total<N: Copy + Into<i128>>(&mut self, total: Option<&N>) -> &mut Self {
        self.page.total = total.map(|total| (*total).into());
        self
    }

    /// Sets the number of pages.
    pub fn total_pages<N: Copy + Into<i128>>(&mut self, pages: Option<&N>) -> &mut Self {
        self.page.pages = pages.map(|pages| (*pages).into());
        self
    }

    /// Sets the requested number of items. A page with fewer items is the last one, unless the server has more items.
    pub fn page_size<N: Copy + Into<i128>>(&mut self, size: Option<&N>) -> &mut Self {
        self.page.size = size.map(|size| (*size).into());
        self
    }

    /// Sets whether the server has more items.
    pub fn has_more(&mut self, has_more: Option<&bool>) -> &mut Self {
        self.page.has_more = has_more.copied();
        self
    }

    /// Returns the number of the next page. `current` is that of this page, and `first` that of the first page.
    pub fn next_number<N>(&mut self, current: Option<&N>, first: i128) -> Option<N>
    where
        N: Copy + Into<i128> + TryFrom<i128>,
    {
        let current = current.map_or(first, |current| (*current).into());
        // Only the first page of the stream has no items before it.
        self.started_later |= current != first && self.seen == self.page.items;
        let next = current + 1;
        let is_last_number = self.page.pages.is_some_and(|pages| next - first >= pages);
        let seen = (!self.started_later).then_some(self.seen);
        let is_last = is_last_number || self.is_last(seen);
        if is_last { None } else { self.in_range(next) }
    }

    /// Returns the offset of the next page. `current` is that of this page, and `first` that of the first page.
    pub fn next_offset<N>(&mut self, current: Option<&N>, first: i128) -> Option<N>
    where
        N: Copy + Into<i128> + TryFrom<i128>,
    {
        let current = current.map_or(first, |current| (*current).into());
        let next = current + self.page.items;
        if self.is_last(Some(next - first)) { None } else { self.in_range(next) }
    }

    /// Returns the cursor of the last item, unless this page is the last one.
    pub fn next_item<C>(&mut self, last: Option<C>) -> Option<C> {
        if last.is_none() && self.page.items > 0 && self.page.has_more == Some(true) {
            self.problem = Some("invalid page: more items follow, but the last item contains no cursor");
        }
        last.filter(|_| !self.is_last(None))
    }

    /// Returns the URL of the next page in the body, unless it is blank.
    pub fn next_url(&mut self, url: Option<&impl ToParam>) -> Option<PageUrl> {
        let url = url?.to_param()?;
        (!url.trim().is_empty()).then(|| PageUrl::new(url))
    }

    /// Returns the URL of the next page in the `link` header.
    pub fn next_link(&mut self) -> Option<PageUrl> {
        self.link.take()
    }

    /// Returns the position of the next page, if the type of the parameter contains it.
    fn in_range<N: TryFrom<i128>>(&mut self, next: i128) -> Option<N> {
        let next = N::try_from(next).ok();
        if next.is_none() {
            self.problem = Some("invalid next page: its position is outside the range of the parameter");
        }
        next
    }

    /// Returns whether the end of the list is known from more than the items of a page.
    pub(crate) fn knows_end(&self) -> bool {
        self.page.total.is_some() || self.page.pages.is_some()
    }

    /// Returns whether this page is the last one. `seen` is the number of items up to its end, if it is known.
    fn is_last(&self, seen: Option<i128>) -> bool {
        let PageFacts { items, total, size, has_more, .. } = self.page;
        let has_all = seen.zip(total).is_some_and(|(seen, total)| seen >= total);
        let is_short = has_more != Some(true) && size.is_some_and(|size| items < size);
        items == 0 || has_more == Some(false) || has_all || is_short
    }
}

impl fmt::Debug for PageProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageProgress").field("seen", &self.seen).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::PageProgress;

    const FULL: &[u8] = b"ab";

    fn page(items: &[u8]) -> Vec<u8> {
        items.to_vec()
    }

    #[test]
    fn empty_page_is_the_last_one() {
        let mut progress = PageProgress::default();
        assert_eq!(progress.items(Some(&page(FULL))).next_number(None::<&u32>, 1), Some(2));
        assert_eq!(progress.items(Some(&page(FULL))).next_number(Some(&2_u32), 1), Some(3));
        assert_eq!(progress.items(Some(&page(b""))).next_number(Some(&3_u32), 1), None);
        let has_more = progress.items(Some(&page(b""))).has_more(Some(&true));
        assert_eq!(has_more.next_number(Some(&3_u32), 1), None);
        assert_eq!(progress.items(None::<&Vec<u8>>).next_offset(Some(&3_u32), 1), None);
    }

    #[test]
    fn total_ends_a_list_that_is_read_from_its_first_page() {
        let mut progress = PageProgress::default();
        let mut next = |current: Option<&u32>, items: &[u8]| {
            progress.items(Some(&page(items))).total(Some(&5_i64)).next_number(current, 1)
        };
        assert_eq!(next(None, b"abc"), Some(2));
        assert_eq!(next(Some(&2), b"de"), None);
        let mut resumed = PageProgress::default();
        let mut next = |current: u32, items: &[u8]| {
            resumed.items(Some(&page(items))).total(Some(&5_i64)).next_number(Some(&current), 1)
        };
        // Five items were seen, but not from the start of the list.
        assert_eq!((next(2, b"abc"), next(3, b"abc"), next(4, b"")), (Some(3), Some(4), None));
    }

    #[test]
    fn number_of_pages_ends_a_list_at_any_start() {
        let mut progress = PageProgress::default();
        let mut next = |current: Option<&u8>, first| {
            progress.items(Some(&page(FULL))).total_pages(Some(&3_u8)).next_number(current, first)
        };
        assert_eq!((next(None, 1), next(Some(&2), 1), next(Some(&3), 1)), (Some(2), Some(3), None));
        assert_eq!((next(None, 0), next(Some(&1), 0), next(Some(&2), 0)), (Some(1), Some(2), None));
    }

    #[test]
    fn offset_grows_by_the_received_items() {
        let mut progress = PageProgress::default();
        let mut next = |current: Option<&u64>, first| {
            progress.items(Some(&page(FULL))).total(Some(&6_u8)).next_offset(current, first)
        };
        assert_eq!((next(None, 0), next(Some(&2), 0), next(Some(&4), 0)), (Some(2), Some(4), None));
        assert_eq!((next(None, 1), next(Some(&3), 1), next(Some(&5), 1)), (Some(3), Some(5), None));
    }

    #[test]
    fn short_page_is_the_last_one_if_its_size_is_known() {
        let mut progress = PageProgress::default();
        assert_eq!(
            progress.items(Some(&page(FULL))).page_size(Some(&2_u8)).next_offset(None::<&u8>, 0),
            Some(2)
        );
        assert_eq!(
            progress.items(Some(&page(b"c"))).page_size(Some(&2_u8)).next_offset(Some(&2_u8), 0),
            None
        );
        assert_eq!(
            progress.items(Some(&page(b"c"))).page_size(None::<&u8>).next_offset(Some(&2_u8), 0),
            Some(3)
        );
    }

    #[test]
    fn last_item_is_followed_while_the_server_has_more() {
        let mut progress = PageProgress::default();
        assert_eq!(progress.items(Some(&page(FULL))).has_more(Some(&true)).next_item(Some("b")), Some("b"));
        assert_eq!(progress.items(Some(&page(FULL))).has_more(None).next_item(Some("b")), Some("b"));
        assert_eq!(progress.items(Some(&page(FULL))).has_more(Some(&false)).next_item(Some("b")), None);
        assert_eq!(progress.items(Some(&page(b""))).next_item(None::<&str>), None);
    }

    #[test]
    fn position_out_of_range_is_a_problem() {
        let mut progress = PageProgress::default();
        assert_eq!(progress.items(Some(&page(FULL))).next_number(Some(&1_u8), 1), Some(2));
        assert_eq!(progress.problem, None);
        assert_eq!(progress.items(Some(&page(FULL))).next_number(Some(&u8::MAX), 1), None);
        assert!(progress.problem.is_some_and(|problem| problem.contains("range")));
        assert_eq!(progress.items(Some(&page(FULL))).next_offset(Some(&u64::MAX), 0), None);
        assert!(progress.problem.is_some());
        let last = progress.items(Some(&page(FULL))).total_pages(Some(&255_u8));
        assert_eq!((last.next_number(Some(&u8::MAX), 1), last.problem), (None, None));
    }

    #[test]
    fn missing_cursor_is_a_problem_if_more_items_follow() {
        let mut progress = PageProgress::default();
        for (more, is_problem) in [(Some(true), true), (Some(false), false), (None, false)] {
            let page = progress.items(Some(&page(FULL))).has_more(more.as_ref());
            assert_eq!(page.next_item(None::<&str>), None);
            assert_eq!(page.problem.is_some(), is_problem, "{more:?}");
        }
    }

    #[test]
    fn short_page_is_not_the_last_one_if_more_items_follow() {
        let mut progress = PageProgress::default();
        let short = progress.items(Some(&page(b"c"))).page_size(Some(&2_u8)).has_more(Some(&true));
        assert_eq!(short.next_number(Some(&1_u8), 1), Some(2));
    }

    #[test]
    fn blank_url_is_the_end() {
        let mut progress = PageProgress::default();
        assert_eq!(progress.next_url(Some(&" ".to_owned())), None);
        assert_eq!(progress.next_url(None::<&String>), None);
        let url = progress.next_url(Some(&"/a".to_owned()));
        assert_eq!(url.as_ref().map(|url| url.as_str()), Some("/a"));
    }
}
