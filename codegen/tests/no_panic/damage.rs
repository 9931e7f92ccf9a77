//! Small edits of valid specs.

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

/// Edits one file of a spec.
fn damaged(mut sources: Vec<Source>, file: &Index, damages: &[Damage]) -> Vec<Source> {
    let file = file.index(sources.len());
    sources[file].text = damages.iter().fold(sources[file].text.clone(), |text, damage| damage.apply(&text));
    sources
}

#[test]
fn damaged_files_of_the_real_spec_do_not_panic() {
    let mut spec = spec_in(&in_package("../spec"));
    spec.retain(|source| load::is_description(&source.path));
    assert!(!spec.is_empty(), "no files in `spec`");
    let strategy = (any::<Index>(), prop::collection::vec(damage(), 1..4));
    try_inputs("damaged files of the real spec", 96, &strategy, |(file, damages)| {
        // Emitting a whole real package is slow. The small specs below cover the emitters.
        describe_and_render(damaged(spec.clone(), &file, &damages));
        Ok(())
    });
}

#[test]
fn damaged_files_of_small_specs_do_not_panic() {
    let specs: Vec<Vec<Source>> = cases().into_iter().map(|case| case.sources).collect();
    let strategy = (any::<Index>(), any::<Index>(), prop::collection::vec(damage(), 1..4));
    try_inputs("damaged files of small specs", 192, &strategy, |(spec, file, damages)| {
        let _ =
            generate(damaged(spec.get(&specs).clone(), &file, &damages), &Settings::default()).render(false);
        Ok(())
    });
}
