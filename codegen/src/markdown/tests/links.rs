//! Parses the pages as GitHub does, and checks the target of every link.

use std::collections::{BTreeMap, BTreeSet};

use super::pages;
use crate::markdown::slug::Slugger;
use crate::output::File;

#[test]
fn every_link_has_a_target() {
    let pages = pages();
    let anchors: BTreeMap<&str, BTreeSet<String>> =
        pages.iter().map(|page| (page.path.as_str(), anchors(&page.text))).collect();
    let mut followed = 0;
    for page in &pages {
        for link in links(page) {
            let (path, anchor) = target(&page.path, &link);
            let there =
                anchors.get(path.as_str()).unwrap_or_else(|| panic!("{}: no page for {link}", page.path));
            assert!(anchor.is_empty() || there.contains(&anchor), "{}: no heading for {link}", page.path);
            followed += 1;
        }
    }
    assert!(followed > 20, "only {followed} links were found");
}

#[test]
fn link_text_matches_the_heading_of_its_target() {
    for page in pages() {
        for line in prose(&page.text) {
            for (text, link) in links_of(line) {
                let Some((_, anchor)) = link.split_once('#') else { continue };
                let named = text
                    .trim_matches('`')
                    .rsplit(['<', ':'])
                    .next()
                    .unwrap_or_default()
                    .trim_end_matches('>');
                assert_eq!(Slugger::default().slug(named), anchor, "{}: {text}", page.path);
            }
        }
    }
}

fn anchors(text: &str) -> BTreeSet<String> {
    let mut slugger = Slugger::default();
    let headings = prose(text).filter(|line| line.starts_with('#'));
    headings.map(|line| slugger.slug(shown(line.trim_start_matches('#')).trim())).collect()
}

/// Returns a heading without the targets of its links.
fn shown(heading: &str) -> String {
    links_of(heading)
        .iter()
        .fold(heading.to_owned(), |heading, (text, link)| heading.replace(&format!("[{text}]({link})"), text))
}

/// Returns the lines outside code blocks.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut in_fence = false;
    text.lines().filter(move |line| {
        let is_fence = line.starts_with("```");
        in_fence ^= is_fence;
        !in_fence && !is_fence
    })
}

/// Returns the links of a page to other pages of the package.
fn links(page: &File) -> Vec<String> {
    let all = prose(&page.text).flat_map(links_of).map(|(_, link)| link);
    all.filter(|link| !link.starts_with("https://")).map(str::to_owned).collect()
}

/// Returns each `[text](target)` as a pair.
fn links_of(line: &str) -> Vec<(&str, &str)> {
    let ends: Vec<usize> = line.match_indices("](").map(|(at, _)| at).collect();
    let pairs = ends.into_iter().filter_map(|at| {
        let start = line[..at].rfind('[')?;
        let (target, _) = line[at + 2..].split_once(')')?;
        Some((&line[start + 1..at], target))
    });
    pairs.collect()
}

/// Returns the page and the anchor of the target of a link.
fn target(from: &str, link: &str) -> (String, String) {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    if path.is_empty() {
        return (from.to_owned(), anchor.to_owned());
    }
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for step in path.split('/') {
        match step {
            ".." => drop(folders.pop()),
            step => folders.push(step),
        }
    }
    (folders.join("/"), anchor.to_owned())
}
