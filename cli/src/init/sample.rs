//! The sample API.

use typefoundry_codegen::source::Source;

const API: &str = include_str!("templates/api.yaml");
const TASKS: &str = include_str!("templates/tasks.yaml");

/// Returns the description, with paths relative to the folder of the descriptions.
pub fn sources(api: &str, command: &str) -> Vec<Source> {
    let env = api.replace('-', "_").to_uppercase();
    let settings = API
        .replace("{command}", command)
        .replace("{api}", api)
        .replace("{Api}", &title(api))
        .replace("{API}", &env);
    vec![Source::new(format!("{api}/api.yaml"), settings), Source::new(format!("{api}/tasks.yaml"), TASKS)]
}

/// Returns the name in prose. It precedes "API" in a sentence.
fn title(api: &str) -> String {
    let words = api.split(['-', '_']).filter(|word| !word.is_empty() && *word != "api");
    let capitalized = words.map(|word| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    });
    let title = capitalized.collect::<Vec<_>>().join(" ");
    if title.is_empty() { "Sample".to_owned() } else { title }
}

#[cfg(test)]
mod tests {
    use super::{sources, title};
    use typefoundry_codegen::settings::Settings;

    #[test]
    fn sample_generates_without_warnings() {
        for api in ["acme", "payments-api", "api", "a1_b"] {
            let generated = typefoundry_codegen::generate(sources(api, "typefoundry"), &Settings::default());
            assert!(generated.diagnostics.is_empty(), "{}", generated.render(false));
            let output = generated.output.unwrap();
            assert_eq!((output.packages[0].package.as_str(), output.packages[0].operations), (api, 3));
        }
    }

    #[test]
    fn title_is_the_name_in_prose() {
        assert_eq!(title("payments-api"), "Payments");
        assert_eq!(title("acme_data"), "Acme Data");
        assert_eq!(title("api"), "Sample");
    }
}
