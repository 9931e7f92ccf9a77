//! Small edits of valid specs.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use typefoundry_codegen::settings::Settings;
use typefoundry_codegen::source::Source;
use typefoundry_codegen::{generate, load};

use super::{WORDS, describe_and_render, try_inputs};
use crate::common::{cases, in_package, spec_in};

/// A small edit of a file.
#[derive(Clone, Debug)]
enum Damage {
    DeleteLine(Index),
    DoubleLine(Index),
    SwapLines(Index, Index),
    IndentLine(Index, usize),
    /// Replaces one name by another.
    ReplaceWord(Index, &'static str),
    FlipCharacter(Index, char),
    Truncate(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Damage::DeleteLine),
        at().prop_map(Damage::DoubleLine),
        (at(), at()).prop_map(|(a, b)| Damage::SwapLines(a, b)),
        (at(), 0..12_usize).prop_map(|(line, indent)| Damage::IndentLine(line, indent)),
        (at(), select(WORDS)).prop_map(|(at, word)| Damage::ReplaceWord(at, word)),
        (at(), any::<char>()).prop_map(|(at, c)| Damage::FlipCharacter(at, c)),
        at().prop_map(Damage::Truncate),
    ]
}

impl Damage {
    fn apply(&self, text: &str) -> String {
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        if lines.is_empty() {
            return text.to_owned();
        }
        let line = |index: &Index| index.index(text.split_inclusive('\n').count());
        match self {
            Self::DeleteLine(at) => drop(lines.remove(line(at))),
            Self::DoubleLine(at) => lines.insert(line(at), lines[line(at)].clone()),
            Self::SwapLines(a, b) => lines.swap(line(a), line(b)),
            Self::IndentLine(at, indent) => {
                lines[line(at)] = format!("{}{}", " ".repeat(*indent), lines[line(at)].trim_start())
            }
            Self::ReplaceWord(at, word) => lines = vec![replace_word(text, at, word)],
            Self::FlipCharacter(at, c) => lines = vec![flip_character(text, at, *c)],
            Self::Truncate(at) => lines = vec![text.chars().take(at.index(text.chars().count())).collect()],
        }
        lines.concat()
    }
}

fn replace_word(text: &str, at: &Index, word: &str) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    let at = at.index(words.len());
    words[at] = word;
    words.join(" ")
}

fn flip_character(text: &str, at: &Index, c: char) -> String {
    let at = at.index(text.chars().count());
    text.chars().enumerate().map(|(index, old)| if index == at { c } else { old }).collect()
}

/// Edits the first file.
fn damaged(mut sources: Vec<Source>, damages: &[Damage]) -> Vec<Source> {
    if let Some(first) = sources.first_mut() {
        first.text = damages.iter().fold(first.text.clone(), |text, damage| damage.apply(&text));
    }
    sources
}

/// The length from which a file is divided.
const PIECE: usize = 4_000;

/// Divides a file before its entries. A damaged file is read once for every repair that is tried, so a long one takes seconds.
///
/// A piece begins with the key that contains its first entry.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut section = "";
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if indent == 0 {
            section = line;
        }
        match pieces.last_mut() {
            Some(piece) if indent != 2 || piece.len() < PIECE => piece.push_str(line),
            _ => pieces.push(format!("doc: D.\n{section}{line}")),
        }
    }
    pieces
}

/// Returns a file of a spec with the files that it needs: its API, the resources around it, and the types that they name.
///
/// Reading the whole spec for each input would take six times as long.
fn excerpt(spec: &[Source], file: &Source) -> Vec<Source> {
    let (api, _) = file.path.split_once('/').expect("a file in the folder of an API");
    let of_api: Vec<&Source> =
        spec.iter().filter(|other| other.path.split_once('/').is_some_and(|(of, _)| of == api)).collect();
    let mut needed = vec![file];
    let mut at = 0;
    while let Some(user) = needed.get(at).copied() {
        let words: BTreeSet<&str> = user.text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        let folder = |other: &Source| format!("{}/", other.path.trim_end_matches(".yaml"));
        // The API names types of errors, which most files do not need.
        let names_types = user == file || !user.path.ends_with("/api.yaml");
        let is_used = |other: &Source| {
            other.path.ends_with("/api.yaml")
                || user.path.starts_with(&folder(other))
                || (names_types && type_names(&other.text).any(|name| words.contains(name)))
        };
        let more: Vec<&Source> =
            of_api.iter().copied().filter(|other| is_used(other) && !needed.contains(other)).collect();
        needed.extend(more);
        at += 1;
    }
    needed.into_iter().cloned().collect()
}

/// Returns the names that a file declares and that begin with a capital, as only types do.
fn type_names(text: &str) -> impl Iterator<Item = &str> {
    let names = text.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(':'));
    names.map(|(name, _)| name).filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
}

#[test]
fn damaged_files_of_the_real_spec_do_not_panic() {
    let mut spec = spec_in(&in_package("../spec"));
    spec.retain(|source| load::is_description(&source.path));
    assert!(!spec.is_empty(), "no files in `spec`");
    let excerpts = spec.iter().flat_map(|file| {
        let rest = excerpt(&spec, file).into_iter().skip(1).collect::<Vec<_>>();
        let pieces = pieces(&file.text).into_iter().map(|text| Source::new(&*file.path, text));
        pieces.map(move |piece| [&[piece], rest.as_slice()].concat()).collect::<Vec<_>>()
    });
    let excerpts: Vec<Vec<Source>> = excerpts.collect();
    let strategy = (any::<Index>(), prop::collection::vec(damage(), 1..4));
    try_inputs("damaged files of the real spec", 96, &strategy, |(file, damages)| {
        // Emitting a whole real package is slow. The small specs below cover the emitters.
        describe_and_render(damaged(file.get(&excerpts).clone(), &damages));
        Ok(())
    });
}

/// Whole files, in which a damaged type has users. They take seconds each, so there are few.
#[test]
fn damaged_whole_files_of_the_real_spec_do_not_panic() {
    let mut spec = spec_in(&in_package("../spec"));
    spec.retain(|source| load::is_description(&source.path));
    let strategy = (any::<Index>(), prop::collection::vec(damage(), 1..4));
    try_inputs("damaged whole files of the real spec", 8, &strategy, |(file, damages)| {
        describe_and_render(damaged(excerpt(&spec, file.get(&spec)), &damages));
        Ok(())
    });
}

#[test]
fn damaged_files_of_small_specs_do_not_panic() {
    let specs: Vec<Vec<Source>> = cases().into_iter().map(|case| case.sources).collect();
    let strategy = (any::<Index>(), any::<Index>(), prop::collection::vec(damage(), 1..4));
    try_inputs("damaged files of small specs", 192, &strategy, |(spec, file, damages)| {
        let mut sources = spec.get(&specs).clone();
        let file = file.index(sources.len());
        sources.swap(0, file);
        let _ = generate(damaged(sources, &damages), &Settings::default()).render(false);
        Ok(())
    });
}
